/** Files of the feed that scripts read, each fetched once. */

const texts = new Map<string, Promise<string | undefined>>();

/** @returns `undefined` for a file that is not there or cannot be had; asked for again, it is tried again */
export function fetchOnce(href: string): Promise<string | undefined> {
  const known = texts.get(href);
  if (known !== undefined) return known;
  const text = fetchText(href).then((found) => {
    if (found === undefined) texts.delete(href);
    return found;
  });
  texts.set(href, text);
  return text;
}

async function fetchText(href: string): Promise<string | undefined> {
  try {
    const response = await fetch(href);
    return response.ok ? await response.text() : undefined;
  } catch {
    return undefined;
  }
}
