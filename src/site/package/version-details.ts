/**
 * What the site tells of one version, from its record alone: bounded, with web addresses only. The package's page and
 * `versions.json` are both made of this, so that a page switched to another version shows the same as one made of it.
 */
import type { Digest } from "../../feed/digest.js";
import type { Deprecation, Vulnerability } from "../../feed/facts.js";
import type { FeedVersion } from "../../feed/feed-package.js";
import { iconUrl, licenseUrl, webUrl } from "../../feed/links.js";
import type { PackageRecord } from "../../feed/record.js";
import type { PackageId } from "../../nuget/id.js";
import { namedFramework } from "../../nuget/named-framework.js";
import { omitUndefined } from "../../nuget/omit-undefined.js";
import { withoutBidiControls } from "../readme/bidi.js";
import { repositoryHost, repositoryPage } from "../readme/repository.js";
import { type LongText, longText } from "./long-text.js";
import { readmePageDigest } from "./readme-digest.js";

export interface VersionDetails {
  /** As written in this version's nuspec. */
  readonly id: PackageId;
  /** The full form: normalized, with metadata. */
  readonly version: string;
  /** In the form of `Facts.published`. */
  readonly published?: string;
  /** Bytes of the package file. */
  readonly size: number;
  /** In base64. */
  readonly sha512: string;
  readonly isUnlisted?: true;
  readonly title?: string;
  readonly description?: LongText;
  readonly releaseNotes?: LongText;
  readonly authors?: string;
  readonly owners?: readonly string[];
  readonly copyright?: string;
  readonly tags?: readonly string[];
  /** How many tags are left out. */
  readonly moreTags?: number;
  /** An https address, or a path below the feed's root. */
  readonly icon?: string;
  readonly projectUrl?: string;
  readonly repository?: SourceRepository;
  readonly license?: VersionLicense;
  readonly requiresAcceptance?: true;
  /** Absent when the nuspec is silent, which means `Dependency`. */
  readonly packageTypes?: readonly string[];
  readonly isDevelopmentDependency?: true;
  readonly dependencies?: readonly DependencyGroup[];
  /** How many dependencies are left out. */
  readonly moreDependencies?: number;
  /** Short folder names. */
  readonly frameworks?: readonly string[];
  readonly minClientVersion?: string;
  readonly signature?: "author" | "repository";
  readonly hasSymbols?: true;
  /** Of the rendered readme, see `readmePageDigest`. */
  readonly readme?: Digest;
  readonly deprecation?: Deprecation;
  readonly vulnerabilities?: readonly Vulnerability[];
}

export interface SourceRepository {
  readonly page: string;
  /** The commit that the package was made of, as the nuspec has it. */
  readonly commit?: string;
  readonly commitPage?: string;
}

export type VersionLicense =
  | { readonly kind: "expression"; readonly text: string }
  /** An embedded file with a page of its own; `digest` is in that page's path. */
  | { readonly kind: "file"; readonly name: string; readonly digest: Digest }
  | { readonly kind: "link"; readonly url: string };

export interface DependencyGroup {
  /** A short folder name, or what the nuspec has where it is none; absent for any framework. */
  readonly framework?: string;
  /** Id as written, and normalized range. */
  readonly ids: readonly (readonly [id: PackageId, range: string])[];
}

/** The most that is told, in UTF-16 units or entries. Packages written for readers stay below. */
const most = { line: 400, description: 4000, releaseNotes: 10_000, tags: 50, list: 50, dependencies: 500 };

/** The page and `versions.json` of an id are made one after the other, of the same versions. */
const remembered = new WeakMap<FeedVersion, VersionDetails>();

export function versionDetails(version: FeedVersion): VersionDetails {
  const known = remembered.get(version);
  if (known !== undefined) return known;
  const details = isolated(detailsOf(version));
  remembered.set(version, details);
  return details;
}

/** No text may turn the direction of the page's own words beside it. */
function isolated(details: VersionDetails): VersionDetails {
  const text = JSON.stringify(details);
  const isolatedText = withoutBidiControls(text);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: the same data, but for characters in its texts
  return isolatedText === text ? details : (JSON.parse(isolatedText) as VersionDetails);
}

