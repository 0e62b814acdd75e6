/**
 * Files that make a static host serve the feed as it is.
 */
import type { FeedDocument } from "./document.js";
import type { FeedSettings } from "./settings.js";
import { NO_JEKYLL, NOT_FOUND_PAGE } from "./urls.js";

const encoder = new TextEncoder();

const notFoundPage = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Not found</title>
</head>
<body>
<h1>Not found</h1>
<p>This NuGet feed has nothing at this address.</p>
</body>
</html>
`;

/**
 * GitHub Pages leaves files as they are only beside a `.nojekyll`, and answers a missing package with status 404 (as
 * clients need, protocol.md §3.2) when there is a `404.html`.
 */
export function renderHostFiles({ site }: Pick<FeedSettings, "site">): FeedDocument[] {
  const noJekyll: FeedDocument = {
    path: NO_JEKYLL,
    rank: 4,
    contentType: "text/plain",
    body: new Uint8Array(),
  };
  // A site has a page of its own there.
  if (site !== undefined) return [noJekyll];
  return [
    noJekyll,
    { path: NOT_FOUND_PAGE, rank: 4, contentType: "text/html", body: encoder.encode(notFoundPage) },
  ];
}
