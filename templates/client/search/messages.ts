/** What the page and the search worker say to each other. */
import type { PackageCard } from "../../../src/site/package-card.js";

/** A question as a page asks it. Filters that are empty filter nothing. */
export interface Question {
  readonly query: string;
  readonly packageType: string;
  /** The short name of a project's framework. */
  readonly framework: string;
  readonly prerelease: boolean;
  readonly skip: number;
  readonly take: number;
}

export interface Request {
  /** Counts up; the answer bears the same. */
  readonly number: number;
  /** The way from the page to the feed's root, which links in answers begin with. */
  readonly root: string;
  /** The address of the feed's root. */
  readonly base: string;
  readonly question: Question;
}

export type Answer =
  | {
      readonly kind: "found";
      readonly total: number;
      readonly cards: readonly PackageCard[];
      /** The feed is so large that ids alone were searched, and perhaps not all of them. */
      readonly isPartial: boolean;
    }
  | { readonly kind: "failed" };

export interface Response {
  readonly number: number;
  readonly answer: Answer;
}
