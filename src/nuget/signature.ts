/**
 * Who signed a package: its author, or the feed that it was published on. Only the kind is read, no signature is
 * verified here; clients do that with the bytes, which stay as they are.
 */

export type SignatureKind = "author" | "repository";

/** The entry in the root of a signed package. */
export const signaturePath = ".signature.p7s";

// DER tags of the fields on the way, and two object identifiers with their own tag and length.
const sequence = 0x30;
const set = 0x31;
const context0 = 0xa0;
/** 1.2.840.113549.1.9.16.6.1, proof of origin: an author signed. */
const proofOfOrigin = Uint8Array.of(6, 11, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 16, 6, 1);
/** 1.2.840.113549.1.9.16.6.2, proof of receipt: a repository signed. */
const proofOfReceipt = Uint8Array.of(6, 11, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 16, 6, 2);

/**
 * The kind of the primary signature: the commitment type among its signed attributes. A repository's countersignature
 * has a commitment type too, but among the unsigned attributes, and so does not count.
 *
 * @returns `undefined` for a signature of neither kind and for what is no signature
 */
export function signatureKind(signatureFile: Uint8Array): SignatureKind | undefined {
  const attributes = signedAttributes(signatureFile);
  if (attributes === undefined) return undefined;
  if (contains(attributes, proofOfOrigin)) return "author";
  return contains(attributes, proofOfReceipt) ? "repository" : undefined;
}

/**
 * The signed attributes of the first signer of a CMS message (RFC 5652, 5.1 and 5.3):
 *
 *     ContentInfo SEQUENCE { type, [0] { SignedData SEQUENCE {
 *       version, digestAlgorithms SET, content SEQUENCE, [0] certificates?, [1] crls?, signers SET {
 *         SignerInfo SEQUENCE { version, issuer, digestAlgorithm, [0] signedAttributes?, … } } } } }
 */
function signedAttributes(message: Uint8Array): Uint8Array | undefined {
  const contentInfo = first(message, sequence);
  const signedData = first(first(contentInfo, context0), sequence);
  const [, signers] = fields(signedData).filter((field) => field.tag === set);
  return first(first(signers?.content, sequence), context0);
}

interface Field {
  readonly tag: number;
  readonly content: Uint8Array;
}

/** Content of the first field with this tag. */
function first(content: Uint8Array | undefined, tag: number): Uint8Array | undefined {
  return fields(content).find((field) => field.tag === tag)?.content;
}

/** The fields of a DER value, up to the first that is cut off. */
function fields(bytes: Uint8Array | undefined): Field[] {
  const found: Field[] = [];
  for (let rest = bytes; rest !== undefined && rest.length >= 2; ) {
    const [tag = 0, lengthByte = 0] = rest;
    const lengthSize = lengthByte < 0x80 ? 0 : lengthByte & 0x7f;
    const start = 2 + lengthSize;
    const length = lengthSize === 0 ? lengthByte : bigEndian(rest.subarray(2, start));
    if (start + length > rest.length) break;
    found.push({ tag, content: rest.subarray(start, start + length) });
    rest = rest.subarray(start + length);
  }
  return found;
}

function bigEndian(bytes: Uint8Array): number {
  return bytes.reduce((value, byte) => value * 256 + byte, 0);
}

function contains(bytes: Uint8Array, wanted: Uint8Array): boolean {
  const matchesAt = (at: number) => wanted.every((byte, index) => bytes[at + index] === byte);
  return bytes.some((byte, at) => byte === wanted[0] && matchesAt(at));
}
