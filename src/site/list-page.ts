/**
 * A page of the lists of all packages. It tells nothing that a new version changes but the description, so that a version
 * rarely touches it.
 */
import { listPath, packageHref, pageHref } from "../feed/site-urls.js";
import { omitUndefined } from "../nuget/omit-undefined.js";
import { clipText } from "./clip-text.js";
import { type Frame, frameOf, type SiteContext } from "./frame.js";
import type { IdList } from "./id-lists.js";
import type { PackageSummary } from "./package-summary.js";

export interface ListPage {
  readonly frame: Frame;
  readonly prefix: string;
  /** A link to the list at the start. */
  readonly startHref: string;
  readonly divisions: readonly ListLink[];
  readonly rows: readonly ListRow[];
}

export interface ListLink {
  readonly prefix: string;
  readonly href: string;
}

export interface ListRow {
  readonly id: string;
  readonly href: string;
  readonly description?: string;
}

const ROW_LENGTH = 120;

/** @param summaryOf the summary of each id of the list; ids without one are passed over */
export function listPage(
  context: SiteContext,
  { prefix, ids, divisions }: IdList,
  summaryOf: (id: IdList["ids"][number]) => PackageSummary | undefined,
): ListPage {
  const frame = frameOf(context, listPath(prefix));
  const link = (prefix: string): ListLink => ({ prefix, href: pageHref(frame.root, listPath(prefix)) });
  return {
    frame,
    prefix,
    startHref: pageHref(frame.root, listPath("")),
    divisions: divisions.map(link),
    rows: ids.flatMap((id) => {
      const summary = summaryOf(id);
      return summary === undefined ? [] : [listRow(summary, frame.root)];
    }),
  };
}

function listRow({ key, id, description }: PackageSummary, root: string): ListRow {
  return omitUndefined({
    id,
    href: packageHref(root, key),
    description: description && clipText(description, ROW_LENGTH),
  });
}
