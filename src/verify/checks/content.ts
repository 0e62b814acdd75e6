/**
 * A file that comes out of a package (nuspec, readme, icon, licence, hash) is there, with the bytes that are inside: the
 * record holds their digest from when the package was read.
 */
import type { LowerId } from "../../nuget/id.js";
import type { IdContent } from "../../publish/documents.js";
import type { VerifyContext } from "../context.js";
import type { Finding } from "../finding.js";
import { reading } from "../read.js";

const decoder = new TextDecoder();

/**
 * @param file any but the package itself
 * @param isOurs whether the state says that nupress wrote the file
 */
export async function checkContent(
  context: VerifyContext,
  id: LowerId,
  file: IdContent,
  isOurs: boolean,
): Promise<Finding[]> {
  const { path, content } = file;
  const found = await reading(path, id, () =>
    context.reader.look(path, (bytes) => holdsContent(context, file, bytes)),
  );
  if (found.kind === "missing") return [{ kind: "content-missing", path, id, content }];
  if (found.kind === "unreadable") return [found.finding];
  if (found.object) return [];
  return [isOurs ? { kind: "content-differs", path, id, content } : { kind: "file-foreign", path, id }];
}

/** Whether these are the bytes that the file should have. */
export async function holdsContent(
  { digest }: Pick<VerifyContext, "digest">,
  { content, record, digest: wanted }: Pick<IdContent, "content" | "record" | "digest">,
  bytes: Uint8Array,
): Promise<boolean> {
  if (content === "sha512") return decoder.decode(bytes) === record.sha512;
  return (await digest(bytes)) === wanted;
}
