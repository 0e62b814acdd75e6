/** What a page in a browser is checked for, whatever it shows. Each check gives one line per finding. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe says against the page. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // The page's policy forbids scripts of others; this one comes by the debugger.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  return await page.evaluate(async () => {
    const run: unknown = Reflect.get(Reflect.get(window, "axe"), "run");
    const result: unknown = typeof run === "function" ? await run(document) : undefined;
    const found: unknown =
      typeof result === "object" && result !== null ? Reflect.get(result, "violations") : [];
    return Array.isArray(found)
      ? found.map((violation) => `${violation.id}: ${violation.nodes[0]?.html}`)
      : [];
  });
}

/** Elements that stick out of the window, and are not within a box that scrolls. */
export async function overflowingElements(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth <= width) return [];
    const isOut = (element: Element): boolean => {
      const { left, right, width: own } = element.getBoundingClientRect();
      return own > 0 && (right > width + 1 || left < -1);
    };
    const out = [...document.body.querySelectorAll("*")].filter(isOut);
    return out.slice(0, 5).map((element) => `${element.tagName.toLowerCase()}.${element.className}`);
  });
}

/** Elements that moved while the page was loaded, because something before them came late (Cumulative Layout Shift). */
export async function movedElements(page: Page): Promise<string[]> {
  return await page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        const nameOf = (source: unknown): string => {
          const node: unknown =
            typeof source === "object" && source !== null ? Reflect.get(source, "node") : null;
          return node instanceof Element ? node.outerHTML.slice(0, 80) : String(node);
        };
        const moved: string[] = [];
        const note = (entries: readonly PerformanceEntry[]): void => {
          for (const entry of entries) {
            const sources: unknown = Reflect.get(entry, "sources");
            if (Array.isArray(sources)) moved.push(...sources.map(nameOf));
          }
        };
        const observer = new PerformanceObserver((list) => note(list.getEntries()));
        observer.observe({ type: "layout-shift", buffered: true });
        // What was recorded before comes within a frame.
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(moved))));
      }),
  );
}
