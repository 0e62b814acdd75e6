/**
 * The parts of a package's page that tell of one version. The page is made with them, and in the browser they are made again
 * when a reader goes to another version.
 */
import type { VersionModel } from "../../src/site/package/version-model.js";
import { About } from "./about.js";
import { Dependencies } from "./dependencies.js";
import { Frameworks } from "./frameworks.js";
import { Heading } from "./heading.js";
import { Install } from "./install.js";
import { ReleaseNotes } from "./release-notes.js";

/** By the name in `data-part` of the element around each. */
export const versionParts = {
  heading: (model: VersionModel) => <Heading model={model} />,
  install: ({ installation }: VersionModel, root: string) => (
    <Install installation={installation} root={root} />
  ),
  dependencies: (model: VersionModel) => <Dependencies model={model} />,
  frameworks: (model: VersionModel) => <Frameworks model={model} />,
  "release-notes": (model: VersionModel) => <ReleaseNotes model={model} />,
  about: (model: VersionModel) => <About model={model} />,
} as const;
