/**
 * Reads what the state says of the whole feed: its settings and its index.
 */
import { FeedError } from "../errors.js";
import type { FeedSettings } from "../feed/settings.js";
import type { FeedPath } from "../feed/urls.js";
import { isFeedWidePath } from "../publish/feed-documents.js";
import { decodeFeedFile, feedSettingsDigest } from "../state/feed-file.js";
import { type Outputs, outputPaths } from "../state/id-state.js";
import { FEED_FILE, STATE_INDEX } from "../state/layout.js";
import { decodeStateIndex, type StateIndex } from "../state/state-index.js";
import type { VerifyContext } from "./context.js";
import type { Finding } from "./finding.js";
import { reading } from "./read.js";
import { recoverSettings } from "./recover-settings.js";

export interface FeedState {
  /** `undefined` when nobody can tell what the feed should look like. */
  readonly settings: FeedSettings | undefined;
  /** `undefined` when it is missing or damaged. */
  readonly index: StateIndex | undefined;
  readonly findings: readonly Finding[];
}

/** @throws FeedError `state-newer` when a later version of nupress wrote the state */
export async function readState(context: VerifyContext): Promise<FeedState> {
  const file = await readPart(context, FEED_FILE, (bytes) => decodeFeedFile(bytes).settings);
  const index = await readPart(context, STATE_INDEX, decodeStateIndex);
  const sound = index.value && withoutStrays(index.value);
  const settings = await settleSettings(context, file.value, sound?.index);
  return {
    settings: settings.value,
    index: sound?.index,
    findings: [file, index, sound, settings].flatMap((part) => part?.findings ?? []),
  };
}

interface Part<T> {
  readonly value: T | undefined;
  readonly findings: readonly Finding[];
}

async function readPart<T>(
  { reader }: VerifyContext,
  path: FeedPath,
  decode: (bytes: Uint8Array) => T,
): Promise<Part<T>> {
  const file = await reading(path, undefined, () => reader.read(path));
  if (file.kind === "unreadable") return { value: undefined, findings: [file.finding] };
  if (file.kind === "missing") return { value: undefined, findings: [{ kind: "state-missing", path }] };
  try {
    return { value: decode(file.object), findings: [] };
  } catch (error) {
    if (!(error instanceof FeedError) || error.code !== "state-corrupt") throw error;
    return {
      value: undefined,
      findings: [{ kind: "state-damaged", path, reason: "is not what nupress writes" }],
    };
  }
}

/**
 * Where the note of the settings is lost, or the feed was made with others, those count with which it was made: the
 * next build brings its own settings anyway, and what would be written for a damaged address is of use to nobody.
 */
async function settleSettings(
  { reader, digest }: VerifyContext,
  noted: FeedSettings | undefined,
  index: StateIndex | undefined,
): Promise<Part<FeedSettings>> {
  if (index?.settings === undefined) return { value: noted, findings: [] };
  if (noted !== undefined && (await feedSettingsDigest(noted, digest)) === index.settings) {
    return { value: noted, findings: [] };
  }
  const recovered = await recoverSettings(reader, index, digest);
  if (recovered === undefined || noted === undefined) return { value: recovered ?? noted, findings: [] };
  const reason = "names other settings than those with which the feed was made";
  return { value: recovered, findings: [{ kind: "unfinished", path: FEED_FILE, reason }] };
}

interface SoundIndex {
  readonly index: StateIndex;
  readonly findings: readonly Finding[];
}

/** The index without files that no document of the whole feed has. */
function withoutStrays(index: StateIndex): SoundIndex {
  const { obsolete: named, ...rest } = index;
  // Nobody checked more than the frame of the index.
  const obsolete = Array.isArray(named) ? (index.obsolete ?? []) : [];
  const paths: readonly string[] = [...outputPaths(index.outputs), ...obsolete];
  const strays = paths.filter((path) => !isFeedWidePath(path));
  const outputs: Outputs = Object.fromEntries(
    Object.entries(index.outputs).filter(([path]) => isFeedWidePath(path)),
  );
  const left = obsolete.filter(isFeedWidePath);
  return {
    index: { ...rest, outputs, ...(left.length > 0 && { obsolete: left }) },
    findings: strays.map((path) => ({
      kind: "state-damaged",
      path: STATE_INDEX,
      reason: `says that "${path}" is a file of the whole feed`,
    })),
  };
}
