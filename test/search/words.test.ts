import * as fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { foldText } from "../../src/search/fold-text.js";
import { firstCharacters, nameWords, otherNumber, squash, textWords } from "../../src/search/words.js";

describe("words of a name", () => {
  test.each<[string, ...string[]]>([
    ["Newtonsoft.Json", "newtonsoft", "json"],
    ["FluentAssertions", "fluentassertions", "fluent", "assertions"],
    ["JSONPath", "jsonpath", "json", "path"],
    ["RabbitMQ.Client", "rabbitmq", "rabbit", "mq", "client"],
    ["NLog", "nlog", "n", "log"],
    ["xunit.runner", "xunit", "runner"],
    ["log4net", "log4net", "log", "4", "net"],
    ["prometheus-net", "prometheus", "net"],
    ["my_tool", "my", "tool"],
    ["BCrypt.Net-Next", "bcrypt", "b", "crypt", "net", "next"],
    ["Übersetzung", "ubersetzung"],
    ["ДанныеБаза", "данныебаза", "данные", "база"],
  ])("%s are cut at separators, camel case and digits", (name, ...words) => {
    expect(nameWords(name)).toEqual(words);
  });
});

describe("words of a text", () => {
  test.each<[string, ...string[]]>([
    ["Reads, writes & emits YAML!", "reads", "writes", "emits", "yaml"],
    ["C# and C++, F#.", "c#", "and", "c++", "f#"],
    ["don't", "don", "t"],
    ["日志 library", "日", "志", "library"],
    ["каталог товаров", "каталог", "товаров"],
    ["مكتبة السجلات", "مكتبة", "السجلات"],
    ["🚀 rocket", "rocket"],
    [""],
  ])("%s are cut at what is no letter or digit", (text, ...words) => {
    expect(textWords(text)).toEqual(words);
  });

  it("are no longer than somebody types", () => {
    expect(textWords("x".repeat(1000))).toEqual(["x".repeat(64)]);
  });
});

describe("folding", () => {
  test.each([
    ["Crème", "creme"],
    ["GRÖSSE", "grosse"],
    ["größe", "grosse"],
    ["Ｊｓｏｎ", "json"],
    ["İstanbul", "istanbul"],
    ["ΣΑΣ", "σασ"],
  ])("makes %s %s", (text, folded) => {
    expect(foldText(text)).toBe(folded);
  });

  it("changes nothing when it is done again", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
      }),
    );
  });
});

test.each([
  ["files", "file"],
  ["file", "files"],
  ["dependency", "dependencies"],
  ["dependencies", "dependency"],
  ["key", "keys"],
  ["aws", undefined],
  ["class", "classs"],
  ["api", "apis"],
  ["日", undefined],
  ["net8", undefined],
])("the other number of %s is %s", (word, other) => {
  expect(otherNumber(word)).toBe(other);
});

test("ids without separators are the same however they are separated", () => {
  expect(["Newtonsoft.Json", "newtonsoft json", "NEWTONSOFT_JSON", "newtonsoft-json"].map(squash)).toEqual(
    Array.from({ length: 4 }, () => "newtonsoftjson"),
  );
});

test("the first characters of a text never end with half of one", () => {
  expect(firstCharacters("ab🚀", 3)).toBe("ab");
  expect(firstCharacters("ab🚀", 4)).toBe("ab🚀");
});
