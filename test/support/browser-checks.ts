/** What a page in a browser is checked for, whatever it shows. Each check gives one line per finding. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** What axe says against the page. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  // The page's policy forbids scripts of others; this one comes by the debugger.
  await page.evaluate(axe);
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

/** How far things moved while the page was loaded: 0 is nothing (Cumulative Layout Shift). */
export async function layoutShift(page: Page): Promise<number> {
  return await page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        const observer = new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) sum += Number(Reflect.get(entry, "value"));
        });
        observer.observe({ type: "layout-shift", buffered: true });
        // What was recorded before comes with the next frame.
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(sum))));
      }),
  );
}
