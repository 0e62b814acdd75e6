/**
 * The `nuget.config` that makes this feed a source of a solution.
 */
import type { NamedFeed } from "./named-feed.js";
import { escapeXml } from "./xml.js";

/**
 * Credentials come from variables of the environment, because people share this file. It has them where readers need them, and a source
 * mapping where it is known what the feed holds.
 */
export function nugetConfig(feed: NamedFeed): string {
  const parts = [packageSources(feed), feed.isPrivate ? credentials(feed) : "", sourceMapping(feed)];
  const inner = parts.filter((part) => part !== "").join("\n");
  return `<?xml version="1.0" encoding="utf-8"?>\n<configuration>\n${inner}\n</configuration>`;
}

function packageSources({ source, name, isInsecure }: NamedFeed): string {
  const insecure = isInsecure ? ' allowInsecureConnections="true"' : "";
  return `  <packageSources>
    <add key="${name}" value="${escapeXml(source)}" protocolVersion="3"${insecure} />
  </packageSources>`;
}

function credentials({ name }: NamedFeed): string {
  return `  <packageSourceCredentials>
    <${name}>
      <add key="Username" value="%FEED_USER%" />
      <add key="ClearTextPassword" value="%FEED_TOKEN%" />
    </${name}>
  </packageSourceCredentials>`;
}

/** A mapping leaves sources without a pattern with nothing, so the source that clients bring along gets all else. */
function sourceMapping({ name, patterns: { patterns } }: NamedFeed): string {
  if (patterns.length === 0) return "";
  const lines = patterns.map((pattern) => `      <package pattern="${escapeXml(pattern)}" />`);
  return `  <packageSourceMapping>
    <packageSource key="${name}">
${lines.join("\n")}
    </packageSource>
    <packageSource key="nuget.org">
      <package pattern="*" />
    </packageSource>
  </packageSourceMapping>`;
}
