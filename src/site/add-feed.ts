/**
 * How people add this feed to their clients, with its real address: one way per client.
 */
import { type FeedAccess, type NamedFeed, nameFeed } from "./named-feed.js";
import { nugetConfig } from "./nuget-config.js";

export interface AddFeedWay {
  readonly key: string;
  readonly label: string;
  readonly steps: readonly AddFeedStep[];
}

/** A sentence, and what to type or to paste after it. */
export interface AddFeedStep {
  readonly text: string;
  readonly code?: string;
  /** What the code is, behind the word "Copy". */
  readonly subject?: string;
}

export function addFeedWays(access: FeedAccess): AddFeedWay[] {
  const feed = nameFeed(access);
  return [dotnetCli(feed), configFile(feed), visualStudio(feed), paket(feed), powerShell(feed)];
}

function dotnetCli({ source, name, isPrivate, isInsecure, example }: NamedFeed): AddFeedWay {
  const code = [
    `dotnet nuget add source ${source} --name ${name}`,
    ...(isPrivate ? ["--username YOUR_NAME --password YOUR_TOKEN --store-password-in-clear-text"] : []),
    ...(isInsecure ? ["--allow-insecure-connections"] : []),
  ].join(" ");
  const text = isPrivate
    ? "Run this once on your machine, with your user name and token:"
    : "Run this once on your machine:";
  const use = {
    text: "Then take a package into a project:",
    code: `dotnet add package ${example}`,
    subject: "command",
  };
  return {
    key: "dotnet",
    label: ".NET CLI",
    steps: [{ text, code, subject: "command" }, ...(example === undefined ? [] : [use])],
  };
}

function configFile(feed: NamedFeed): AddFeedWay {
  const { patterns } = feed.patterns;
  const more = feed.patterns.isPartial
    ? " The feed holds more than these patterns cover: add one for what you use."
    : "";
  const mapping =
    patterns.length === 0
      ? ""
      : ` The mapping takes these packages from this feed only, so that nobody else can offer them to you.${more}`;
  const steps: AddFeedStep[] = [
    {
      text: `Put this nuget.config beside your solution; everybody who builds it then has the feed.${mapping}`,
      code: nugetConfig(feed),
      subject: "nuget.config",
    },
  ];
  if (feed.isPrivate) {
    steps.push({
      text: "Set the variables FEED_USER and FEED_TOKEN where you build; the file itself holds no secret.",
    });
  }
  return { key: "config", label: "nuget.config", steps };
}

function visualStudio({ source, name, isPrivate, isInsecure }: NamedFeed): AddFeedWay {
  const path = "Tools › Options › NuGet Package Manager › Package Sources";
  return {
    key: "visual-studio",
    label: "Visual Studio",
    steps: [
      { text: `Open ${path}, add a source, and name it`, code: name, subject: "name" },
      { text: "Give it this address as source:", code: source, subject: "address" },
      ...(isInsecure ? [{ text: "Allow insecure connections for it: this address is not encrypted." }] : []),
      ...(isPrivate
        ? [{ text: "Visual Studio asks for your user name and token when it first uses the source." }]
        : []),
    ],
  };
}

function paket({ source, isPrivate, example }: NamedFeed): AddFeedWay {
  const credentials = isPrivate ? ' username: "%FEED_USER%" password: "%FEED_TOKEN%" authtype: "basic"' : "";
  const text = isPrivate
    ? "Add this line to paket.dependencies, and set the variables FEED_USER and FEED_TOKEN where you build:"
    : "Add this line to paket.dependencies:";
  return {
    key: "paket",
    label: "Paket",
    steps: [
      { text, code: `source ${source}${credentials}`, subject: "line" },
      ...(example === undefined
        ? []
        : [{ text: "Below it, name the packages that you use:", code: `nuget ${example}`, subject: "line" }]),
    ],
  };
}

function powerShell({ source, name, isPrivate }: NamedFeed): AddFeedWay {
  const steps = [
    {
      text: "Register the feed with PSResourceGet once:",
      code: `Register-PSResourceRepository -Name ${name} -Uri ${source}`,
      subject: "command",
    },
  ];
  if (isPrivate) {
    steps.push({
      text: "Give your user name and token with each command that reads from it:",
      code: `Find-PSResource -Repository ${name} -Name '*' -Credential (Get-Credential)`,
      subject: "command with credentials",
    });
  }
  return { key: "powershell", label: "PowerShell", steps };
}
