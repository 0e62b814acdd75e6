/**
 * Writes what comes out of packages: their files, and the pages that are made of them.
 */
import { isAssetPath } from "../feed/urls.js";
import type { StoredRecord } from "../state/id-state.js";
import type { Body } from "../store/store.js";
import type { PackageContent, PublishContext } from "./context.js";
import { refuseForeignFile } from "./foreign-file.js";
import { groupBy } from "./group-by.js";
import { mapLimit } from "./map-limit.js";
import type { ContentWrite, IdPlan, PageWrite } from "./plan-id.js";
import { type ContentPage, siteOf } from "./site/id-pages.js";
import { writeOutput } from "./write-output.js";

const encoder = new TextEncoder();

/** A page that is made of one file of one package. */
type ContentPageWrite = PageWrite & { readonly page: ContentPage };
type PackageOutput = ContentWrite | ContentPageWrite;

/** Writes the files that come out of packages, and pages of such files; each package is opened once. */
export async function applyContents(context: PublishContext, plan: IdPlan): Promise<void> {
  const byPackage = groupBy(packageOutputs(plan), recordOf);
  await mapLimit([...byPackage.values()], context.concurrency, async (outputs) => {
    context.signal?.throwIfAborted();
    if (context.dryRun) return await planOutputs(context, outputs);
    await withBodies(
      context,
      outputs,
      async (output, body) => await writeOutput(context, output, await body()),
    );
  });
}

/** Writes the page of an id, once everything lies there that it points to. */
export async function applyIdPage(context: PublishContext, plan: IdPlan): Promise<void> {
  for (const page of plan.pages.filter((write) => !isContentPage(write))) {
    context.signal?.throwIfAborted();
    if (context.dryRun) context.onChange({ kind: page.kind, path: page.path, size: 0 });
    else await writeOutput(context, page, await idPageBody(context, plan));
  }
}

/**
 * Before anything is written and recorded as ours. Assets are left to the write itself: their names tell their content,
 * and it is quite usual that another id has put one there.
 */
export async function refuseForeignFiles(context: PublishContext, plans: readonly IdPlan[]): Promise<void> {
  await mapLimit(plans, context.concurrency, async (plan) => {
    for (const { kind, path, body } of plan.documents) {
      if (kind === "create") await refuseForeignFile(context, path, async () => body);
    }
    for (const page of plan.pages.filter((write) => !isContentPage(write))) {
      if (page.kind === "create")
        await refuseForeignFile(context, page.path, async () => await idPageBody(context, plan));
    }
    const created = packageOutputs(plan).filter(({ kind, path }) => kind === "create" && !isAssetPath(path));
    for (const outputs of groupBy(created, recordOf).values()) {
      await withBodies(
        context,
        outputs,
        async ({ path }, body) => await refuseForeignFile(context, path, body),
      );
    }
  });
}

function packageOutputs({ contents, pages }: IdPlan): PackageOutput[] {
  return [...contents, ...pages.filter(isContentPage)];
}

function isContentPage(write: PageWrite): write is ContentPageWrite {
  return write.page.kind !== "package";
}

function recordOf(output: PackageOutput): StoredRecord {
  return "page" in output ? output.page.record : output.record;
}

/** An asset that another id put there is not written again. */
async function planOutputs(context: PublishContext, outputs: readonly PackageOutput[]): Promise<void> {
  for (const { kind, path } of outputs) {
    const isThere = kind === "create" && isAssetPath(path) && (await context.store.stat(path)) !== undefined;
    if (!isThere) context.onChange({ kind, path, size: 0 });
  }
}

/** Goes through outputs of one package, which is opened only when a body is asked for. */
async function withBodies(
  context: PublishContext,
  outputs: readonly PackageOutput[],
  use: (output: PackageOutput, body: () => Promise<Body>) => Promise<void>,
): Promise<void> {
  let opened: PackageContent | undefined;
  const open = async (record: StoredRecord): Promise<PackageContent> =>
    (opened ??= await context.openContent(record));
  try {
    for (const output of outputs) await use(output, async () => await outputBody(context, output, open));
  } finally {
    await opened?.close();
  }
}

async function outputBody(
  { settings }: PublishContext,
  output: PackageOutput,
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
