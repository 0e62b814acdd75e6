/**
 * From the flags of `nupress serve` to the options of the server.
 */
import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import path from "node:path";
import { FeedError } from "../../errors.js";
import { DEFAULT_STATIC_SEARCH, type FeedSettings } from "../../feed/settings.js";
import { nearestName } from "../../nearest.js";
import { OVERWRITE_POLICIES } from "../../publish/push/context.js";
import type { ReadKeys } from "../../serve/auth/authorize.js";
import { MEBIBYTE } from "../../serve/http/mebibyte.js";
import type { PublishSettings } from "../../serve/node/folder-publishing.js";
import { assertKeysPrivate } from "../../serve/node/key-place.js";
import { watchKeyFile } from "../../serve/node/key-source.js";
import { DEFAULT_PORT, type ServeOptions } from "../../serve/node/start-server.js";
import { DELETIONS } from "../../serve/publishing/publishing.js";
import { errorCode } from "../../store/fs/errors.js";
import { type CommandContext, type CommandInput, valueOf } from "../command.js";
import { addressKind, countKind, countUpTo } from "../config/kinds.js";
import { resolveSettings } from "../config/resolve.js";
import type { Settings } from "../config/settings.js";
import { feedFolder } from "../feed-folder.js";
import { usageError } from "../usage-error.js";
import { DEFAULT_KEYS_FILE, KEYS_FILE_VARIABLE } from "./key-store.js";

const LARGEST_PORT = 65_535;
/** What a process can count exactly is far above; what a disk holds is not. */
const LARGEST_MEBIBYTES = 1024 * 1024;

/** What the flags decide; whom to tell is up to the command. */
export type FlaggedOptions = Omit<ServeOptions, "onError" | "onRequest" | "signal">;

/** @throws FeedError `usage`, `keys-public`, `keys-missing`, and those of settings */
export async function serveOptions(
  input: CommandInput,
  context: CommandContext,
  onKeysError: (error: Error) => void,
): Promise<FlaggedOptions> {
  const [port, host, publicUrl] = [
    valueOf(input, "port"),
    valueOf(input, "host"),
    valueOf(input, "public-url"),
  ];
  const proxies = valuesOf(input, "trusted-proxy");
  const folders = valuesOf(input, "watch");
  if (namesIdleSettings(input)) throw usageError("--config says nothing beside a folder without --publish");
  // A folder that is named needs no settings, so that wrong ones do not matter, unless their file is named as well.
  const needsSettings = input.positionals.length === 0 || input.flags.has("config");
  const settings = needsSettings ? await outputSettings(input, context) : {};
  const folder = feedFolder("serve", input, settings);
  const keys = await keysOf(input, context, onKeysError);
  const isPrivate = input.flags.get("private") === true;
  if (isPrivate && keys === undefined) throw privateWithoutKeys();
  const parsedPort = port === undefined ? undefined : parsePort(port);
  const publish = publishSettings(input, settings, parsedPort);
  const lockTimeout = lockTimeoutOf(input);
  return {
    folder,
    ...(parsedPort !== undefined && { port: parsedPort }),
    ...(host !== undefined && { host }),
    ...(publicUrl !== undefined && { publicUrl: parseAddress("public-url", publicUrl) }),
    ...(proxies.length > 0 && { trustedProxies: proxies }),
    ...(isPrivate && { isPrivate }),
    ...(keys && { keys }),
    ...(publish && { publish }),
    ...(lockTimeout !== undefined && { lockTimeout }),
    ...(folders.length > 0 && {
      watch: { folders: folders.map((name) => path.resolve(context.folder, name)) },
    }),
  };
}

/** Keys that nobody named are used where they lie at the usual place, or will. */
async function keysOf(
  input: CommandInput,
  { folder, environment }: CommandContext,
  onError: (error: Error) => void,
): Promise<ReadKeys | undefined> {
  const named = valueOf(input, "keys") ?? (environment[KEYS_FILE_VARIABLE] || undefined);
  const file = path.resolve(folder, named ?? DEFAULT_KEYS_FILE);
  const usesKeys = input.flags.get("publish") === true || input.flags.get("private") === true;
  if (named === undefined && !existsSync(file) && input.flags.get("publish") !== true) return undefined;
  await assertKeysPrivate(file, named ?? DEFAULT_KEYS_FILE);
  // Without keys this machine may push what it likes, which is not what somebody wants who named keys.
  const isAsked = input.flags.has("keys") || (named !== undefined && usesKeys);
  if (isAsked && (await isMissing(file))) throw keysMissing(input, named ?? DEFAULT_KEYS_FILE);
  return watchKeyFile(file, { onError });
}

