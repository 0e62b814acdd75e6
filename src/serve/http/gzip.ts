/** Compresses bytes with what every runtime has. */
import { joinBytes } from "../../feed/bytes.js";
import { ownBytes } from "./own-bytes.js";

/** Smaller bodies do not shrink by more than the headers of compression cost. In bytes. */
export const SMALLEST_COMPRESSED = 1024;

export async function gzip(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const compression = new CompressionStream("gzip");
  const writer = compression.writable.getWriter();
  // Not awaited: it waits for whoever reads. What fails shows there.
  writer.write(ownBytes(bytes)).catch(() => undefined);
  writer.close().catch(() => undefined);
  const chunks: Uint8Array[] = [];
  for await (const chunk of compression.readable) chunks.push(chunk);
  return ownBytes(joinBytes(chunks));
}
