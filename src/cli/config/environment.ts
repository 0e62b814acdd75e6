/**
 * Settings from variables: `NUPRESS_BASE_URL` and the like.
 */
import { nearestName } from "../../nearest.js";
import { parseLayer, unknownName } from "./layer.js";
import { type Settings, settingKeys, variableName } from "./settings.js";

/** The variables of a process. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A variable that is empty counts as absent, since systems for continuous integration cannot take one away. A foreign
 * variable may begin like ours by chance: it is an error only where it looks like a slip.
 *
 * @throws FeedError `settings-invalid` or `settings-unknown`
 */
export function readEnvironment(environment: Environment): Settings {
  const known = settingKeys.map(variableName);
  for (const name of Object.keys(environment)) {
    if (!name.startsWith("NUPRESS_") || known.includes(name)) continue;
    if (nearestName(name, known) === undefined) continue;
    throw unknownName(`Cannot use variable ${name}: it has no meaning`, name, known);
  }
  const values = settingKeys.map((key) => ({
    key,
    place: variableName(key),
    value: environment[variableName(key)],
  }));
  const given = values.filter(({ value }) => value !== undefined && value !== "");
  return parseLayer(given.map((raw) => ({ ...raw, form: "text" })));
}
