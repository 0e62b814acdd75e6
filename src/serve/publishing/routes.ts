/**
 * Which requests change the feed (protocol.md §7.1).
 */
import type { Context, Hono } from "hono";
import type { PublishRouteOptions } from "../app.js";
import { jsonError } from "../http/json-error.js";
import { environmentOf } from "../http/request-environment.js";
import {
  answerDelete,
  answerPush,
  answerRelist,
  type PublishOptions,
  type PublishRequest,
} from "./publish.js";
import type { Publishing } from "./publishing.js";

/** Both spellings of where packages are pushed to (protocol.md §7.1). */
const PUBLISH_PATHS = ["/v3/publish", "/api/v2/package"];

/** Adds the routes to an app; apart from the app itself, so that servers that only show a feed load nothing of it. */
export function publishRoutes(publishing: Publishing): (app: Hono, options: PublishRouteOptions) => void {
  return (app, { gate, onError }) => addRoutes(app, { publishing, gate, onError });
}

function addRoutes(app: Hono, publish: PublishOptions): void {
  const asked = (context: Context): PublishRequest => ({
    request: context.req.raw,
    environment: environmentOf(context.env),
  });
  for (const path of PUBLISH_PATHS) {
    app.on(["PUT", "POST"], path, async (context) => await answerPush(publish, asked(context)));
    const ofVersion = `${path}/:id/:version` as const;
    app.delete(ofVersion, async (context) => {
      const { id, version } = context.req.param();
      return await answerDelete(publish, asked(context), id, version);
    });
    app.post(ofVersion, async (context) => {
      const { id, version } = context.req.param();
      return await answerRelist(publish, asked(context), id, version);
    });
    for (const place of [path, ofVersion]) {
      const allow = place === path ? "PUT, POST" : "DELETE, POST";
      app.all(place, () =>
        jsonError(405, "method-not-allowed", `This address answers ${allow} only`, { Allow: allow }),
      );
    }
  }
}
