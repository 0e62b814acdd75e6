/**
 * Globs over package ids: `*` stands for any run of characters, also for none. `Contoso.*` covers `Contoso.Core`, but
 * neither `Contoso` nor `ContosoX`.
 */
import { lowerInvariant } from "../../nuget/dotnet-text.js";
import type { LowerId } from "../../nuget/id.js";

/** The characters of ids (protocol.md §1.1) and `*`. */
const grammar = /^[\p{L}\p{Mn}\p{Nd}\p{Pc}.*-]{1,100}$/u;

export function isIdGlob(text: string): boolean {
  return grammar.test(text);
}

/** Takes time proportional to the lengths, whatever the glob: no backtracking. */
export function matchesIdGlob(id: LowerId, glob: string): boolean {
  const [first = "", ...middle] = lowerInvariant(glob).split("*");
  const last = middle.pop();
  if (last === undefined) return id === first;
  if (!id.startsWith(first)) return false;
  let end = first.length;
  for (const part of middle) {
    const found = id.indexOf(part, end);
    if (found === -1) return false;
    end = found + part.length;
  }
  return id.endsWith(last) && id.length - last.length >= end;
}
