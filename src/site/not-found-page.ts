/**
 * What hosts answer with where there is nothing.
 */
import { PACKAGES_PAGE, pageHref } from "../feed/site-urls.js";
import { NOT_FOUND_PAGE } from "../feed/urls.js";
import { type Frame, frameOf, type SiteContext } from "./frame.js";

export interface NotFoundPage {
  readonly frame: Frame;
  /** A link to the lists of all packages. */
  readonly listsHref: string;
}

export function notFoundPage(context: SiteContext): NotFoundPage {
  const frame = frameOf(context, NOT_FOUND_PAGE);
  return { frame, listsHref: pageHref(frame.root, PACKAGES_PAGE) };
}
