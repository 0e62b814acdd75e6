/** The many ways to ask for the same: letter case, escapes, repeated, unknown and wrong parameters. */
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { answer, complete, get, items, semVer2 } from "../../support/searched-feed.js";

describe("however it is asked", () => {
  test.each([
    // Letter case of names and values
    ["?Q=serilog&PreRelease=TRUE&SEMVERLEVEL=2.0.0&Take=3", `?q=serilog&prerelease=true&${semVer2}&take=3`],
    ["?q=contoso&prerelease=1", "?q=contoso&prerelease=true"],
    ["?q=&packageType=DOTNETTOOL", "?q=&packageType=DotnetTool"],
    ["?q=&PACKAGETYPEFILTER=dotnettool", "?q=&packageType=DotnetTool"],
    // Order, unknown and repeated parameters
    ["?take=2&q=serilog", "?q=serilog&take=2"],
    ["?q=serilog&x=1&y&=z&includeDelisted=true", "?q=serilog"],
    ["?q=&q=serilog&q=json", "?q=serilog"],
    ["?take=&take=2&take=3&q=json", "?q=json&take=2"],
    ["?q=contoso&prerelease=&prerelease=true", "?q=contoso&prerelease=true"],
    [
      "?q=&packageType=DotnetTool&packageType=&packageType=Template",
      "?packageTypeFilter=template&packageType=dotnettool",
    ],
    ["?q=&packageType=&packageTypeFilter=", "?q="],
    // Spaces and percent escapes
    ["?q=structured+logging", "?q=structured%20logging"],
    ["?q=structured logging", "?q=structured%20logging"],
    ["?q=%20serilog%20", "?q=serilog"],
    ["?q=c++", "?q=c"],
    ["?q=100%", "?q=100"],
    ["?q=json%zz", "?q=json%25zz"],
    ["?q=json%e9%", "?q=json%EF%BF%BD%25"],
    ["?q=serilog&%=1&%zz=2", "?q=serilog"],
    ["?q=AT&T&take=2", "?q=AT&take=2"],
    ["?q=a=b", "?q=a%3Db"],
    ["?&&q=serilog&&", "?q=serilog"],
    ["?q=serilog#q=json", "?q=serilog"],
    // Numbers
    ["?q=json&skip=-5&take=3", "?q=json&take=3"],
    ["?q=json&skip=abc&take=1e2", "?q=json"],
    ["?q=json&skip=1.5&take=", "?q=json&take=20"],
    ["?q=json&skip=+1&take=%202%20", "?q=json&skip=1&take=2"],
    ["?take=5000", "?take=1000"],
    ["?take=99999999999999999999", "?take=1000"],
    ["?take=-3", "?take=0"],
    // Levels
    ["?q=semantic&semVerLevel=", "?q=semantic"],
    ["?q=semantic&semVerLevel=two", "?q=semantic"],
    ["?q=semantic&semVerLevel=1.9.9", "?q=semantic"],
    [`?q=semantic&semVerLevel=+3.0`, `?q=semantic&${semVer2}`],
    // Frameworks: full names, short ones, those that nobody knows
    ["?q=json&supportedFramework=net45", "?q=json&supportedFramework=.NETFramework,Version=v4.5"],
    ["?q=json&supportedFramework=.NETFramework%2CVersion%3Dv4.5", "?q=json&supportedFramework=net45"],
    ["?q=json&supportedFramework=zx%20spectrum&supportedFramework=net45", "?q=json&supportedFramework=net45"],
    ["?q=json&supportedFramework=.NETFramework,Version=vX", "?q=json"],
  ])("%s is the same as %s", async (query, other) => {
    expect(await answer(query)).toEqual(await answer(other));
  });

  test.each([
    ["?q=serilog", "?q=json"],
    ["?q=contoso&prerelease=true", "?q=contoso"],
    ["?q=&packageType=DotnetTool", "?q="],
    ["?q=json&supportedFramework=net45", "?q=json"],
    [`?q=semantic&${semVer2}`, "?q=semantic"],
  ])("%s is not the same as %s", async (query, other) => {
    expect(await answer(query)).not.toEqual(await answer(other));
  });

  test.each([
    "?q=zzzzzzzz",
    "?packageType=no%20type!",
    "?packageType=../x&q=json",
    "?q=json&skip=99999999999999999999",
  ])("%s has no hits on the page, and 200", async (query) => {
    expect(items(await answer(query))).toEqual([]);
  });

  test("any address is answered", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.oneof(fc.constantFrom("q=", "&", "%", "%C3", "+", "take=", "skip=", "id="), fc.string())),
        async (parts) => {
          const query = `?${parts.join("")}`;
          expect([(await get(query)).status, (await complete(query)).status]).toEqual([200, 200]);
        },
      ),
      { numRuns: 200 },
    );
  });
});
