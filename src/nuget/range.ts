/**
 * Ranges of versions (protocol.md §1.6): the one import for everything about them.
 */
export { findBestMatch, satisfies } from "./range/match.js";
export { anyVersion, type FloatRange, type VersionRange } from "./range/model.js";
export { parseRange } from "./range/parse.js";
export { legacyShortRange, normalizedRange, prettyRange, shortRange } from "./range/text.js";