function detailsOf(version: FeedVersion): VersionDetails {
  const { record, facts, isListed, published } = version;
  const { metadata } = record;
  return omitUndefined({
    id: record.id,
    version: record.version,
    published,
    size: record.size,
    sha512: record.sha512,
    isUnlisted: isListed ? undefined : (true as const),
    title: line(metadata.title),
    description: longText(metadata.description, most.description),
    releaseNotes: longText(metadata.releaseNotes, most.releaseNotes),
    authors: line(metadata.authors),
    owners: facts.owners?.slice(0, most.list),
    copyright: line(metadata.copyright),
    ...tagsOf(metadata.tags ?? []),
    icon: secureIcon(iconUrl(record, "")),
    projectUrl: webUrl(metadata.projectUrl),
    repository: sourceRepository(metadata.repository),
    license: versionLicense(record),
    requiresAcceptance: metadata.requireLicenseAcceptance ? (true as const) : undefined,
    packageTypes: metadata.packageTypes?.slice(0, most.list).map(({ name }) => name),
    isDevelopmentDependency: metadata.developmentDependency ? (true as const) : undefined,
    ...dependenciesOf(metadata.dependencyGroups ?? []),
    frameworks: record.frameworks?.slice(0, most.list),
    minClientVersion: line(metadata.minClientVersion),
    signature: record.signature,
    hasSymbols: record.hasSymbols,
    readme: readmePageDigest(record),
    deprecation: facts.deprecation,
    vulnerabilities: facts.vulnerabilities?.slice(0, most.list),
  });
}

/** One line of text. */
function line(text: string | undefined): string | undefined {
  const { text: kept, isCut } = longText(text, most.line) ?? {};
  return isCut ? `${kept}…` : kept;
}

function tagsOf(tags: readonly string[]): Pick<VersionDetails, "tags" | "moreTags"> {
  if (tags.length === 0) return {};
  const shown = tags.slice(0, most.tags).map((tag) => line(tag) ?? "");
  const more = tags.length - shown.length;
  return { tags: shown, ...(more > 0 && { moreTags: more }) };
}

/** The pages' policy lets images come by https only. */
function secureIcon(icon: string | undefined): string | undefined {
  return icon === undefined || /^http:/i.test(icon) ? undefined : icon;
}

function sourceRepository(repository: PackageRecord["metadata"]["repository"]): SourceRepository | undefined {
  const page = repositoryPage(repository?.url);
  if (page === undefined) return undefined;
  const commit = repository?.commit;
  if (commit === undefined || !/^[\da-f]{7,64}$/i.test(commit)) return { page };
  const host = repositoryHost(repository?.url);
  return { page, commit, ...(host && { commitPage: host.commit.replace("{commit}", commit) }) };
}

function versionLicense(record: PackageRecord): VersionLicense | undefined {
  const { license } = record.metadata;
  if (license?.type === "expression") return { kind: "expression", text: license.text };
  if (license !== undefined && record.licenseFile !== undefined) {
    return { kind: "file", name: line(license.text) ?? "", digest: licensePageDigest(record.licenseFile) };
  }
  const url = licenseUrl(record, "");
  return url === undefined ? undefined : { kind: "link", url };
}

/** @param licenseFile as a record has it: `{digest}.txt` */
export function licensePageDigest(licenseFile: string): Digest {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- true: records name the file by its digest
  return licenseFile.replace(/\.txt$/, "") as Digest;
}

function dependenciesOf(
  groups: NonNullable<PackageRecord["metadata"]["dependencyGroups"]>,
): Pick<VersionDetails, "dependencies" | "moreDependencies"> {
  let left = most.dependencies;
  const kept = groups.slice(0, most.list).map(({ targetFramework, dependencies }): DependencyGroup => {
    const shown = dependencies.slice(0, left);
    left -= shown.length;
    const framework =
      targetFramework && (namedFramework(targetFramework)?.shortName ?? line(targetFramework));
    return omitUndefined({ framework, ids: shown.map(({ id, range }) => [id, range] as const) });
  });
  const all = groups.reduce((sum, { dependencies }) => sum + dependencies.length, 0);
  const more = all - kept.reduce((sum, { ids }) => sum + ids.length, 0);
  return { ...(kept.length > 0 && { dependencies: kept }), ...(more > 0 && { moreDependencies: more }) };
}
