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
  const layers: readonly (readonly [name: string, settings: Settings])[] = [
    [file ?? SETTINGS_FILE, await readSettingsFile(folder, file)],
    ["variable", readEnvironment(environment)],
    ["command line", parseLayer(flags)],
  ];
  return {
    settings: Object.assign({}, ...layers.map(([, settings]) => settings)),
    origins: Object.fromEntries(
      layers.flatMap(([name, settings]) => Object.keys(settings).map((key) => [key, name])),
    ),
  };
}
