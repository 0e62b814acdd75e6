/**
 * Looking into documents whose shape nobody has promised.
 */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
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

/** The property as a list; empty when it is none. */
export function listOf(value: unknown, name: string): readonly unknown[] {
  const list = property(value, name);
  return Array.isArray(list) ? list : [];
}

/** Places of `null` in a document, such as `items[0].tags`. */
export function nullPlaces(value: unknown, place = ""): string[] {
  if (value === null) return [place === "" ? "the document" : place];
  if (Array.isArray(value)) return value.flatMap((item, i) => nullPlaces(item, `${place}[${i}]`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) =>
    nullPlaces(inner, place === "" ? name : `${place}.${name}`),
  );
}

/**
 * All texts of a document that are addresses and promise a file. The registration of a dependency promises none: the
 * dependency may live on another feed.
 */
export function linksOf(value: unknown): string[] {
  return addressesOf(
    value,
    (object, name) => name === "registration" && textOf(object, "@type") === "PackageDependency",
  );
}

/** {@link linksOf} without those that lead back to where a reader came from. */
export function linksAheadOf(value: unknown): string[] {
  return addressesOf(value, (_, name) => name === "registration" || name === "parent");
}

function addressesOf(value: unknown, isLeftOut: (object: JsonObject, name: string) => boolean): string[] {
  if (typeof value === "string") return /^https?:\/\/\S+$/.test(value) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((item) => addressesOf(item, isLeftOut));
  if (!isObject(value)) return [];
  return Object.entries(value)
    .filter(([name]) => !isLeftOut(value, name))
    .flatMap(([, inner]) => addressesOf(inner, isLeftOut));
}
