/**
 * What a push refuses beside what makes a file no package at all (protocol.md §7.7). A build takes such packages with a
 * warning or without: they were published before, and clients restore them.
 */
import { PackageError } from "../../errors.js";
import type { InspectedPackage } from "../../nuget/inspect.js";
import { isSecondGroupWarning } from "../../nuget/nuspec/dependencies.js";
import { quoted } from "../../nuget/quoted.js";

/** Times in a zip have no zone; nowhere is it later by more than this. */
const ZONES = 14 * 60 * 60 * 1000;

/**
 * @param now milliseconds since 1970
 * @throws PackageError
 */
export function assertPushable(inspected: InspectedPackage, now: number): void {
  const { nuspec, entries, newestEntryTime, warnings } = inspected;
  // It has the id and version of its library, whose place it would take (protocol.md §10.7).
  if (nuspec.packageTypes.some(({ name }) => name.toLowerCase() === "symbolspackage")) {
    throw new PackageError("symbols-package", "it is a symbols package, and this feed holds no symbols", {
      hint: "push the .nupkg of the library",
    });
  }
  const odd = entries.find(({ name }) => name.includes("//"));
  if (odd !== undefined) {
    throw new PackageError(
      "zip-entry-path",
      `entry ${quoted(odd.name)} has an empty folder name in its path`,
    );
  }
  if (newestEntryTime !== undefined && Date.parse(newestEntryTime) > now + ZONES) {
    throw new PackageError("zip-entry-time", `it holds a file of the future, ${newestEntryTime}`, {
      hint: "set the clock of the machine that packs, and pack again",
    });
  }
  const second = warnings.find(isSecondGroupWarning);
  if (second !== undefined) {
    throw new PackageError("nuspec-dependency-groups", second.replace(" is ignored, the first counts", ""), {
      hint: "put the dependencies of one framework into one group",
    });
  }
}
