import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { fileKeys, flagName, settingKeys, variableName } from "../../../src/cli/config/settings.js";
import type { Facts } from "../../../src/feed/facts.js";
import { parseFactsFile } from "../../../src/feed/facts-file.js";
import { parseSiteSettings, type SiteSettings } from "../../../src/feed/site-settings.js";

describe("schemas", () => {
  test("the settings' has exactly the keys of the file, each with its flag and variable", () => {
    const { properties } = readSchema("nupress");
    const { $schema: _, ...described } = properties;
    expect(Object.keys(described)).toEqual(fileKeys);
    for (const key of fileKeys.filter((key) => key !== "packages")) {
      const flag = key === "site" ? "--no-site" : flagName(key);
      expect(described[key]?.description).toContain(`(${flag}, ${variableName(key)})`);
    }
  });

  test("the settings' has exactly the settings of the site", () => {
    const site: Required<SiteSettings> = {
      title: "Contoso packages",
      description: "What our teams share",
      logo: "logo.png",
      accentColor: "#0b6e4f",
      links: [{ text: "Guide", url: "guide/" }],
      css: "brand.css",
      footerHtml: "<p>Ask us.</p>",
      language: "pt-BR",
      isPrivate: true,
      reportAbuseUrl: "mailto:packages@example.com",
      atom: "feed",
      badges: true,
    };
    const described = readSchema("nupress").properties["site"]?.oneOf?.find(({ type }) => type === "object");
    expect(Object.keys(described?.properties ?? {})).toEqual(Object.keys(site));
    expect(Object.keys(parseSiteSettings(site))).toEqual(Object.keys(site));
  });

  test("the facts' has exactly the facts that are read", () => {
    const facts: Required<Facts> = {
      listed: true,
      published: "2024-05-01T10:00:00+00:00",
      deprecation: {
        reasons: ["Legacy"],
        message: "Old",
        alternatePackage: { id: "Contoso.New", range: "*" },
      },
      vulnerabilities: [{ advisoryUrl: "https://example.com/1", severity: 2 }],
      owners: ["contoso"],
      verified: true,
    };
    const { definitions = {} } = readSchema("packages");
    expect(Object.keys(definitions["facts"]?.properties ?? {})).toEqual(Object.keys(facts));
    expect(Object.keys(definitions["deprecation"]?.properties ?? {})).toEqual(Object.keys(facts.deprecation));
    const file = { $schema: "packages.schema.json", "Contoso.Core": { "[1.0,2.0)": facts } };
    expect(parseFactsFile(JSON.stringify(file), "packages.json").problems).toEqual([]);
  });

  test("every setting has a flag and a variable of its own", () => {
    expect(new Set(settingKeys.map(flagName)).size).toBe(settingKeys.length);
    expect(settingKeys.map(variableName)).toContain("NUPRESS_ALLOW_MASS_REMOVAL");
  });
});

interface Schema {
  readonly type?: string;
  readonly description?: string;
  readonly oneOf?: readonly Schema[];
  readonly properties: Readonly<Record<string, Schema>>;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

function readSchema(name: string): Schema {
  return JSON.parse(readFileSync(`schemas/${name}.schema.json`, "utf8"));
}
