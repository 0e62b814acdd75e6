/**
 * What was read from a package, as JSON for programs.
 */
import type { InspectedPackage } from "../../nuget/inspect.js";
import { fullVersion } from "../../nuget/version.js";

/** A package file that could be read. */
export interface InspectedFile {
  /** As the user wrote it. */
  readonly file: string;
  /** In bytes. */
  readonly size: number;
  /** In base64. */
  readonly sha512: string;
  readonly content: InspectedPackage;
}

/** `files` are all entries of the package; `nuspec` is as written, except that ranges are normalized. */
export function packageJson({ file, size, sha512, content }: InspectedFile): object {
  const { id, version, isSemVer2, ...nuspec } = content.nuspec;
  const { newestEntryTime } = content;
  return {
    file,
    id,
    version: fullVersion(version),
    isSemVer2,
    size,
    sha512,
    frameworks: content.targetFrameworks,
    signature: content.signature,
    hasSymbols: content.hasSymbols,
    ...(newestEntryTime !== undefined && { newestEntryTime }),
    nuspec,
    files: content.entries,
    warnings: content.warnings,
  };
}