function publishSettings(
  input: CommandInput,
  settings: Settings,
  port: number | undefined,
): PublishSettings | undefined {
  const largest = valueOf(input, "max-package-size");
  const overwrite = choiceOf(input, "overwrite", OVERWRITE_POLICIES);
  const deletion = choiceOf(input, "deletion", DELETIONS);
  if (input.flags.get("publish") !== true) {
    const idle = ["overwrite", "deletion", "max-package-size", "base-url", "no-site"].find((name) =>
      input.flags.has(name),
    );
    if (idle !== undefined) throw usageError(`--${idle} says nothing without --publish`);
    return undefined;
  }
  return {
    newFeed: newFeed(input, settings, port),
    ...(overwrite && { overwrite }),
    ...(deletion && { deletion }),
    ...(largest !== undefined && {
      largestBody: parseCount("max-package-size", largest, 1, LARGEST_MEBIBYTES) * MEBIBYTE,
    }),
  };
}

/** A server that writes holds the lock of the folder, others need none. */
function lockTimeoutOf(input: CommandInput): number | undefined {
  const text = valueOf(input, "lock-timeout");
  if (text === undefined) return undefined;
  const isWriting = input.flags.get("publish") === true || input.flags.has("watch");
  if (!isWriting) throw usageError("--lock-timeout says nothing without --publish or --watch");
  return parseCount("lock-timeout", text);
}

/** The server sends documents with the address under which it is asked, so that the one inside hardly matters. */
function newFeed(input: CommandInput, settings: Settings, port = DEFAULT_PORT): FeedSettings {
  const given = valueOf(input, "base-url") ?? valueOf(input, "public-url");
  const { site: setSite = true, staticSearch = DEFAULT_STATIC_SEARCH, folderFeed = false } = settings;
  const isWanted = input.flags.get("no-site") !== true && input.flags.get("site") !== false;
  const site = setSite === true ? {} : setSite;
  // Pages of a feed that only some may read tell how to say who one is.
  const isPrivate = input.flags.get("private") === true && { isPrivate: true };
  return {
    baseUrl:
      given === undefined
        ? (settings.baseUrl ?? `http://localhost:${port || DEFAULT_PORT}/`)
        : parseAddress("base-url", given),
    folderFeed,
    staticSearch,
    ...(isWanted && site !== false && { site: { ...site, ...isPrivate } }),
  };
}

async function outputSettings(
  input: CommandInput,
  { environment, folder }: CommandContext,
): Promise<Settings> {
  const file = valueOf(input, "config");
  const sources = { flags: [], environment, folder };
  return (await resolveSettings({ ...sources, ...(file !== undefined && { file }) })).settings;
}

/** A flag that may stand there several times. */
function valuesOf({ flags }: CommandInput, name: string): string[] {
  return [flags.get(name) ?? []].flat().map(String);
}

/** A flag that takes one of some words. @throws FeedError `usage` */
export function choiceOf<T extends string>(
  input: CommandInput,
  name: string,
  choices: readonly T[],
): T | undefined {
  const text = valueOf(input, name);
  const choice = choices.find((known) => known === text);
  if (text === undefined || choice !== undefined) return choice;
  const nearest = nearestName(text, choices);
  const hint = nearest === undefined ? `known are ${choices.join(", ")}` : `did you mean ${nearest}?`;
  throw usageError(`--${name} "${text}" is not known`, hint);
}

function parsePort(text: string): number {
  return parseCount("port", text, 0, LARGEST_PORT);
}

function parseCount(name: string, text: string, least = 0, most?: number): number {
  const kind = most === undefined ? countKind : countUpTo(most);
  const range = most === undefined ? "a whole number" : `a number from ${least} to ${most}`;
  const refuse = (): Error => usageError(`--${name} "${text}" is not ${range}`);
  const count = kind.fromText(text, refuse);
  if (count < least) throw refuse();
  return count;
}

function parseAddress(name: string, text: string): string {
  return addressKind.fromText(text, (needed) => usageError(`--${name} "${text}": needed is ${needed}`));
}

/** One that may not be looked for is told when it is read. */
async function isMissing(file: string): Promise<boolean> {
  const code = await stat(file).then(() => undefined, errorCode);
  return code === "ENOENT" || code === "ENOTDIR";
}

/** A settings file gives the folder where none is named, and the settings of a feed that begins. */
function namesIdleSettings({ positionals, flags }: CommandInput): boolean {
  return positionals.length > 0 && flags.has("config") && flags.get("publish") !== true;
}

function keysMissing({ flags }: CommandInput, name: string): FeedError {
  const scope = flags.get("publish") === true ? "push" : "read";
  return new FeedError("keys-missing", `Cannot read the keys in "${name}": there is no such file`, {
    hint: `make a key first: nupress key create <name> --scope ${scope} --keys ${name}`,
  });
}

function privateWithoutKeys(): Error {
  return usageError(
    "--private needs keys with which the feed can be read",
    "make one first: nupress key create <name> --scope read",
  );
}
