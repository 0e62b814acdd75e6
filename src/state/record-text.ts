/**
 * Records as JSON. A record is asked for its text several times, for its digest and for each time its partition is
 * written, so the text is made once.
 */
import type { PackageRecord } from "../feed/record.js";

/** A record and where it came from. */
interface HeldRecord extends PackageRecord {
  readonly origins: object;
}

const texts = new WeakMap<HeldRecord, string>();

/** What rendering sees of a record: all but its origins. */
export function renderedText(record: HeldRecord): string {
  const known = texts.get(record);
  if (known !== undefined) return known;
  const { origins: _, ...rendered } = record;
  const text = JSON.stringify(rendered);
  texts.set(record, text);
  return text;
}

export function recordText(record: HeldRecord): string {
  return `${renderedText(record).slice(0, -1)},"origins":${JSON.stringify(record.origins)}}`;
}
