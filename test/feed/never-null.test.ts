/** What must hold of every document, whatever the packages hold. */
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Facts } from "../../src/feed/facts.js";
import { feedPackage } from "../../src/feed/feed-package.js";
import type { RecordMetadata } from "../../src/feed/record.js";
import { renderSearchAnswer } from "../../src/feed/search-answer.js";
import { searchEntry } from "../../src/feed/search-entry.js";
import { isObject, nullPlaces, property } from "../support/feed-checker/json.js";
import { documentJson, packageId, testId, testRecord } from "../support/records.js";
import { idDocumentsOf, testSettings } from "../support/render-feed.js";

const text = fc.oneof(fc.string(), fc.constantFrom("https://example.com/a b", "null", "ż", "\ud800"));
const ids = fc.constantFrom("Contoso.Base", "Żółw", "a").map(packageId);
const ranges = fc.constantFrom("(, )", "[1.0.0, )", "[1.*, )", "[1.0.0-rc.1, 2.0.0)");
const frameworks = fc.constantFrom("net8.0", ".NETFramework,Version=v4.5", "a,b", "any", "żółw #?%");

const metadata = fc.record(
  {
    authors: text,
    title: text,
    summary: text,
    description: text,
    language: text,
    tags: fc.array(text),
    projectUrl: text,
    iconUrl: text,
    licenseUrl: text,
    license: fc.record({ type: fc.constantFrom("expression" as const, "file" as const), text: fc.string() }),
    requireLicenseAcceptance: fc.boolean(),
    packageTypes: fc.array(fc.record({ name: text })),
    dependencyGroups: fc.array(
      fc.record(
        { targetFramework: frameworks, dependencies: fc.array(fc.record({ id: ids, range: ranges })) },
        { requiredKeys: ["dependencies"] },
      ),
    ),
  },
  { requiredKeys: [] },
) satisfies fc.Arbitrary<RecordMetadata>;

const facts = fc.record(
  {
    listed: fc.boolean(),
    published: fc.constant("2024-05-01T10:00:00+00:00"),
    owners: fc.array(text),
    verified: fc.boolean(),
    deprecation: fc.record(
      {
        reasons: fc.array(text, { minLength: 1 }),
        message: text,
        alternatePackage: fc.record({ id: ids, range: ranges }, { requiredKeys: ["id"] }),
      },
      { requiredKeys: ["reasons"] },
    ),
    vulnerabilities: fc.array(
      fc.record({ advisoryUrl: fc.webUrl(), severity: fc.constantFrom(0 as const, 3 as const) }),
    ),
  },
  { requiredKeys: [] },
) satisfies fc.Arbitrary<Facts>;

const records = fc
  .uniqueArray(fc.constantFrom("1.0.0", "1.0.0-RC", "2.0.0-rc.1", "3.0.0+build"), { minLength: 1 })
  .chain((versions) =>
    fc.tuple(
      ...versions.map((version) =>
        fc
          .record({ metadata, input: facts })
          .map(({ metadata, input }) => testRecord({ version, metadata, facts: { input } })),
      ),
    ),
  );

/** Every object of a document, at any depth. */
function objectsOf(value: unknown): object[] {
  if (Array.isArray(value)) return value.flatMap(objectsOf);
  return isObject(value) ? [value, ...Object.values(value).flatMap(objectsOf)] : [];
}

describe("documents of any packages", () => {
  it("hold no null and no empty address, and always what clients fail without", () => {
    fc.assert(
      fc.property(records, (records) => {
        const whole = feedPackage(testId("contoso.core"), records);
        const answer = documentJson(renderSearchAnswer([searchEntry(whole)], testSettings.baseUrl));
        for (const document of [...idDocumentsOf(whole).values(), answer]) {
          expect(nullPlaces(document)).toEqual([]);
          for (const object of objectsOf(document)) {
            for (const name of [
              "@id",
              "registration",
              "packageContent",
              "iconUrl",
              "licenseUrl",
              "projectUrl",
            ]) {
              expect(property(object, name) ?? "https://").toMatch(/^https?:\/\//i);
            }
          }
        }
        const entries = [...idDocumentsOf(whole).values()]
          .flatMap(objectsOf)
          .filter((object) => property(object, "@type") === "PackageDetails");
        expect(entries.length).toBeGreaterThan(0);
        for (const entry of entries) {
          expect(entry).toMatchObject({
            id: expect.any(String),
            version: expect.any(String),
            listed: expect.any(Boolean),
            packageContent: expect.any(String),
            tags: expect.any(Array),
          });
        }
      }),
    );
  });
});
