/**
 * Feeds that only some may read: every answer but those about health needs a key, and no cache in between keeps it.
 */
import type { MiddlewareHandler } from "hono";
import type { Gate } from "./auth/gate.js";
import { environmentOf } from "./http/request-environment.js";

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
  const said = (headers.get("Cache-Control") ?? "").split(",").map((directive) => directive.trim());
  const kept = said.filter((directive) => directive !== "" && directive !== "public");
  // Caches that are shared may keep what must be asked for again, unless they are told.
  const isClear = kept.some((directive) => directive === "private" || directive === "no-store");
  headers.set("Cache-Control", [...(isClear ? [] : ["private"]), ...kept].join(", "));
  headers.append("Vary", "Authorization");
}
