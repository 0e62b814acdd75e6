/**
 * One layer of settings: what the flags say, or the variables, or the file.
 */
import { FeedError } from "../../errors.js";
import { nearestName } from "../../nearest.js";
import { kindOf, type SettingKey, type Settings } from "./settings.js";

/** A value before it is checked, and how messages call its place: `--base-url`, `NUPRESS_BASE_URL`. */
export interface RawValue {
  readonly key: SettingKey;
  readonly value: unknown;
  /** Text is read as people write it: `1`, `yes`; JSON must have the right type. */
  readonly form: "text" | "json";
  readonly place: string;
}

/** @throws FeedError `settings-invalid` for the first value that is not what its key needs */
export function parseLayer(values: readonly RawValue[]): Settings {
  return Object.fromEntries(values.map((raw) => [raw.key, parseValue(raw)]));
}

function parseValue({ key, value, form, place }: RawValue): unknown {
  const refuse = (needed: string): FeedError =>
    new FeedError("settings-invalid", `Cannot use ${place} ${JSON.stringify(value)}: needed is ${needed}`);
  const kind = kindOf(key);
  if (form === "json") return kind.fromJson(value, refuse, place);
  if (typeof value !== "string") throw refuse("one value");
  return kind.fromText(value, refuse);
}

/** The error for a name that means nothing; the hint is the one that may have been meant, or all there are. */
export function unknownName(message: string, name: string, known: readonly string[]): FeedError {
  const nearest = nearestName(name, known);
  const hint = nearest === undefined ? `known are ${known.join(", ")}` : `did you mean ${nearest}?`;
  return new FeedError("settings-unknown", message, { hint });
}
