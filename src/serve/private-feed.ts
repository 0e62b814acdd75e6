/**
 * Feeds that only some may read: every answer but those about health needs a key, and no cache in between keeps it.
 */
import type { MiddlewareHandler } from "hono";
import type { Gate } from "./auth/gate.js";
import { environmentOf } from "./request-environment.js";

/** Lets those read who have a key for it. Browsers ask beforehand without one, so OPTIONS pass. */
export function readGate(gate: Gate | undefined): MiddlewareHandler {
  if (gate === undefined) throw new Error("a private feed needs to know who may read it");
  return async ({ req, env }, next) => {
    if (req.method !== "GET" && req.method !== "HEAD") return await next();
    const { origin, notes } = environmentOf(env);
    const admission = await gate(req.raw.headers, { scope: "read" }, origin.address);
    if (admission.name !== undefined) notes.user = admission.name;
    if (admission.kind === "admitted") return await next();
    notes.note = `key ${admission.reason}`;
    return admission.response;
  };
}

/** Only the client itself may keep the answer. */
export function keepPrivate(headers: Headers): void {
  const cache = headers.get("Cache-Control");
  if (cache?.includes("public") === true) headers.set("Cache-Control", cache.replace("public", "private"));
  headers.append("Vary", "Authorization");
}
