/**
 * All layers together: flags over variables over `nupress.json`.
 */
import { type Environment, readEnvironment } from "./environment.js";
import { parseLayer, type RawValue } from "./layer.js";
import type { Settings } from "./settings.js";
import { readSettingsFile, SETTINGS_FILE } from "./settings-file.js";

export interface SettingsSources {
  readonly flags: readonly RawValue[];
  readonly environment: Environment;
  /** The working folder, in which `nupress.json` is looked for. */
  readonly folder: string;
  /** The value of `--config`. */
  readonly file?: string;
}

export interface ResolvedSettings {
  readonly settings: Settings;
  /** Of each setting, the layer that said it. */
  readonly origins: Readonly<Record<string, string>>;
}

/** Every layer is checked as a whole, also where another wins. */
export async function resolveSettings(sources: SettingsSources): Promise<ResolvedSettings> {
  const { file, folder, environment, flags } = sources;
  const written = await readSettingsFile(folder, file);
  const layers: readonly (readonly [name: string, settings: Settings])[] = [
    [file ?? SETTINGS_FILE, written],
    ["variable", keepSite(readEnvironment(environment), written)],
    ["command line", keepSite(parseLayer(flags), written)],
  ];
  return {
    settings: Object.assign({}, ...layers.map(([, settings]) => settings)),
    origins: Object.fromEntries(
      layers.flatMap(([name, settings]) => Object.keys(settings).map((key) => [key, name])),
    ),
  };
}

/** That there is to be a site says nothing of what it is to look like: what the file says of that holds. */
function keepSite(said: Settings, written: Settings): Settings {
  if (said.site !== true || typeof written.site !== "object") return said;
  const { site: _, ...others } = said;
  return others;
}
