/**
 * The packages that are pushed.
 */
import { buildPackage } from "../../test/support/package-builder.js";
import { createRandom } from "../random.js";

const VERSIONS_OF_AN_ID = 10;

/** Small ones of ids that no corpus has, ten versions of each; those that follow each other are of different ids. */
export function smallPackages(name: string, count: number): Uint8Array[] {
  const ids = Math.ceil(count / VERSIONS_OF_AN_ID);
  return Array.from({ length: count }, (_, n) => {
    const id = `Pushed.${name}.Part${n % ids}`;
    return buildPackage({
      id,
      version: `1.${Math.floor(n / ids)}.0`,
      tags: "pushed small",
      readme: { path: "README.md", content: `# ${id}\n\nNumber ${n}.` },
      files: { "lib/net8.0/a.dll": createRandom(n).bytes(4000) },
    });
  });
}

/** One whose bytes nothing makes smaller. */
export function largePackage(version: string, bytes: number): Uint8Array {
  return buildPackage({
    id: "Pushed.Large",
    version,
    entries: [{ name: "lib/net8.0/large.dll", content: createRandom(1).bytes(bytes), stored: true }],
  });
}
