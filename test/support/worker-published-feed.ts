/**
 * Opens a feed for the suites of publishing clients in the real runtime of workers.
 */
import { createKeyText } from "../../src/serve/auth/api-key.js";
import type { OpenPublishedFeed } from "./dotnet-publish-feed.js";
import { startWorkerFeed } from "./worker-feed.js";

export const openWorkerFeed: OpenPublishedFeed = async ({ keys, isPrivate = false, largestPush }) => {
  const texts = new Map(Object.keys(keys).map((name) => [name, createKeyText()]));
  const feed = await startWorkerFeed(
    {
      NUPRESS_PRIVATE: String(isPrivate),
      ...(largestPush !== undefined && { NUPRESS_MAX_PACKAGE_SIZE: String(largestPush) }),
    },
    Object.entries(keys).map(([name, key]) => ({ name, text: texts.get(name) ?? "", ...key })),
  );
  return {
    source: `${feed.url}v3/index.json`,
    key: (name) => {
      const text = texts.get(name);
      if (text === undefined) throw new Error(`The feed has no key "${name}"`);
      return text;
    },
    close: feed.close,
  };
};
