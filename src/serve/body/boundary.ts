/**
 * The boundary of a multipart body: as the content type states it (protocol.md §7.3), or as the body itself shows it.
 */
import { latin1Text } from "./bytes.js";

/** How much of a body is looked at: the first line and the name of the first header. */
const SNIFFED_BYTES = 512;

/** RFC 2046 §5.1.1 allows 70; nobody needs more. */
const LONGEST_BOUNDARY = 200;

/** What a content type says of the body's form. */
export type BodyForm =
  | { readonly kind: "multipart"; readonly boundary: string }
  /** Multipart without a usable boundary. */
  | { readonly kind: "boundary-missing" }
  /** There is no content type. */
  | { readonly kind: "unlabelled" }
  | { readonly kind: "whole" };

/** @param contentType - value of the header, `null` when there is none */
export function bodyForm(contentType: string | null): BodyForm {
  const text = contentType?.trim() ?? "";
  if (text === "") return { kind: "unlabelled" };
  if (!/^multipart\//i.test(text)) return { kind: "whole" };
  const boundary = boundaryParameter(text);
  return boundary === undefined ? { kind: "boundary-missing" } : { kind: "multipart", boundary };
}

function boundaryParameter(contentType: string): string | undefined {
  const parameters = contentType.matchAll(/;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/g);
  for (const [, name = "", quoted, plain = ""] of parameters) {
    if (name.toLowerCase() !== "boundary") continue;
    const boundary = quoted?.replace(/\\(.)/g, "$1") ?? plain.trim();
    return boundary === "" || boundary.length > LONGEST_BOUNDARY ? undefined : boundary;
  }
  return undefined;
}

export type Sniffed =
  | { readonly kind: "multipart"; readonly boundary: string }
  | { readonly kind: "whole" }
  /** More bytes are needed to tell. */
  | { readonly kind: "undecided" };

/**
 * Whether a body without a boundary in its headers is multipart nevertheless: a line that begins with `--`, and behind it
 * a header or the empty line that ends headers. No zip file begins so.
 *
 * @param start - the first bytes of the body
 */
export function sniffBoundary(start: Uint8Array): Sniffed {
  const text = latin1Text(start.subarray(0, SNIFFED_BYTES));
  const [, boundary] = /^--([^\r\n]*[^\s-][^\r\n]*)\r?\n(?:[\w-]+[ \t]*:|\r?\n)/.exec(text) ?? [];
  if (boundary !== undefined) return { kind: "multipart", boundary: boundary.trimEnd() };
  const mayBe = text.length < SNIFFED_BYTES && /^(?:-?$|--)/.test(text);
  return { kind: mayBe ? "undecided" : "whole" };
}
