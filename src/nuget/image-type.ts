/**
 * What kind of image bytes are. Names lie, and an image is served by what it is.
 */
export type ImageType = "png" | "jpeg" | "gif" | "webp";

/** By the first bytes; `undefined` for anything else, such as SVG, which is no image to NuGet. */
export function imageType(bytes: Uint8Array): ImageType | undefined {
  const start = String.fromCharCode(...bytes.subarray(0, 12));
  if (start.startsWith("\x89PNG\r\n\x1a\n")) return "png";
  if (start.startsWith("\xff\xd8\xff")) return "jpeg";
  if (start.startsWith("GIF87a") || start.startsWith("GIF89a")) return "gif";
  return start.startsWith("RIFF") && start.slice(8) === "WEBP" ? "webp" : undefined;
}
