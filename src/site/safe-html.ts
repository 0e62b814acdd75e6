/**
 * HTML that goes into pages as it is. Everything else is text, and escaped by the templates.
 */

declare const safeHtmlBrand: unique symbol;

/** HTML without anything that a stranger could have put into it unchecked. */
export type SafeHtml = string & { readonly [safeHtmlBrand]: true };

/** Vouches for HTML: what the owner wrote into the settings, or what a renderer of ours made of checked parts. */
export function trustHtml(html: string): SafeHtml {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: whoever calls says where it comes from
  return html as SafeHtml;
}
