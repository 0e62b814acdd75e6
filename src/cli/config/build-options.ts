/**
 * From settings to the options of a build: what must be there, what goes together.
 */
import type { BuildOptions } from "../../build/options.js";
import { FeedError } from "../../errors.js";
import { assertSecure } from "../../feed/base-url.js";
import { DEFAULT_STATIC_SEARCH, type FeedSettings } from "../../feed/settings.js";
import type { Settings } from "./settings.js";

/** The options that settings decide; the others belong to the run. */
export type SettledOptions = Omit<BuildOptions, "dryRun" | "onProgress" | "signal">;

/** @throws FeedError `packages-missing`, `output-missing`, `base-url-missing` or `base-url-insecure` */
export function toBuildOptions(settings: Settings): SettledOptions {
  const { packages, output, sourceName, threads, lockTimeout } = settings;
  const { strict, allowEmpty, allowMassRemoval, allowReplace } = settings;
  if (packages === undefined) throw packagesMissing();
  if (output === undefined) throw outputMissing();
  return {
    sources: packages,
    output,
    settings: toFeedSettings(settings),
    ...(sourceName !== undefined && { sourceName }),
    ...(threads !== undefined && { threads }),
    ...(lockTimeout !== undefined && { lockTimeout }),
    ...(strict !== undefined && { strict }),
    ...(allowEmpty !== undefined && { allowEmpty }),
    ...(allowMassRemoval !== undefined && { allowMassRemoval }),
    ...(allowReplace !== undefined && { allowReplace }),
  };
}

function toFeedSettings(settings: Settings): FeedSettings {
  const {
    baseUrl,
    dynamicUrl,
    folderFeed = false,
    staticSearch = DEFAULT_STATIC_SEARCH,
    allowInsecure = false,
    site = true,
  } = settings;
  if (baseUrl === undefined) throw baseUrlMissing();
  assertSecure(baseUrl, "base URL", allowInsecure);
  if (dynamicUrl !== undefined) assertSecure(dynamicUrl, "dynamic URL", allowInsecure);
  return {
    baseUrl,
    ...(dynamicUrl !== undefined && { dynamicUrl }),
    folderFeed,
    staticSearch,
    ...(site !== false && { site: site === true ? {} : site }),
  };
}

function packagesMissing(): FeedError {
  return new FeedError("packages-missing", "Cannot build a feed: no packages were named", {
    hint: "name a folder or a glob: nupress build packages --output public --base-url https://example.com/feed/",
  });
}

function outputMissing(): FeedError {
  return new FeedError("output-missing", "Cannot build a feed: no output folder was named", {
    hint: "add --output public",
  });
}

function baseUrlMissing(): FeedError {
  return new FeedError(
    "base-url-missing",
    "Cannot build a feed without a base URL: its documents hold absolute addresses",
    {
      hint: "add the address at which the output folder will be reached: --base-url https://example.com/feed/",
    },
  );
}
