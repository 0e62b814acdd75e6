/**
 * What a user of the feed types to add it.
 */
import { feedUrl, SERVICE_INDEX } from "../feed/urls.js";

/** The address that clients take as a source. */
export function sourceUrl(baseUrl: string): string {
  return feedUrl(baseUrl, SERVICE_INDEX);
}

/**
 * The line for the shell. Clients refuse plain http without the flag, also from this machine (protocol.md §2.7).
 *
 * @example
 * clientLine("https://contoso.example.com/feed/");
 * // dotnet nuget add source https://contoso.example.com/feed/v3/index.json --name contoso.example.com
 */
export function clientLine(baseUrl: string): string {
  const { hostname } = new URL(baseUrl);
  return `dotnet nuget add source ${sourceUrl(baseUrl)} --name ${sourceName(hostname)}${insecureFlag(baseUrl)}`;
}

/** The line for pushing packages from the working folder. */
export function pushLine(baseUrl: string): string {
  return `dotnet nuget push "*.nupkg" --source ${sourceUrl(baseUrl)} --api-key <key>${insecureFlag(baseUrl)}`;
}

function insecureFlag(baseUrl: string): string {
  return new URL(baseUrl).protocol === "http:" ? " --allow-insecure-connections" : "";
}

/** The host tells feeds apart; brackets of an IPv6 address would mean something to a shell. */
function sourceName(hostname: string): string {
  return hostname.startsWith("[") ? "local" : hostname;
}
