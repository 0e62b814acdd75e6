/**
 * The media type of a feed's file by its path, as nuget.org names them (protocol.md §3.1), and whether it shrinks
 * when compressed.
 */

/** Without charset: JSON is UTF-8 by definition, and XML names its own encoding. */
const types = new Map(
  Object.entries({
    json: "application/json",
    nupkg: "application/octet-stream",
    snupkg: "application/octet-stream",
    nuspec: "text/xml",
    xml: "application/xml",
    atom: "application/atom+xml; charset=utf-8",
    txt: "text/plain; charset=utf-8",
    sha512: "text/plain; charset=utf-8",
    md: "text/markdown; charset=utf-8",
    html: "text/html; charset=utf-8",
    css: "text/css; charset=utf-8",
    js: "text/javascript; charset=utf-8",
    mjs: "text/javascript; charset=utf-8",
    map: "application/json",
    webmanifest: "application/manifest+json",
    svg: "image/svg+xml",
    png: "image/png",
    jpg: "image/jpeg",
    jpeg: "image/jpeg",
    gif: "image/gif",
    webp: "image/webp",
    ico: "image/x-icon",
    woff2: "font/woff2",
  }),
);

const unknownType = "application/octet-stream";

export function mediaType(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (name === "readme") return "text/markdown; charset=utf-8";
  if (name === "atom.xml") return mediaType("feed.atom");
  const dot = name.lastIndexOf(".");
  return (dot < 0 ? undefined : types.get(name.slice(dot + 1).toLowerCase())) ?? unknownType;
}

export function isCompressible(type: string): boolean {
  return /^text\/|[/+](?:json|xml|javascript)\b/.test(type);
}
