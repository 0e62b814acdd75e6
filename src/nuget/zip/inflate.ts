/**
 * Inflates to a size that is known before. A stream that holds more is given up early, so that a small bomb costs
 * neither memory nor time.
 */
import { Inflate, inflateSync } from "fflate";
import type { ZipCodec } from "../byte-source.js";
import { damaged } from "./errors.js";

/**
 * Bytes handed to the inflater at once. Deflate expands up to 1032 times, so this much of a bomb yields up to
 * 16 MiB before it is noticed.
 */
const stepLength = 16 * 1024;

/** @throws PackageError when the stream is damaged or does not inflate to exactly `size` bytes */
export function inflateExactly(compressed: Uint8Array, size: number, codec?: ZipCodec): Uint8Array {
  // Some packers write an empty file as a deflated entry without content.
  if (size === 0 && compressed.length === 0) return new Uint8Array();
  const inflated =
    compressed.length <= stepLength
      ? inflateAtOnce(compressed, size, codec)
      : inflateInSteps(compressed, size);
  if (inflated.length !== size)
    throw damaged(`an entry does not inflate to the ${size} bytes that its header claims`);
  return inflated;
}

/** The fast way; what does not fit into the output is not written. */
function inflateAtOnce(compressed: Uint8Array, size: number, codec: ZipCodec | undefined): Uint8Array {
  // One byte more than expected tells a longer stream from a fitting one.
  if (codec !== undefined) return guarded(() => codec.inflate(compressed, size + 1));
  const output = new Uint8Array(size + 1);
  return guarded(() => inflateSync(compressed, { out: output }));
}

function inflateInSteps(compressed: Uint8Array, size: number): Uint8Array {
  const output = new Uint8Array(size);
  let length = 0;
  const inflater = new Inflate((chunk) => {
    if (length + chunk.length <= size) output.set(chunk, length);
    length += chunk.length;
  });
  for (let at = 0; at < compressed.length; at += stepLength) {
    const step = compressed.subarray(at, at + stepLength);
    guarded(() => inflater.push(step, at + stepLength >= compressed.length));
    if (length > size) break;
  }
  return length === size ? output : output.subarray(0, 0);
}

function guarded<Result>(inflate: () => Result): Result {
  try {
    return inflate();
  } catch {
    // The library names no position and nothing else that would help.
    throw damaged("the compressed content of an entry cannot be read");
  }
}
