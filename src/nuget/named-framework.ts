/**
 * Frameworks by the texts that name them, parsed once per text: the packages of a feed name the same few again and
 * again, and parsing them anew is a large part of reading a package.
 */
import {
  isUnsupported,
  parseFramework,
  parseFrameworkFolder,
  shortFolderName,
  type TargetFramework,
} from "./framework.js";

export interface NamedFramework {
  readonly framework: TargetFramework;
  readonly shortName: string;
}

/** Texts come from packages, so neither their number nor their length is bounded by itself. */
const maxRemembered = 10_000;
const maxLength = 1000;

/** The framework that a text in a nuspec names, `undefined` for a text that names none that is known. */
export const namedFramework = remembered(parseFramework);

/** The same for the name of a folder. */
export const namedFrameworkFolder = remembered(parseFrameworkFolder);

function remembered(parse: (text: string) => TargetFramework | undefined) {
  const known = new Map<string, NamedFramework | undefined>();
  return (text: string): NamedFramework | undefined => {
    if (known.has(text)) return known.get(text);
    if (text.length > maxLength) return undefined;
    if (known.size >= maxRemembered) known.clear();
    const framework = parse(text);
    const named =
      framework !== undefined && !isUnsupported(framework)
        ? { framework, shortName: shortFolderName(framework) }
        : undefined;
    known.set(text, named);
    return named;
  };
}
