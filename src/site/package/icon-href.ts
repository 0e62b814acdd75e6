/**
 * The link to a version's icon.
 */
import { feedUrl } from "../../feed/urls.js";

/** @param icon an https address, or a path below the feed's root */
export function iconHref(root: string, icon: string): string {
  return /^https:/i.test(icon) ? icon : feedUrl(root, icon);
}
