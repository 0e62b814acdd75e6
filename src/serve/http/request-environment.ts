/**
 * What the runtime handed over with a request, where it did; apps are called without it in tests and by other apps.
 */
import type { RequestEnvironment } from "./request-origin.js";

/** @param environment the second argument of an app's `fetch` */
export function environmentOf(environment: unknown): RequestEnvironment {
  if (isEnvironment(environment)) return environment;
  return { origin: { address: "", protocol: "http", host: "", requestId: "" }, notes: {} };
}

function isEnvironment(value: unknown): value is RequestEnvironment {
  return typeof value === "object" && value !== null && "origin" in value && "notes" in value;
}
