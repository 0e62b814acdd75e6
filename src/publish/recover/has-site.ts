/**
 * Whether a feed has a web site, for those who know nothing of its settings.
 */
import { parseJson, property } from "../../feed/parsed-json.js";
import { USED_BY_INDEX } from "../../feed/site-urls.js";
import type { Store } from "../../store/store.js";

/**
 * What nobody else has at such a path tells. Where it is not there, what lies at places of pages is taken for somebody's
 * own, so that it is never replaced.
 */
export async function hasSite(store: Pick<Store, "read">): Promise<boolean> {
  const object = await store.read(USED_BY_INDEX);
  return object !== undefined && typeof property(parseJson(object.bytes)?.value, "bits") === "number";
}
