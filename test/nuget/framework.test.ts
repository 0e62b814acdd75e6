/**
 * Target frameworks against the answers of the reference client.
 */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  compareFrameworks,
  dotNetFrameworkName,
  isAgnostic,
  isAny,
  isPortable,
  isUnsupported,
  parseFramework,
  parseFrameworkFolder,
  sameFramework,
  shortFolderName,
  type TargetFramework,
} from "../../src/nuget/framework.js";
import {
  type FrameworkAnswer,
  type FrameworkVector,
  frameworkVectors,
  portableProfileVectors,
} from "./vectors/read-vectors.js";

/** What the reference answers for a text, computed by our code in the form of the table. */
function describeFramework(framework: TargetFramework | undefined): FrameworkAnswer | null {
  if (framework === undefined) {
    return null;
  }
  const { version, profile, platform, platformVersion } = framework;
  return {
    short: shortFolderName(framework),
    dotnet: dotNetFrameworkName(framework),
    framework: framework.framework,
    version: version.join("."),
    ...(profile !== undefined && { profile }),
    ...(platform !== undefined && { platform }),
    ...(platformVersion !== undefined && { platformVersion: platformVersion.join(".") }),
    ...(isUnsupported(framework) && { unsupported: true }),
    ...(isAny(framework) && { any: true }),
    ...(isAgnostic(framework) && { agnostic: true }),
    ...(isPortable(framework) && { pcl: true }),
  };
}

/** Where the reference throws instead of giving a short name, ours is the full name. */
function withShortName(answer: FrameworkAnswer | null): FrameworkAnswer | null {
  return answer && { ...answer, short: answer.short ?? answer.dotnet.toLowerCase() };
}

function parsed(text: string): TargetFramework {
  const framework = parseFramework(text);
  if (framework === undefined) {
    throw new Error(`not a framework: ${JSON.stringify(text)}`);
  }
  return framework;
}

describe("a framework text is read as the reference client reads it", () => {
  test.each(frameworkVectors())("$input", (row: FrameworkVector) => {
    expect(describeFramework(parseFramework(row.input))).toEqual(withShortName(row.parse));
    expect(describeFramework(parseFrameworkFolder(row.input))).toEqual(withShortName(row.folder));
  });
});

describe("a known portable profile and its list stand for each other", () => {
  test.each(portableProfileVectors())("$profile", ({ profile, short, withMono }) => {
    expect(shortFolderName(parsed(`.NETPortable,Version=v0.0,Profile=${profile}`))).toBe(short);
    expect(parsed(short).profile).toBe(profile);
    expect(parsed(`${short}+monoandroid10+xamarinios10`).profile === profile).toBe(withMono);
  });

  test("a list matches in any order and with its frameworks under other names", () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(["WPA", "netcore45", "net4.5", "wp80", "win"], { minLength: 5 }),
        (names) => {
          expect(parsed(`portable-${names.join("+")}`).profile).toBe("Profile259");
        },
      ),
    );
  });
});

describe("frameworks compare", () => {
  test.each([
    ["net45", ".NETFramework,Version=v4.5"],
    ["NET8.0-Windows7.0", "net8.0-windows7.0.0"],
    ["net40-client", ".NETFramework,Version=v4.0,Profile=CLIENT"],
    ["unknown", "unsupported"],
    ["portable-win8+net45", "portable-net45+netcore45"],
  ])("%s is the same as %s", (a, b) => {
    expect(sameFramework(parsed(a), parsed(b))).toBe(true);
  });

  test.each([
    ["net45", "net451"],
    ["net45", "net45-client"],
    ["net8.0", "net8.0-windows"],
    ["net8.0-windows", "net8.0-windows7.0"],
    ["net5.0", ".NETFramework,Version=v5.0"],
  ])("%s is not the same as %s", (a, b) => {
    expect(sameFramework(parsed(a), parsed(b))).toBe(false);
  });

  test("in the order of the reference client", () => {
    const netCore = ["any", "net8.0", "net8.0-ios", "net8.0-windows7.0", "net10.0"];
    const others = ["net45", "net45-client", "net461", "netstandard2.0", "agnostic", "wp8", "unsupported"];
    const ordered = [...netCore, ...others];
    const sorted = ordered.toReversed().map(parsed).sort(compareFrameworks);
    expect(sorted.map(shortFolderName)).toEqual(ordered);
  });
});

test("a long name without meaning is read in linear time", () => {
  expect(parseFramework(`${".".repeat(100_000)}${"1".repeat(100_000)}-`)).toEqual(parsed("unsupported"));
});

test("lists within lists are refused however deep they are", () => {
  expect(parseFramework(`${"portable-".repeat(100_000)}net45`)).toBeUndefined();
});

test("a short name is read back as the same framework", () => {
  const identifier = fc.constantFrom(
    "net",
    "netstandard",
    "netcoreapp",
    "sl",
    "win",
    "uap",
    "tizen",
    "wp",
    "netmf",
  );
  const number = fc.nat(20);
  const version = fc.oneof(
    fc.tuple(number, number).map((parts) => parts.join(".")),
    fc.tuple(number, number, number, number).map((parts) => parts.join(".")),
  );
  fc.assert(
    fc.property(identifier, version, (identifier, version) => {
      const framework = parsed(`${identifier}${version}`);
      expect(sameFramework(parsed(shortFolderName(framework)), framework)).toBe(true);
      expect(sameFramework(parsed(dotNetFrameworkName(framework)), framework)).toBe(true);
    }),
  );
});
