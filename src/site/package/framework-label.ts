/**
 * What people call a target framework.
 */

const families: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^net(\d+\.\d+)(?:-(.+))?$/, ".NET"],
  [/^netcoreapp(\d+\.\d+)()$/, ".NET Core"],
  [/^netstandard(\d+\.\d+)()$/, ".NET Standard"],
  [/^net(\d{1,4})?(?:-(.+))?$/, ".NET Framework"],
  [/^uap([\d.]+)?()$/, "Universal Windows"],
  [/^monoandroid([\d.]+)?()$/, "Mono for Android"],
  [/^xamarinios([\d.]+)?()$/, "Xamarin.iOS"],
  [/^xamarinmac([\d.]+)?()$/, "Xamarin.Mac"],
  [/^xamarintvos([\d.]+)?()$/, "Xamarin.tvOS"],
  [/^xamarinwatchos([\d.]+)?()$/, "Xamarin.watchOS"],
  [/^tizen([\d.]+)?()$/, "Tizen"],
  [/^sl(\d+)?(?:-(.+))?$/, "Silverlight"],
  [/^wpa?(\d+)?()$/, "Windows Phone"],
  [/^win(\d+)?()$/, "Windows Store"],
  [/^netnano([\d.]+)?()$/, ".NET nanoFramework"],
];

/**
 * `net8.0-windows` → `.NET 8.0 (windows)`, `net472` → `.NET Framework 4.7.2`.
 *
 * @param shortName a short folder name (protocol.md §10.5); one that is not known is its own label
 */
export function frameworkLabel(shortName: string): string {
  for (const [pattern, name] of families) {
    const match = pattern.exec(shortName);
    if (match === null) continue;
    const [, version = "", variant = ""] = match;
    const dotted = version.includes(".") ? version : version.split("").join(".");
    return [name, dotted, variant && `(${variant})`].filter((part) => part !== "").join(" ");
  }
  return shortName.startsWith("portable-") ? `Portable (${shortName.slice("portable-".length)})` : shortName;
}
