/**
 * Feeds with a web site.
 */
import type { FeedSettings } from "../../src/feed/settings.js";
import type { PackageOptions } from "./package-builder.js";
import { makePackages, type PackagesFixture, settings, tinyPng } from "./packages-fixture.js";

/** Every kind of file that a site may have. */
export const siteSettings: FeedSettings = {
  ...settings,
  site: { title: "Contoso packages", badges: true, css: "a { color: teal }" },
};

/** Builds with a site unless it is told otherwise. */
export async function makeSitePackages(...packages: readonly PackageOptions[]): Promise<PackagesFixture> {
  const feed = await makePackages(...packages);
  return {
    ...feed,
    build: async (options = {}, store) => await feed.build({ settings: siteSettings, ...options }, store),
  };
}

/** Readmes, licences, icons, dependencies in the feed and outside of it, an unlisted id: built once. */
export async function makeSiteFeed(): Promise<PackagesFixture> {
  const icon = { path: "icon.png", content: tinyPng };
  const license = { path: "LICENSE.txt", content: "Do as you please." };
  const feed = await makeSitePackages(
    {
      id: "Contoso.Core",
      version: "1.0.0",
      icon,
      license,
      readme: { path: "README.md", content: "# Core\n\n[Guide](docs/guide.md)" },
      entryTime: "2024-03-01T10:00:00Z",
    },
    {
      id: "Contoso.Core",
      version: "2.0.0-rc.1",
      readme: { path: "README.md", content: "# Core, next" },
      dependencies: { "Other.Feed": "1.0.0" },
    },
    { id: "Contoso.Text", version: "1.0.0", icon, dependencies: { "Contoso.Core": "[1.0.0, )" } },
    { id: "Contoso.Old", version: "1.0.0" },
  );
  await feed.facts({ "Contoso.Old": { "1.0.0": { listed: false } } });
  await feed.build();
  return feed;
}
