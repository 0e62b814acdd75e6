/**
 * Text of a package in its own lines, with a word where it was cut.
 */
import type { LongText } from "../../src/site/package/long-text.js";

/** In UTF-16 units; more than this is no lead. */
const maxLead = 500;

export interface LongParagraphProps {
  readonly text: LongText;
  /** What it is: "The {what} is longer". */
  readonly what: string;
}

export function LongParagraph({ text: { text, isCut }, what }: LongParagraphProps) {
  return (
    <>
      <p class={text.length > maxLead ? "long-text long-text--small" : "long-text"} dir="auto">
        {text}
        {isCut && "…"}
      </p>
      {isCut && <p class="cut">The {what} is longer than this page shows.</p>}
    </>
  );
}
