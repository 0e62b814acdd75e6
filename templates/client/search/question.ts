/** A question in the address of the search page and in its form. */
import type { Question } from "./messages.js";

/** What a question asks, without its page. */
export type AskedFor = Pick<Question, "query" | "packageType" | "framework" | "prerelease">;

/** The controls of templates/search-page.tsx. */
export interface SearchControls {
  readonly input: HTMLInputElement;
  readonly packageType: HTMLSelectElement | null;
  readonly framework: HTMLSelectElement | null;
  readonly prerelease: HTMLInputElement | null;
}

/** The link to the search page that asks for a text. */
export function searchHref(root: string, query: string): string {
  return `${root}search/?${new URLSearchParams({ q: query }).toString()}`;
}

export function findControls(input: HTMLInputElement, filters: HTMLElement | null): SearchControls {
  return {
    input,
    packageType: filters?.querySelector('select[name="packageType"]') ?? null,
    framework: filters?.querySelector('select[name="framework"]') ?? null,
    prerelease: filters?.querySelector('input[name="prerelease"]') ?? null,
  };
}

/** Sets the form to what the address says; values that the form does not have are passed over. */
export function readAddress(controls: SearchControls, search: string): void {
  const parameters = new URLSearchParams(search);
  controls.input.value = parameters.get("q") ?? "";
  setChoice(controls.packageType, parameters.get("packageType"));
  setChoice(controls.framework, parameters.get("framework"));
  if (controls.prerelease !== null) controls.prerelease.checked = parameters.get("prerelease") === "true";
}

function setChoice(select: HTMLSelectElement | null, value: string | null): void {
  if (select === null) return;
  const option = [...select.options].find(
    (candidate) => candidate.value.toLowerCase() === value?.toLowerCase(),
  );
  select.value = option?.value ?? "";
}

export function readControls({ input, packageType, framework, prerelease }: SearchControls): AskedFor {
  return {
    query: input.value.trim(),
    packageType: packageType?.value ?? "",
    framework: framework?.value ?? "",
    prerelease: prerelease?.checked ?? false,
  };
}

/** What the address says of a question, `?` included; empty when nothing is asked. */
export function addressOf({ query, packageType, framework, prerelease }: AskedFor): string {
  const parameters = new URLSearchParams();
  if (query !== "") parameters.set("q", query);
  if (packageType !== "") parameters.set("packageType", packageType);
  if (framework !== "") parameters.set("framework", framework);
  if (prerelease) parameters.set("prerelease", "true");
  const text = parameters.toString();
  return text === "" ? "" : `?${text}`;
}
