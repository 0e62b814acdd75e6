/** Compresses bytes with what every runtime has. */
import { ownBytes } from "./own-bytes.js";

export async function gzip(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const compression = new CompressionStream("gzip");
  const writer = compression.writable.getWriter();
  // Not awaited: it waits for whoever reads. What fails shows there.
  writer.write(ownBytes(bytes)).catch(() => undefined);
  writer.close().catch(() => undefined);
  const chunks: Uint8Array[] = [];
  for await (const chunk of compression.readable) chunks.push(chunk);
  return joined(chunks);
}

function joined(chunks: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(chunks.reduce((size, { length }) => size + length, 0));
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.length;
  }
  return bytes;
}
