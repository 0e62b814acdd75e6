/**
 * What each kind of finding means for the users of a feed, and what to do about it.
 */
import type { FindingKind } from "./finding.js";

export interface FindingHelp {
  /** One or two sentences. */
  readonly meaning: string;
  /** Whether a repair can mend it; what is left after one needs `hint`. */
  readonly isRepairable: boolean;
  /** The next step when a repair does not mend it, as one sentence without a full stop. */
  readonly hint: string;
}

const reportDefect = "verify again; if it stays, report it as a defect of nupress";

/** In the order in which findings are told: what others may follow from comes first. */
export const findingHelp: Readonly<Record<FindingKind, FindingHelp>> = {
  "state-missing": {
    meaning: "A file of the feed's memory is not there: without it nobody knows what the feed should hold.",
    isRepairable: true,
    hint: "restore feed-state from a backup, or delete the output folder and build again; feeds of other tools have none",
  },
  "state-damaged": {
    meaning: "A file of the feed's memory, or a part of it, cannot be trusted.",
    isRepairable: true,
    hint: "restore feed-state from a backup, or delete the output folder and build again",
  },
  "state-outdated": {
    meaning: "A summary in feed-state does not fit what it sums up.",
    isRepairable: true,
    hint: reportDefect,
  },
  unfinished: {
    meaning: "A command stopped before everything was written; the next one goes on with it.",
    isRepairable: true,
    hint: "run the command again that was interrupted",
  },
  "output-misrecorded": {
    meaning: "The feed's memory says something else of a file than what it should be.",
    isRepairable: true,
    hint: reportDefect,
  },
  "output-obsolete": {
    meaning: "A file that nothing points to any more waits for its deletion.",
    isRepairable: true,
    hint: "run the command again that was interrupted",
  },
  "document-missing": {
    meaning: "Clients or readers get no answer where one is promised.",
    isRepairable: true,
    hint: "mend what is found in feed-state first",
  },
  "document-damaged": {
    meaning: "Clients fail on a document that they cannot read.",
    isRepairable: true,
    hint: "mend what is found in feed-state first",
  },
  "document-differs": {
    meaning:
      "Clients or readers see something else than what the feed's memory says: an old copy, or somebody changed it.",
    isRepairable: true,
    hint: "mend what is found in feed-state first",
  },
  "link-broken": {
    meaning: "A document leads clients to an address where nothing is.",
    isRepairable: true,
    hint: reportDefect,
  },
  "service-index-wrong": {
    meaning: "Clients do not find the parts of the feed.",
    isRepairable: true,
    hint: reportDefect,
  },
  "version-list-wrong": {
    meaning: "Clients are offered other versions to restore than the feed has.",
    isRepairable: true,
    hint: reportDefect,
  },
  "registration-wrong": {
    meaning: "Clients see other versions, or miss some, because the metadata does not agree with itself.",
    isRepairable: true,
    hint: reportDefect,
  },
  "search-wrong": {
    meaning: "Searching shows something that is not so.",
    isRepairable: true,
    hint: reportDefect,
  },
  "package-missing": {
    meaning:
      "Restoring this version fails: its package is not there, and nothing in the feed can replace it.",
    isRepairable: false,
    hint: "run nupress verify --repair, then nupress build with the folder that holds the package, which puts it back",
  },
  "package-differs": {
    meaning: "Clients refuse this version, or restore something that was never published.",
    isRepairable: false,
    hint: "run nupress verify --repair, then nupress build with the folder that holds the package, which puts it back",
  },
  "content-missing": {
    meaning: "A file that comes out of a package is not there.",
    isRepairable: true,
    hint: "it cannot be made again until its package is whole",
  },
  "content-differs": {
    meaning: "A file that comes out of a package is not what the package has.",
    isRepairable: true,
    hint: "it cannot be made again until its package is whole",
  },
  "file-foreign": {
    meaning: "A file that nupress did not write sits where the feed needs one of its own.",
    isRepairable: false,
    hint: "move that file away and repair again",
  },
  "file-extra": {
    meaning: "A file lies among those of the feed that no record names; nupress deletes only what it wrote.",
    isRepairable: false,
    hint: "delete it, or add it again if it is a package that should be in the feed",
  },
  "file-unreadable": {
    meaning: "A file could not be read, so nothing is known of it.",
    isRepairable: false,
    hint: "check the disk, and who may read the folder",
  },
};
