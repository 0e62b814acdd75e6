/**
 * Whether a feed has a web site, for those who know nothing of its settings.
 */
import { siteAssetPath } from "../../feed/site-urls.js";
import type { Store } from "../../store/store.js";

/** The style of a site tells: where there is none, what lies at places of pages may be anybody's. */
export async function hasSite(store: Pick<Store, "stat">): Promise<boolean> {
  return (await store.stat(siteAssetPath("site.css"))) !== undefined;
}
