/**
 * Writes what comes out of packages: their files, and the pages that are made of them.
 */
import { isAssetPath } from "../feed/urls.js";
import type { Write } from "../state/changes.js";
import type { StoredRecord } from "../state/id-state.js";
import type { Body } from "../store/store.js";
import type { PackageContent, PublishContext } from "./context.js";
import { refuseForeignFile } from "./foreign-file.js";
import { groupBy } from "./group-by.js";
import { mapLimit } from "./map-limit.js";
import type { ContentWrite, IdPlan, PageWrite } from "./plan-id.js";
import { type ContentPage, type IdPage, siteOf } from "./site/id-pages.js";
import { writeOutput } from "./write-output.js";

const encoder = new TextEncoder();

/** A page that is made of one file of one package. */
type ContentPageWrite = Write<IdPage & { readonly page: ContentPage }>;
type PackageWrite = ContentWrite | ContentPageWrite;

/** Writes the files that come out of packages, and pages of such files; each package is opened once. */
export async function applyContents(context: PublishContext, plan: IdPlan): Promise<void> {
  const byPackage = groupBy(packageWrites(plan), recordOf);
  await mapLimit([...byPackage.values()], context.concurrency, async (writes) => {
    context.signal?.throwIfAborted();
    if (context.dryRun) return await noteWrites(context, writes);
    await withBodies(context, writes, async (write, body) => await writeOutput(context, write, await body()));
  });
}

/** Writes the page of an id, once everything lies there that it points to. */
export async function applyIdPage(context: PublishContext, plan: IdPlan): Promise<void> {
  for (const page of plan.pages.filter((write) => !isContentPage(write))) {
    context.signal?.throwIfAborted();
    if (context.dryRun) context.onChange({ kind: page.kind, path: page.output.path, size: 0 });
    else await writeOutput(context, page, await idPageBody(context, plan));
  }
}

/**
 * Before anything is written and recorded as ours. Assets are left to the write itself: their names tell their content,
 * and it is quite usual that another id has put one there.
 */
export async function refuseForeignFiles(context: PublishContext, plans: readonly IdPlan[]): Promise<void> {
  await mapLimit(plans, context.concurrency, async (plan) => {
    for (const { kind, output } of plan.documents) {
      if (kind === "create") await refuseForeignFile(context, output.path, async () => output.body);
    }
    for (const page of plan.pages.filter((write) => !isContentPage(write))) {
      if (page.kind === "create")
        await refuseForeignFile(context, page.output.path, async () => await idPageBody(context, plan));
    }
    const created = packageWrites(plan).filter(
      ({ kind, output }) => kind === "create" && !isAssetPath(output.path),
    );
    for (const writes of groupBy(created, recordOf).values()) {
      await withBodies(
        context,
        writes,
        async ({ output }, body) => await refuseForeignFile(context, output.path, body),
      );
    }
  });
}

function packageWrites({ contents, pages }: IdPlan): PackageWrite[] {
  return [...contents, ...pages.filter(isContentPage)];
}

function isContentPage(write: PageWrite): write is ContentPageWrite {
  return write.output.page.kind !== "package";
}

function recordOf({ output }: PackageWrite): StoredRecord {
  return "page" in output ? output.page.record : output.record;
}

/** An asset that another id put there is not written again. */
async function noteWrites(context: PublishContext, writes: readonly PackageWrite[]): Promise<void> {
  for (const { kind, output } of writes) {
    const { path } = output;
    const isThere = kind === "create" && isAssetPath(path) && (await context.store.stat(path)) !== undefined;
    if (!isThere) context.onChange({ kind, path, size: 0 });
  }
}

/** Goes through files of one package, which is opened only when a body is asked for. */
async function withBodies(
  context: PublishContext,
  writes: readonly PackageWrite[],
  use: (write: PackageWrite, body: () => Promise<Body>) => Promise<void>,
): Promise<void> {
  let opened: PackageContent | undefined;
  const open = async (record: StoredRecord): Promise<PackageContent> =>
    (opened ??= await context.openContent(record));
  try {
    for (const write of writes) await use(write, async () => await outputBody(context, write, open));
  } finally {
    await opened?.close();
  }
}

async function outputBody(
  { settings }: PublishContext,
  { output }: PackageWrite,
  open: (record: StoredRecord) => Promise<PackageContent>,
): Promise<Body> {
  if ("page" in output) {
    const { renderContentPage } = await import("./site/render-page.js");
    return await renderContentPage(siteOf(settings), output.page, await open(output.page.record));
  }
  if (output.content === "sha512") return encoder.encode(output.record.sha512);
  return await (await open(output.record)).body(output.content);
}

async function idPageBody({ settings, openContent }: PublishContext, { feedPackage }: IdPlan): Promise<Body> {
  const { renderIdPage } = await import("./site/render-page.js");
  return await renderIdPage(siteOf(settings), feedPackage, openContent);
}
