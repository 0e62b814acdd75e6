/**
 * Frameworks by the texts that name them.
 */
import {
  isUnsupported,
  parseFramework,
  parseFrameworkFolder,
  shortFolderName,
  type TargetFramework,
} from "./framework.js";
import { remembered } from "./remembered.js";

export interface NamedFramework {
  readonly framework: TargetFramework;
  readonly shortName: string;
}

/** No framework has a name nearly as long, and parsing takes the longer the longer a text is. */
const maxLength = 1000;

/** The framework that a text in a nuspec names, `undefined` for a text that names none that is known. */
export const namedFramework = remembered(namedBy(parseFramework));

/** The same for the name of a folder. */
export const namedFrameworkFolder = remembered(namedBy(parseFrameworkFolder));

function namedBy(parse: (text: string) => TargetFramework | undefined) {
  return (text: string): NamedFramework | undefined => {
    const framework = text.length > maxLength ? undefined : parse(text);
    if (framework === undefined || isUnsupported(framework)) return undefined;
    return { framework, shortName: shortFolderName(framework) };
  };
}
