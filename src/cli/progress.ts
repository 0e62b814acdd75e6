/**
 * Shows how far a command is: on a terminal in one line that is drawn again, elsewhere by a line now and then.
 */
import type { Progress } from "../build/options.js";
import type { VerifyProgress } from "../verify/report.js";
import { formatCount } from "./numbers.js";
import type { Terminal } from "./terminal.js";

/** Milliseconds between two drawings: as often as an eye can follow. */
const REDRAW_INTERVAL = 100;

/** Milliseconds between two lines in a log: often enough to see that it is alive. */
const LINE_INTERVAL = 15_000;

/** Below this many milliseconds a rate says nothing. */
const RATE_AFTER = 1000;

/** What a command tells of its way. */
export type ShownProgress = Progress | VerifyProgress;

type Phase = ShownProgress["phase"];

const titles: Readonly<Record<Phase, string>> = {
  scan: "Finding packages",
  inspect: "Reading packages",
  write: "Writing the feed",
  fold: "Writing search documents",
  delete: "Deleting what left",
  verify: "Checking versions",
  repair: "Repairing",
};

/** Phases that count files or versions; the others count steps, which mean nothing to a reader. */
const countedPhases: ReadonlySet<Phase> = new Set(["scan", "inspect", "delete", "verify"]);

export interface ProgressView {
  readonly show: (progress: ShownProgress) => void;
  /** Clears the line. */
  readonly end: () => void;
}

export function createProgressView(terminal: Terminal, now: () => number): ProgressView {
  let phase: Phase | undefined;
  let phaseStart = 0;
  let lastShown = now();

  const show = (progress: ShownProgress): void => {
    const time = now();
    const isNewPhase = progress.phase !== phase;
    if (isNewPhase) {
      phase = progress.phase;
      phaseStart = time;
    }
    const interval = terminal.canRedraw ? REDRAW_INTERVAL : LINE_INTERVAL;
    if (time - lastShown < interval && !(isNewPhase && terminal.canRedraw)) return;
    lastShown = time;
    const text = progressText(progress, time - phaseStart);
    if (terminal.canRedraw) terminal.redraw(text);
    else terminal.news(text);
  };
  return { show, end: () => terminal.redraw("") };
}

/** `Reading packages: 1,234 of 10,000 (850/s)`; `milliseconds` is the time since the phase began. */
export function progressText({ phase, done, total }: ShownProgress, milliseconds: number): string {
  if (!countedPhases.has(phase)) {
    const percent = total === undefined || total === 0 ? "" : `: ${Math.floor((done / total) * 100)}%`;
    return titles[phase] + percent;
  }
  const counts = total === undefined ? formatCount(done) : `${formatCount(done)} of ${formatCount(total)}`;
  const rate = milliseconds < RATE_AFTER ? "" : ` (${formatCount((done * 1000) / milliseconds)}/s)`;
  return `${titles[phase]}: ${counts}${rate}`;
}
