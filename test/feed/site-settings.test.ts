import { describe, expect, test } from "vitest";
import { parseSiteSettings, siteDefaults } from "../../src/feed/site-settings.js";

describe("parseSiteSettings", () => {
  test("takes every setting", () => {
    const settings = {
      title: "Contoso",
      description: "Packages",
      logo: "images/logo.svg",
      accentColor: "#FFcc00",
      links: [
        { text: "Guide", url: "https://example.com/guide" },
        { text: "Rules", url: "docs/rules.html" },
      ],
      css: "h1 { color: red }",
      footerHtml: "<p>us</p>",
      language: "pt-BR",
      isPrivate: true,
      reportAbuseUrl: "mailto:abuse@example.com",
      atom: "feed",
      badges: true,
    };
    expect(parseSiteSettings(settings)).toEqual(settings);
    expect(parseSiteSettings({})).toEqual({});
  });

  test.each([
    ["text", "no object", /Cannot use site settings "text": needed is an object/],
    [[], "a list", /needed is an object/],
    [{ title: "" }, "an empty title", /Cannot use "site.title" "": needed is text/],
    [{ accentColor: "red" }, "a named colour", /needed is a colour such as/],
    [{ logo: "http://example.com/a.png" }, "a logo that pages may not load", /"site.logo"/],
    [{ logo: "javascript:alert(1)" }, "a script as logo", /"site.logo"/],
    [{ logo: "../secret.png" }, "a logo outside the feed", /"site.logo"/],
    [{ logo: "/logo.png" }, "a logo by absolute path", /"site.logo"/],
    [{ links: [{ text: "x", url: "javascript:alert(1)" }] }, "a script as link", /needed is a list such as/],
    [{ links: [{ text: "x" }] }, "a link without address", /needed is a list such as/],
    [{ language: "not a language" }, "no language tag", /needed is a language tag/],
    [{ isPrivate: "yes" }, "a word for a switch", /needed is true or false/],
    [{ reportAbuseUrl: "abuse@example.com" }, "no address", /needed is an absolute web or mail address/],
    [{ reportAbuseUrl: "https://example.com/{id}" }, "a template", /without placeholders/],
    [{ atom: "some" }, "an unknown choice", /needed is "all", "feed" or "none"/],
  ])("refuses %j: %s", (value, _name, message) => {
    expect(() => parseSiteSettings(value)).toThrow(message);
  });

  test("names the key that a misspelt one may mean", () => {
    expect(() => parseSiteSettings({ accentColour: "#000000" })).toThrow(
      expect.objectContaining({ code: "settings-unknown", hint: 'did you mean "accentColor"?' }),
    );
  });
});

describe("siteDefaults", () => {
  test("calls a feed without a title by its host", () => {
    expect(siteDefaults({}, "http://localhost:5080/feed/")).toMatchObject({
      title: "localhost:5080",
      language: "en",
      atom: "all",
      badges: false,
    });
    expect(siteDefaults({ title: "Ours" }, "https://example.com/").title).toBe("Ours");
  });
});
