/**
 * Warnings about one package: what is odd in it but does no harm.
 */

/** Takes a warning when it comes up: one line without a full stop. */
export type Warn = (warning: string) => void;

const maxWarnings = 20;

/** The first twenty, and how many more there were: a broken package can have thousands. */
export function limitWarnings(warnings: readonly string[]): readonly string[] {
  const more = warnings.length - maxWarnings;
  return more > 0 ? [...warnings.slice(0, maxWarnings), `${more} more warnings`] : warnings;
}
