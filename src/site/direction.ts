/**
 * Which way a language is written.
 */

export type Direction = "ltr" | "rtl";

const rtlLanguages = new Set([
  "ar",
  "arc",
  "ckb",
  "dv",
  "fa",
  "he",
  "nqo",
  "ps",
  "sd",
  "syr",
  "ug",
  "ur",
  "yi",
]);
const rtlScripts = new Set(["adlm", "arab", "hebr", "nkoo", "rohg", "syrc", "thaa"]);

/** The direction of a BCP 47 tag: by its script where it names one (`az-Arab`), else by its language. */
export function directionOf(language: string): Direction {
  const [primary = "", ...others] = language.toLowerCase().split("-");
  const script = others.find((part) => /^[a-z]{4}$/.test(part));
  const isRtl = script === undefined ? rtlLanguages.has(primary) : rtlScripts.has(script);
  return isRtl ? "rtl" : "ltr";
}
