/** Items of search answers that are kept for the next question. */
import { expect, test } from "vitest";
import { itemText, MOST_KEPT } from "../../../src/serve/search/item-texts.js";
import { testEntry } from "../../search/corpus.js";

const base = "https://feed.example.com/";

/** Asks for an item, and tells how often its text was made. */
function countedItem(): { readonly ask: (baseUrl: string) => string; readonly made: () => number } {
  const entry = testEntry(["1.0.0"], { id: "Contoso.Core" });
  const [shown] = entry.latest;
  if (shown === undefined) throw new Error("no version is listed");
  let made = 0;
  const latest = {
    ...shown,
    get summary() {
      made += 1;
      return "counted";
    },
  };
  const hit = { entry, latest, versions: entry.versions };
  return { ask: (baseUrl) => itemText(hit, baseUrl, "registration", ""), made: () => made };
}

test("an item is made once for each address", () => {
  const { ask, made } = countedItem();
  const text = ask(base);
  expect(JSON.parse(text)).toMatchObject({ version: "1.0.0", summary: "counted" });
  expect(ask(base)).toBe(text);
  expect(made()).toBe(1);
  expect(ask("http://localhost:5080/")).toContain("http://localhost:5080/");
  expect(made()).toBe(2);
});

test("items are forgotten before the addresses of a client fill the memory", () => {
  const { ask, made } = countedItem();
  ask(base);
  const length = MOST_KEPT / 20;
  for (let n = 0; n < 20; n++) ask(`https://${"a".repeat(length)}${n}.example.com/`);
  const before = made();
  ask(base);
  expect(made()).toBe(before + 1);
});
