/**
 * Structured data for search engines (JSON-LD, schema.org).
 */
import { raw } from "hono/html";

/**
 * A block of data, which no browser runs. Within a script element only `</script` and `<!--` mean anything to a browser, and
 * both begin with a character that JSON may write as an escape.
 */
export function JsonLd({ value }: { readonly value: object }) {
  const json = JSON.stringify({ "@context": "https://schema.org", ...value }).replaceAll("<", "\\u003c");
  return <script type="application/ld+json">{raw(json)}</script>;
}
