/** Items of search answers that are kept for the next question. */
import { expect, test } from "vitest";
import { createItemTexts, MOST_KEPT } from "../../../src/serve/search/item-texts.js";
import { testEntry } from "../../search/corpus.js";

const base = "https://feed.example.com/";

/** Asks for an item, and tells how often its text was made. */
function countedItem() {
  const time = { now: 0 };
  const texts = createItemTexts(() => time.now);
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
  const ask = (baseUrl: string): string =>
    new TextDecoder().decode(texts.textOf(hit, baseUrl, "registration", ""));
  return { ask, made: () => made, size: texts.size, time };
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

test("the addresses of a client do not fill the memory, and others find room again after a while", () => {
  const { ask, made, size, time } = countedItem();
  const length = MOST_KEPT / 20;
  for (let n = 0; n < 20; n++) ask(`https://${"a".repeat(length)}${n}.example.com/`);
  expect(size()).toBeLessThanOrEqual(MOST_KEPT);
  const late = `https://${"b".repeat(length)}.example.com/`;
  ask(late);
  const before = made();
  ask(late);
  expect(made()).toBe(before + 1);
  time.now = 11 * 60_000;
  ask(late);
  ask(late);
  expect(made()).toBe(before + 2);
});
