/**
 * The files of a version that come out of its package, byte for byte: the package itself, nuspec, readme, icon and
 * licence file.
 */

import type { LowerId } from "../nuget/id.js";
import type { Digest } from "./digest.js";
import type { FeedVersion } from "./feed-package.js";
import type { PackageRecord } from "./record.js";
import type { FeedSettings } from "./settings.js";
import { assetPath, type FeedPath, nupkgHashPath, nupkgPath, nuspecPath, readmePath } from "./urls.js";

export type ContentKind = "nupkg" | "sha512" | "nuspec" | "readme" | "icon" | "license";

/** One such file, known before the package is opened again. */
export interface ContentFile {
  readonly content: ContentKind;
  readonly path: FeedPath;
  /** Tells the content, as a document's digest does. */
  readonly digest: Digest;
  readonly contentType: string;
}

/** What a version wants beside its documents, packages first. */
export function contentFiles(id: LowerId, version: FeedVersion, settings: FeedSettings): ContentFile[] {
  const { record, lower } = version;
  const files: (ContentFile | undefined)[] = [
    {
      content: "nupkg",
      path: nupkgPath(id, lower),
      digest: packageDigest(record),
      contentType: "application/octet-stream",
    },
    settings.folderFeed
      ? {
          content: "sha512",
          path: nupkgHashPath(id, lower),
          digest: packageDigest(record),
          contentType: "text/plain",
        }
      : undefined,
    { content: "nuspec", path: nuspecPath(id, lower), digest: record.nuspecDigest, contentType: "text/xml" },
    record.readmeDigest === undefined
      ? undefined
      : {
          content: "readme",
          path: readmePath(id, lower),
          digest: record.readmeDigest,
          contentType: "text/markdown",
        },
    asset("icon", record.icon),
    asset("license", record.licenseFile),
  ];
  return files.filter((file) => file !== undefined);
}

/** A package's hash is already known as SHA-512; its first characters tell it as well as a digest would. */
export function packageDigest(record: PackageRecord): Digest {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- only compared with itself, never put in a path
  return record.sha512.slice(0, 32) as Digest;
}

const assetTypes: Readonly<Record<string, string>> = {
  png: "image/png",
  jpg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  txt: "text/plain; charset=utf-8",
};

function asset(content: "icon" | "license", name: string | undefined): ContentFile | undefined {
  if (name === undefined) return undefined;
  const [digest = "", extension = ""] = name.split(".");
  return {
    content,
    path: assetPath(name),
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: records name assets by digest
    digest: digest as Digest,
    contentType: assetTypes[extension] ?? "application/octet-stream",
  };
}
