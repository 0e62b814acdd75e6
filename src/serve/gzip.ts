/** Compresses bytes with what every runtime has. */
import { ownBytes } from "./own-bytes.js";

export async function gzip(bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const compressed = new Blob([ownBytes(bytes)]).stream().pipeThrough(new CompressionStream("gzip"));
  return new Uint8Array(await new Response(compressed).arrayBuffer());
}
