/**
 * A document is there, is JSON, and is byte for byte what the records render to.
 */
import type { FeedDocument } from "../../feed/document.js";
import { type ParsedJson, parseJson } from "../../feed/parsed-json.js";
import type { LowerId } from "../../nuget/id.js";
import type { VerifyContext } from "../context.js";
import type { Finding } from "../finding.js";
import { reading } from "../read.js";

export interface CheckedDocument {
  readonly findings: readonly Finding[];
  /** What lies there, if anything can be read. */
  readonly bytes?: Uint8Array;
}

/**
 * @param isOurs whether the state says that nupress wrote the file
 * @param id whose document it is, if it is not one of the whole feed
 */
export async function checkDocument(
  { reader }: VerifyContext,
  { path, body, contentType }: FeedDocument,
  isOurs: boolean,
  id?: LowerId,
): Promise<CheckedDocument> {
  const about = { path, ...(id !== undefined && { id }) };
  const found = await reading(path, id, () =>
    reader.look(path, (bytes) => (isEqual(bytes, body) ? "as-expected" : bytes.slice())),
  );
  if (found.kind === "missing") return { findings: [{ kind: "document-missing", ...about }] };
  if (found.kind === "unreadable") return { findings: [found.finding] };
  const bytes = found.object;
  if (bytes === "as-expected") return { findings: [], bytes: body };
  if (!isOurs) return { findings: [{ kind: "file-foreign", ...about }], bytes };
  if (contentType === "application/json" && parseJson(bytes) === undefined) {
    return { findings: [{ kind: "document-damaged", ...about, reason: "is no JSON" }], bytes };
  }
  return { findings: [{ kind: "document-differs", ...about }], bytes };
}

/** What a document holds; `undefined` where there is none, or no JSON. */
export function valueOf({ bytes }: CheckedDocument): ParsedJson | undefined {
  return bytes && parseJson(bytes);
}

/** Four bytes at a time: a feed has tens of megabytes of documents. */
function isEqual(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  const canUseWords = a.byteOffset % 4 === 0 && b.byteOffset % 4 === 0;
  const words = canUseWords ? Math.floor(a.length / 4) : 0;
  const wordsOfA = new Int32Array(a.buffer, canUseWords ? a.byteOffset : 0, words);
  const wordsOfB = new Int32Array(b.buffer, canUseWords ? b.byteOffset : 0, words);
  for (let i = 0; i < words; i++) if (wordsOfA[i] !== wordsOfB[i]) return false;
  for (let i = words * 4; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
