/**
 * The service index of a feed with a dynamic part: the same as the static one, but that search, completion and publishing
 * lead to the server.
 */
import { renderServiceIndex } from "../feed/service-index.js";
import type { FeedSettings } from "../feed/settings.js";
import { answerJsonBytes } from "./http/json-answer.js";

export interface OfferedFeed {
  /** With which the feed was built; its address is replaced. */
  readonly settings: FeedSettings;
  /** The address of the feed as this client sees it, ending in `/`. */
  readonly baseUrl: string;
  readonly publishing: boolean;
}

/** Answers GET and HEAD. */
export async function answerServiceIndex(
  request: Request,
  { settings, baseUrl, publishing }: OfferedFeed,
): Promise<Response> {
  const seen: FeedSettings = { ...settings, baseUrl, dynamicUrl: baseUrl };
  return await answerJsonBytes(request, renderServiceIndex(seen, { publishing }).body);
}
