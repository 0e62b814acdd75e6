/**
 * Looking into documents whose shape nobody has promised.
 */

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** A parsed document; `undefined` for bytes that are no JSON. */
export interface ParsedJson {
  readonly value: unknown;
}

/** Clients take no byte order mark, so neither does this. */
export function parseJson(bytes: Uint8Array): ParsedJson | undefined {
  try {
    return { value: JSON.parse(decoder.decode(bytes)) };
  } catch {
    return undefined;
  }
}

/** Lists are none. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The property of an object; `undefined` for whatever is none. */
export function property(value: unknown, name: string): unknown {
  return isObject(value) ? value[name] : undefined;
}

/** The property as text; empty when it is none. */
export function textOf(value: unknown, name: string): string {
  const text = property(value, name);
  return typeof text === "string" ? text : "";
}

/** The property as a list; `undefined` when it is none. */
export function listOf(value: unknown, name: string): readonly unknown[] | undefined {
  const list = property(value, name);
  return Array.isArray(list) ? list : undefined;
}
