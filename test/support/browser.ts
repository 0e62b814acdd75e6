/** A real browser for tests: whether there is one, and pages that write down everything that should not happen. */
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { describe } from "vitest";

const NEEDED = "Chromium as chromium on PATH, or its path in CHROMIUM";

/** The program, if there is one. */
const executable = findBrowser();

/**
 * `describe` for tests in a browser. Without one it skips them and says why; on CI the test file fails instead, when it
 * imports this.
 */
// oxlint-disable-next-line vitest/valid-describe-callback, vitest/valid-title -- skipIf takes a condition
export const describeWithBrowser = describe.skipIf(isToBeSkipped());

export interface Visit extends AsyncDisposable {
  readonly page: Page;
  /** Goes to `url` as one who comes for the first time: nothing is kept from before, and the lists below are empty. */
  readonly start: (url: string) => Promise<void>;
  /**
   * What went wrong so far, one line each: errors of scripts and those that the console shows (the policy's too), dialogs,
   * requests to other hosts but for images. What cannot be loaded is none: some pages ask for what may not be there.
   */
  readonly troubles: readonly string[];
  /** Addresses of images on other hosts that were asked for. Nothing answers. */
  readonly foreignImages: readonly string[];
}

/** A browser for a whole file of tests. */
export async function startBrowser(): Promise<Browser> {
  // Tests run as root in containers, where the sandbox cannot start and shared memory is small.
  const container = ["--no-sandbox", "--disable-dev-shm-usage"];
  const args = [...container, "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1"];
  return await chromium.launch({ executablePath: executable ?? "", args });
}

/** A page in a profile of its own. Making one takes longer than most tests, so tests share it by {@link Visit.start}. */
export async function openVisit(browser: Browser, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(5000);
  const troubles: string[] = [];
  const foreignImages: string[] = [];
  const page = await context.newPage();
  const protocol = await context.newCDPSession(page);
  page.on("pageerror", (error) => troubles.push(`error: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource"))
      troubles.push(`console: ${message.text()}`);
  });
  page.on("dialog", (dialog) => {
    troubles.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!isForeign(request.url())) return;
    if (request.resourceType() === "image") foreignImages.push(request.url());
    else troubles.push(`request: ${request.url()}`);
  });
  const start = async (url: string): Promise<void> => {
    // From there every address is another page, even if it differs behind the # only.
    await page.goto("about:blank");
    await protocol.send("Storage.clearDataForOrigin", {
      origin: new URL(url).origin,
      storageTypes: "local_storage",
    });
    troubles.splice(0);
    foreignImages.splice(0);
    await page.goto(url);
  };
  return { page, start, troubles, foreignImages, [Symbol.asyncDispose]: async () => await context.close() };
}

/** @throws Error that names what went wrong since the start of the visit */
export function assertUntroubled({ page, troubles }: Visit): void {
  if (troubles.length > 0) throw new Error(`on ${page.url()}\n${troubles.join("\n")}`);
}

function isForeign(url: string): boolean {
  return isWeb(url) && !["localhost", "127.0.0.1"].includes(new URL(url).hostname);
}

function isWeb(url: string): boolean {
  return /^https?:/.test(url);
}

function findBrowser(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const onPath = folders.flatMap((folder) =>
    ["chromium", "chromium-browser"].map((name) => join(folder, name)),
  );
  return [process.env["CHROMIUM"], ...onPath].find((path) => path !== undefined && existsSync(path));
}

function isToBeSkipped(): boolean {
  if (executable !== undefined) return false;
  if (process.env["CI"] === "true") throw new Error(`Cannot test in a browser on CI: needs ${NEEDED}`);
  console.warn(`Tests in a browser are skipped: they need ${NEEDED}`);
  return true;
}
