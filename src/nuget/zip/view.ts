/**
 * Little-endian numbers as zip has them.
 */
import { damaged } from "./errors.js";

/** A view of exactly these bytes; reading outside of it is a defect of the caller. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

export function u16(view: DataView, at: number): number {
  return view.getUint16(at, true);
}

export function u32(view: DataView, at: number): number {
  return view.getUint32(at, true);
}

/** @throws PackageError for numbers that no file reaches, which also keeps all sums exact */
export function u64(view: DataView, at: number): number {
  const value = view.getBigUint64(at, true);
  if (value > largest) throw damaged(`a size or offset of ${value} bytes`);
  return Number(value);
}

const largest = 2n ** 48n;
