/**
 * The licence of a version: an SPDX expression taken apart, so that each of its licences is a link.
 */

export interface LicensePart {
  readonly text: string;
  /** Where the text of the licence or exception is; absent for operators. */
  readonly href?: string;
}

/** In characters: longer ones are no expressions, and shown as they are. */
const maxExpression = 500;

/** `MIT OR (Apache-2.0 WITH LLVM-exception)` in parts that make up the whole text again. */
export function licenseParts(expression: string): LicensePart[] {
  if (expression.length > maxExpression) return [{ text: expression.slice(0, maxExpression) }];
  const parts = expression.match(/[A-Za-z0-9.+:-]+|[^A-Za-z0-9.+:-]+/g) ?? [];
  return parts.map((text) => (isLicense(text) ? { text, href: licenseHref(text) } : { text }));
}

/** A reference (`LicenseRef-…`) names a licence that is nowhere published. */
function isLicense(text: string): boolean {
  return (
    /^[A-Za-z0-9]/.test(text) &&
    !/^(?:AND|OR|WITH)$/i.test(text) &&
    !/^(?:LicenseRef|DocumentRef)-/.test(text)
  );
}

function licenseHref(text: string): string {
  return `https://licenses.nuget.org/${encodeURIComponent(text.replace(/\+$/, ""))}`;
}
