/**
 * What a version says of its changes. It is plain text by definition, so nothing in it is markup.
 */
import type { VersionModel } from "../../src/site/package/version-model.js";
import { LongParagraph } from "./long-paragraph.js";

export function ReleaseNotes({ model: { releaseNotes } }: { readonly model: VersionModel }) {
  if (releaseNotes === undefined) return <p>This version has no release notes.</p>;
  return <LongParagraph text={releaseNotes} what="text" />;
}
