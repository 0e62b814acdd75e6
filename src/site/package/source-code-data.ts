/**
 * What search engines are told of a package: schema.org's SoftwareSourceCode.
 */
import { omitUndefined } from "../../nuget/omit-undefined.js";
import { clipText } from "../clip-text.js";
import type { Frame } from "../frame.js";
import type { VersionDetails } from "./version-details.js";
import type { VersionModel } from "./version-model.js";
import { normalizedText } from "./version-text.js";

export function sourceCodeData(details: VersionDetails, model: VersionModel, { canonical }: Frame): object {
  return omitUndefined({
    "@type": "SoftwareSourceCode",
    name: details.id,
    version: normalizedText(details.version),
    url: canonical,
    description: details.description && clipText(details.description.text, 300),
    author: details.authors && { "@type": "Organization", name: details.authors },
    license: model.license?.kind === "link" ? model.license.href : licenseHref(model),
    codeRepository: details.repository?.page,
    runtimePlatform: ".NET",
    keywords: details.tags?.slice(0, 20),
    datePublished: details.published,
  });
}

function licenseHref({ license }: VersionModel): string | undefined {
  return license?.kind === "expression"
    ? license.parts.find(({ href }) => href !== undefined)?.href
    : undefined;
}
