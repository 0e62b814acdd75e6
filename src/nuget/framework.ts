/**
 * Target frameworks (protocol.md §10.5): the one import for everything about them.
 */
export { compareFrameworks, frameworkKey, sameFramework } from "./framework/compare.js";
export {
  agnosticFramework,
  anyFramework,
  type FrameworkVersion,
  isAgnostic,
  isAny,
  isPortable,
  isUnsupported,
  type TargetFramework,
  unsupportedFramework,
} from "./framework/model.js";
export { parseFramework } from "./framework/parse.js";
export { parseFrameworkFolder } from "./framework/parse-folder.js";
export { dotNetFrameworkName, shortFolderName } from "./framework/text.js";
