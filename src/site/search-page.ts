/**
 * The page on which the script searches.
 */
import { PACKAGES_PAGE, pageHref, SEARCH_PAGE } from "../feed/site-urls.js";
import { type Frame, frameOf, type SiteContext } from "./frame.js";

export interface SearchPage {
  readonly frame: Frame;
  readonly packageTypes: readonly FilterChoice[];
  readonly frameworks: readonly FilterChoice[];
  /** A link to the lists, for who has no script. */
  readonly listsHref: string;
}

export interface FilterChoice {
  readonly value: string;
  readonly text: string;
}

/** The types that clients know, as nuspecs name them. */
const packageTypes: readonly FilterChoice[] = [
  { value: "Dependency", text: "Libraries" },
  { value: "DotnetTool", text: "Tools" },
  { value: "Template", text: "Templates" },
  { value: "MSBuildSdk", text: "MSBuild SDKs" },
];

/** What people ask for; the page is the same for every feed. */
const frameworks: readonly FilterChoice[] = [
  { value: "net10.0", text: ".NET 10" },
  { value: "net9.0", text: ".NET 9" },
  { value: "net8.0", text: ".NET 8" },
  { value: "net6.0", text: ".NET 6" },
  { value: "netstandard2.1", text: ".NET Standard 2.1" },
  { value: "netstandard2.0", text: ".NET Standard 2.0" },
  { value: "net48", text: ".NET Framework 4.8" },
  { value: "net472", text: ".NET Framework 4.7.2" },
  { value: "net462", text: ".NET Framework 4.6.2" },
];

export function searchPage(context: SiteContext): SearchPage {
  const frame = frameOf(context, SEARCH_PAGE);
  return { frame, packageTypes, frameworks, listsHref: pageHref(frame.root, PACKAGES_PAGE) };
}
