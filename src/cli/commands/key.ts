/**
 * `nupress key`: makes, shows and revokes the keys with which people and programs publish to a server or read from it.
 */
import { nearestName } from "../../nearest.js";
import { createKeyText, hashKey, looksLikeKey } from "../../serve/auth/api-key.js";
import {
  type CommandContext,
  type CommandInput,
  type CommandSpec,
  type FlagSpec,
  outputFlags,
  type Verbosity,
  valueOf,
  verbosityOf,
} from "../command.js";
import { DONE, type ExitCode } from "../exit-code.js";
import { usageError } from "../usage-error.js";
import { newKeyOf } from "./key-options.js";
import { DEFAULT_KEYS_FILE, KEYS_FILE_VARIABLE, type KeyStore, openKeyStore } from "./key-store.js";
import { keyJson, keySummary, keyTable } from "./key-text.js";

const group = "Keys:";

/** What they say is about a key that is to be made. */
const createFlags: readonly FlagSpec[] = [
  {
    name: "scope",
    kind: "value",
    group,
    describe: "What a new key may do: read, push, unlist, delete (default push,unlist)",
  },
  {
    name: "ids",
    kind: "value",
    group,
    describe: 'Package ids that a new key may change, such as "Contoso.*,Fabrikam.*" (default all)',
  },
  {
    name: "expires",
    kind: "value",
    group,
    describe: "When a new key ends: 90d, or a day (UTC) such as 2027-01-31 (default never)",
  },
];

export const keyCommand: CommandSpec = {
  name: "key",
  positional: {
    usage: "<action> [name]",
    name: "action",
    describe: "create, list or revoke; create and revoke take the name of a key",
  },
  describe: "Make, list and revoke the keys of a server",
  flags: [
    ...createFlags,
    {
      name: "keys",
      kind: "value",
      group,
      describe: `File of the keys' hashes (default ${KEYS_FILE_VARIABLE}, else ${DEFAULT_KEYS_FILE})`,
    },
    ...outputFlags,
  ],
  examples: [
    { line: "nupress key create ci", describe: "A key that may push and unlist; it is shown this once" },
    {
      line: 'nupress key create contoso --ids "Contoso.*" --expires 90d',
      describe: "A key for some ids and for some time",
    },
    { line: "nupress key create alice --scope read", describe: "A password for a private feed" },
    { line: "nupress key revoke ci", describe: "The key is of no use any more, at once" },
  ],
  run: runKey,
};

interface KeyRun {
  readonly input: CommandInput;
  readonly context: CommandContext;
  readonly store: KeyStore;
  readonly verbosity: Verbosity;
}

const actions: ReadonlyMap<string, (run: KeyRun) => Promise<void>> = new Map([
  ["create", createKey],
  ["list", listKeys],
  ["revoke", revokeKey],
]);

async function runKey(input: CommandInput, context: CommandContext): Promise<ExitCode> {
  const action = actionOf(input);
  const { environment, folder } = context;
  const file = valueOf(input, "keys") ?? (environment[KEYS_FILE_VARIABLE] || DEFAULT_KEYS_FILE);
  const store = await openKeyStore(folder, file);
  await action({ input, context, store, verbosity: verbosityOf(input) });
  return DONE;
}

function actionOf({ positionals: [word], flags }: CommandInput): (run: KeyRun) => Promise<void> {
  const known = [...actions.keys()];
  const action = actions.get(word ?? "");
  const stray = createFlags.find(({ name }) => flags.has(name));
  if (action !== undefined && action !== createKey && stray !== undefined)
    throw usageError(`--${stray.name} is for nupress key create`);
  if (action !== undefined) return action;
  const nearest = word === undefined ? undefined : nearestName(word, known);
  throw usageError(
    word === undefined ? "nupress key needs an action" : `there is no action "${word}" of nupress key`,
    nearest === undefined ? `known are ${known.join(", ")}` : `did you mean nupress key ${nearest}?`,
  );
}

/** The key alone goes to standard output, so that a script can take it from there. */
async function createKey({ input, context, store, verbosity }: KeyRun): Promise<void> {
  const { terminal } = context;
  const key = newKeyOf(input, nameOf(input, "create"), Date.now());
  const text = createKeyText();
  const hash = await hashKey(text);
  await store.change((keys) => {
    const taken = keys.find(({ name }) => name.toLowerCase() === key.name.toLowerCase());
    if (taken === undefined) return [...keys, { ...key, hash }];
    const hint = `choose another name, or revoke that key first: nupress key revoke ${taken.name}`;
    throw usageError(`there is a key "${taken.name}" in "${store.name}" already`, hint);
  });
  if (verbosity.json) return terminal.result(JSON.stringify({ file: store.name, key: text, ...key }));
  if (!verbosity.quiet) terminal.news(`Made the key "${key.name}" in "${store.name}": ${keySummary(key)}`);
  terminal.result(text);
  if (verbosity.quiet) return;
  terminal.news("Keep it safe: it is shown this once, and only its hash is stored");
  const isReader = key.scopes.every((scope) => scope === "read");
  terminal.labelled("hint", isReader ? READ_HINT : PUSH_HINT);
}

const SOURCE = "https://example.com/v3/index.json";
const PUSH_HINT = `dotnet nuget push Contoso.Core.1.0.0.nupkg --source ${SOURCE} --api-key <key>`;
/** Where passwords cannot be encrypted, on all but Windows, the client takes none without the last flag. */
const READ_HINT = `dotnet nuget add source ${SOURCE} --name example --username any --password <key> --store-password-in-clear-text`;

async function listKeys({ input, context, store, verbosity }: KeyRun): Promise<void> {
  if (input.positionals.length > 1) throw usageError("nupress key list takes no name");
  const { terminal } = context;
  const keys = await store.read();
  const now = Date.now();
  if (verbosity.json) {
    terminal.result(JSON.stringify({ file: store.name, keys: keys.map((key) => keyJson(key, now)) }));
  } else if (keys.length > 0) terminal.result(keyTable(keys, now));
  else if (!verbosity.quiet) terminal.news(`There is no key in "${store.name}"`);
}

async function revokeKey({ input, context, store, verbosity }: KeyRun): Promise<void> {
  const { terminal } = context;
  const name = nameOf(input, "revoke");
  await store.change((keys) => {
    const others = keys.filter((key) => key.name !== name);
    if (others.length < keys.length) return others;
    throw unknownKey(
      name,
      store,
      keys.map((key) => key.name),
    );
  });
  if (verbosity.json) terminal.result(JSON.stringify({ file: store.name, revoked: name }));
  else if (!verbosity.quiet) terminal.result(`Revoked the key "${name}" of "${store.name}"`);
}

/** Who pastes the key instead of its name does not see it again in logs. */
function unknownKey(name: string, store: KeyStore, names: readonly string[]): Error {
  if (looksLikeKey(name))
    return usageError("keys are revoked by their names", "nupress key list tells the names");
  const nearest = nearestName(name, names);
  const hint = nearest === undefined ? "nupress key list tells the names" : `did you mean ${nearest}?`;
  return usageError(`there is no key "${name}" in "${store.name}"`, hint);
}

function nameOf({ positionals: [, name, ...more] }: CommandInput, action: string): string {
  if (name !== undefined && more.length === 0) return name;
  const problem = name === undefined ? "needs the name of a key" : "takes one name";
  throw usageError(`nupress key ${action} ${problem}`, `nupress key ${action} ci`);
}
