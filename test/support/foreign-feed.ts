/**
 * Feeds as other tools write them: the service index in the root, other folders, no state.
 */
import type { Store } from "../../src/store/store.js";
import { buildPackage } from "./package-builder.js";

const base = "https://packages.example.com/feed/";

export type ForeignVersions = Readonly<Record<string, readonly string[]>>;

/** Writes a feed that holds together, with the files beside it that its tool needs. */
export async function writeForeignFeed(store: Store, ids: ForeignVersions): Promise<void> {
  const json = async (path: string, value: unknown): Promise<void> => {
    await store.put(path, new TextEncoder().encode(JSON.stringify(value, undefined, 2)));
  };
  await json("index.json", {
    version: "3.0.0",
    resources: [
      resource("catalog/index.json", "Catalog/3.0.0"),
      resource("registration/", "RegistrationsBaseUrl/3.4.0"),
      resource("registration/", "RegistrationsBaseUrl"),
      resource("flatcontainer/", "PackageBaseAddress/3.0.0"),
      resource("search/query", "SearchQueryService/3.0.0-beta"),
      resource("tool.settings.json", "http://schema.example.com/tool/settings"),
    ],
    "@context": { "@vocab": "http://schema.nuget.org/services#" },
  });
  await json("tool.settings.json", { username: "x" });
  await json("catalog/index.json", { count: 0, items: [] });
  await json("search/query", { totalHits: 0, data: [] });
  for (const [id, versions] of Object.entries(ids)) {
    await json(`flatcontainer/${id}/index.json`, { versions });
    for (const version of versions) {
      const folder = `flatcontainer/${id}/${version}/`;
      await store.put(`${folder}${id}.${version}.nupkg`, buildPackage({ id, version }));
      await json(`${folder}${id}.nuspec`, {});
      await json(`registration/${id}/${version}.json`, {
        "@id": `${base}registration/${id}/${version}.json`,
      });
    }
    await json(`registration/${id}/index.json`, registration(id, versions));
  }
}

function resource(path: string, type: string): object {
  return { "@id": base + path, "@type": type, comment: type };
}

function registration(id: string, versions: readonly string[]): object {
  const index = `${base}registration/${id}/index.json`;
  const items = versions.map((version) => ({
    "@id": `${base}registration/${id}/${version}.json`,
    "@type": "Package",
    catalogEntry: {
      "@id": `https://packages.example.com/feed/registration/${id}/${version}.json`,
      id,
      version,
      packageContent: `${base}flatcontainer/${id}/${version}/${id}.${version}.nupkg`,
      dependencyGroups: [
        {
          "@type": "PackageDependencyGroup",
          dependencies: [
            {
              "@type": "PackageDependency",
              id: "other",
              registration: `${base}registration/other/index.json`,
            },
          ],
        },
      ],
    },
    packageContent: `${base}flatcontainer/${id}/${version}/${id}.${version}.nupkg`,
    registration: index,
  }));
  const page = { count: items.length, lower: versions[0], upper: versions.at(-1), parent: index, items };
  return {
    "@id": index,
    count: 1,
    items: [{ "@id": `${index}#page`, "@type": "catalog:CatalogPage", ...page }],
  };
}
