/**
 * What a client accepts: headers that list choices with weights (RFC 9110 §12.4).
 */

/** Compresses when the client takes gzip and does not prefer the plain bytes. */
export function acceptsGzip(header: string | null): boolean {
  const weights = parseWeights(header);
  const gzip = weights.get("gzip") ?? weights.get("x-gzip") ?? weights.get("*") ?? 0;
  return gzip > 0 && gzip >= (weights.get("identity") ?? 0);
}

/** Browsers name HTML; clients of the protocol ask for JSON or anything. */
export function prefersHtml(header: string | null): boolean {
  const weights = parseWeights(header);
  const html = weights.get("text/html") ?? 0;
  return html > 0 && html >= (weights.get("application/json") ?? 0);
}

function parseWeights(header: string | null): ReadonlyMap<string, number> {
  const weights = new Map<string, number>();
  for (const choice of header?.split(",") ?? []) {
    const [name = "", ...parameters] = choice.split(";").map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith("q="));
    const value = weight === undefined ? 1 : Number(weight.slice(2));
    weights.set(name, Number.isNaN(value) ? 0 : value);
  }
  return weights;
}
