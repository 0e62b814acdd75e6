/** Ids for tests, checked as the program checks them. */
import { type LowerId, lowerId, type PackageId, parsePackageId } from "../../src/nuget/id.js";

export function testId(text: string): PackageId {
  const id = parsePackageId(text);
  if (id === undefined) throw new Error(`no id: ${text}`);
  return id;
}

export function testKey(text: string): LowerId {
  return lowerId(testId(text));
}
