/**
 * Colours for code, as classes in the HTML: no script is needed where it is shown.
 */
import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import cpp from "highlight.js/lib/languages/cpp";
import csharp from "highlight.js/lib/languages/csharp";
import css from "highlight.js/lib/languages/css";
import diff from "highlight.js/lib/languages/diff";
import dockerfile from "highlight.js/lib/languages/dockerfile";
import fsharp from "highlight.js/lib/languages/fsharp";
import http from "highlight.js/lib/languages/http";
import ini from "highlight.js/lib/languages/ini";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import markdown from "highlight.js/lib/languages/markdown";
import powershell from "highlight.js/lib/languages/powershell";
import protobuf from "highlight.js/lib/languages/protobuf";
import python from "highlight.js/lib/languages/python";
import shell from "highlight.js/lib/languages/shell";
import sql from "highlight.js/lib/languages/sql";
import typescript from "highlight.js/lib/languages/typescript";
import vbnet from "highlight.js/lib/languages/vbnet";
import xml from "highlight.js/lib/languages/xml";
import yaml from "highlight.js/lib/languages/yaml";

/** The languages of .NET readmes, each with the names that readmes give it. */
const languages = [
  { name: "csharp", define: csharp, names: ["csharp", "cs", "c#", "csx", "razor"] },
  { name: "fsharp", define: fsharp, names: ["fsharp", "fs", "f#", "fsx"] },
  { name: "vbnet", define: vbnet, names: ["vbnet", "vb", "visualbasic"] },
  { name: "xml", define: xml, names: ["xml", "html", "xaml", "csproj", "props", "targets", "svg", "axaml"] },
  { name: "json", define: json, names: ["json", "jsonc", "json5"] },
  { name: "bash", define: bash, names: ["bash", "sh", "zsh"] },
  { name: "shell", define: shell, names: ["shell", "console", "shellsession"] },
  { name: "powershell", define: powershell, names: ["powershell", "ps", "ps1", "pwsh"] },
  { name: "yaml", define: yaml, names: ["yaml", "yml"] },
  { name: "sql", define: sql, names: ["sql", "tsql"] },
  { name: "javascript", define: javascript, names: ["javascript", "js", "jsx", "mjs"] },
  { name: "typescript", define: typescript, names: ["typescript", "ts", "tsx"] },
  { name: "css", define: css, names: ["css"] },
  { name: "diff", define: diff, names: ["diff", "patch"] },
  { name: "ini", define: ini, names: ["ini", "toml", "editorconfig"] },
  { name: "dockerfile", define: dockerfile, names: ["dockerfile", "docker"] },
  { name: "http", define: http, names: ["http", "https"] },
  { name: "markdown", define: markdown, names: ["markdown", "md"] },
  { name: "protobuf", define: protobuf, names: ["protobuf", "proto"] },
  { name: "python", define: python, names: ["python", "py"] },
  { name: "cpp", define: cpp, names: ["cpp", "c++", "c", "h", "hpp"] },
] as const;

const languageByName = new Map(
  languages.flatMap((language) => language.names.map((name) => [name as string, language])),
);

/**
 * Code as HTML with classes `hljs-…` around what has a colour.
 *
 * @param info what stands behind the fence; its first word names the language
 * @returns `undefined` for a language that is not known
 */
export function highlightCode(code: string, info: string): string | undefined {
  const language = languageByName.get(/^[^\s{,:]+/.exec(info.trim())?.[0].toLowerCase() ?? "");
  if (language === undefined) return undefined;
  const { name, define } = language;
  // Reading a language's grammar takes milliseconds; most feeds need two or three.
  if (hljs.getLanguage(name) === undefined) hljs.registerLanguage(name, define);
  return hljs.highlight(code, { language: name, ignoreIllegals: true }).value;
}
