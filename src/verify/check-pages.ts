/**
 * The web pages of an id are there, and are what its records and packages give.
 */
import { FeedError } from "../errors.js";
import { feedVersion } from "../feed/feed-package.js";
import type { FeedSettings } from "../feed/settings.js";
import { nupkgPath } from "../feed/urls.js";
import { lowerId } from "../nuget/id.js";
import type { OpenContent } from "../publish/context.js";
import { mapLimit } from "../publish/map-limit.js";
import { type IdPage, siteOf } from "../publish/site/id-pages.js";
import { type IdState, type StoredRecord, statePackage } from "../state/id-state.js";
import { checkDocument } from "./checks/document.js";
import type { VerifyContext } from "./context.js";
import type { Finding } from "./finding.js";
import { reading } from "./read.js";

export interface PagesCheck {
  readonly settings: FeedSettings;
  /** Looks only whether the pages are there: to compare one, it must be rendered. */
  readonly isQuick: boolean;
  /** Paths that the state says nupress wrote. */
  readonly recorded: ReadonlySet<string>;
  /** Paths of packages with which something is wrong, so that nothing can be made from them. */
  readonly broken: ReadonlySet<string>;
}

export async function checkPages(
  context: VerifyContext,
  check: PagesCheck,
  state: IdState,
  pages: readonly IdPage[],
): Promise<Finding[]> {
  const openContent = soundOpener(context.reader.openContent, check.broken);
  const found = await mapLimit(pages, context.concurrency, async (page) => {
    const isOurs = check.recorded.has(page.path);
    const body =
      check.isQuick && isOurs ? undefined : await tryRender(check.settings, state, page, openContent);
    if (body === undefined) return await checkPresence(context, state, page);
    return (await checkDocument(context, { ...page, body }, isOurs, state.id)).findings;
  });
  return found.flat();
}

/** Refuses packages that are not what they should be. */
export function soundOpener(openContent: OpenContent, broken: ReadonlySet<string>): OpenContent {
  return async (record) => {
    const path = packagePath(record);
    if (!broken.has(path)) return await openContent(record);
    throw new FeedError("package-broken", `Cannot use "${path}": it is not the package that was recorded`);
  };
}

export function packagePath(record: StoredRecord): string {
  return nupkgPath(lowerId(record.id), feedVersion(record).lower);
}

/** @returns `undefined` when a package that the page is made from is not there, or cannot be read */
export async function tryRender(
  settings: FeedSettings,
  state: IdState,
  { page }: Pick<IdPage, "page">,
  openContent: OpenContent,
): Promise<Uint8Array | undefined> {
  const { renderPage } = await import("../publish/site/render-page.js");
  try {
    return await renderPage(siteOf(settings), statePackage(state), page, openContent);
  } catch (error) {
    if (error instanceof FeedError) return undefined;
    throw error;
  }
}

/** A write that was cut short may leave an empty file. */
async function checkPresence(
  { reader }: VerifyContext,
  { id }: IdState,
  { path }: IdPage,
): Promise<Finding[]> {
  const size = await reading(path, id, () => reader.size(path));
  if (size.kind === "missing") return [{ kind: "document-missing", path, id }];
  if (size.kind === "unreadable") return [size.finding];
  return size.object === 0 ? [{ kind: "document-damaged", path, id, reason: "is empty" }] : [];
}
