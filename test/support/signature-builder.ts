/**
 * The outline of a package signature: a CMS message with the fields that tell its kind, and nothing that would
 * verify.
 */
import { concat } from "./zip-builder.js";

export interface SignatureOptions {
  /** Among the signed attributes; default none. */
  readonly kind?: "author" | "repository";
  /** Adds the commitment of a repository's countersignature, among the unsigned attributes. */
  readonly countersigned?: boolean;
  /** Extra bytes of certificates, to reach lengths of several bytes. */
  readonly certificateLength?: number;
}

export function buildSignature(options: SignatureOptions = {}): Uint8Array {
  const signerInfo = sequence(
    integer(1),
    sequence(),
    sequence(oid(2, 16, 840, 1, 101, 3, 4, 2, 1)),
    der(0xa0, options.kind === undefined ? empty : commitment(options.kind)),
    sequence(),
    der(0x04, new Uint8Array(256)),
    der(0xa1, options.countersigned ? set(sequence(der(0xa0, commitment("repository")))) : empty),
  );
  const signedData = sequence(
    integer(1),
    set(sequence(oid(2, 16, 840, 1, 101, 3, 4, 2, 1))),
    sequence(oid(1, 2, 840, 113549, 1, 7, 1), der(0xa0, der(0x04, new Uint8Array(40)))),
    der(0xa0, new Uint8Array(options.certificateLength ?? 2000)),
    set(signerInfo),
  );
  return sequence(oid(1, 2, 840, 113549, 1, 7, 2), der(0xa0, signedData));
}

const empty = new Uint8Array();

/** The attribute commitment-type-indication: proof of origin or of receipt. */
function commitment(kind: "author" | "repository"): Uint8Array {
  const type = oid(1, 2, 840, 113549, 1, 9, 16, 6, kind === "author" ? 1 : 2);
  return sequence(oid(1, 2, 840, 113549, 1, 9, 16, 2, 16), set(sequence(type)));
}

function sequence(...fields: Uint8Array[]): Uint8Array {
  return der(0x30, concat(fields));
}

function set(...fields: Uint8Array[]): Uint8Array {
  return der(0x31, concat(fields));
}

function integer(value: number): Uint8Array {
  return der(0x02, Uint8Array.of(value));
}

function oid(first: number, second: number, ...rest: number[]): Uint8Array {
  return der(0x06, Uint8Array.from([first * 40 + second, ...rest.flatMap(base128)]));
}

function base128(value: number): number[] {
  const digits = [value & 0x7f];
  for (let left = value >>> 7; left > 0; left >>>= 7) digits.unshift((left & 0x7f) | 0x80);
  return digits;
}

function der(tag: number, content: Uint8Array): Uint8Array {
  return concat([Uint8Array.from([tag, ...lengthBytes(content.length)]), content]);
}

function lengthBytes(length: number): number[] {
  if (length < 0x80) return [length];
  const bytes: number[] = [];
  for (let left = length; left > 0; left >>>= 8) bytes.unshift(left & 0xff);
  return [0x80 | bytes.length, ...bytes];
}
