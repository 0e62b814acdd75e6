/**
 * The form in which words are compared: lower case, compatible characters made one, without accents.
 */
import { lowerInvariant } from "../nuget/dotnet-text.js";

const ascii = /^[ -~\s]*$/;

/** `Crème` and `creme`, `Größe` and `GROSSE`, `Ｊｓｏｎ` and `json` become the same. Both texts and questions go through it. */
export function foldText(text: string): string {
  if (ascii.test(text)) return text.toLowerCase();
  const decomposed = text.normalize("NFKD").replaceAll(/\p{Mn}/gu, "");
  return lowerInvariant(decomposed.normalize("NFC")).replaceAll("ß", "ss");
}
