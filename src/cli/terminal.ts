/**
 * Where a command prints: results go to standard output, everything else to standard error. Texts that come from
 * packages cannot steer the terminal.
 */

/** A stream of a process, as far as it is used here. */
export interface OutputStream {
  write(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export type Label = "error" | "hint" | "problem" | "warning" | "note";

export interface Terminal {
  /** Prints lines of the result. */
  result(text: string): void;
  /** Prints a line of news. */
  news(text: string): void;
  /** Prints one line of news behind a label: `error: …`. */
  labelled(label: Label, text: string): void;
  /** Shows text in a line that is drawn again and again; empty text clears it. Terminals only. */
  redraw(text: string): void;
  /** Whether there is a terminal that can draw a line again. */
  readonly canRedraw: boolean;
}

export interface TerminalOptions {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const colors: Readonly<Record<Label, string>> = {
  error: "1;31",
  problem: "33",
  warning: "33",
  hint: "36",
  note: "2",
};

const DEFAULT_COLUMNS = 80;
const CLEAR_LINE = "\r\u001b[2K";

export function createTerminal({ stdout, stderr, environment }: TerminalOptions): Terminal {
  const isDumb = environment["TERM"] === "dumb";
  const canRedraw = stderr.isTTY === true && !isDumb;
  const hasColor = canRedraw && (environment["NO_COLOR"] ?? "") === "";
  let drawn = "";

  const clear = (): void => {
    if (drawn !== "") stderr.write(CLEAR_LINE);
    drawn = "";
  };
  const news = (text: string): void => {
    clear();
    stderr.write(`${text}\n`);
  };
  return {
    canRedraw,
    result: (text) => {
      clear();
      stdout.write(`${printable(text)}\n`);
    },
    news: (text) => news(printable(text)),
    labelled: (label, text) => {
      const shown = hasColor ? `\u001b[${colors[label]}m${label}:\u001b[0m` : `${label}:`;
      news(`${shown} ${printable(text).replaceAll("\n", "\\n")}`);
    },
    redraw: (text) => {
      if (!canRedraw || text === drawn) return;
      clear();
      // One column stays free: a full line would wrap, and could not be drawn again. A terminal that does not know its
      // width says 0.
      drawn = printable(text).slice(0, (stderr.columns || DEFAULT_COLUMNS) - 1);
      stderr.write(drawn);
    },
  };
}

/** Control characters become visible (`\u001b`), but for line breaks. */
function printable(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029\p{Bidi_Control}]/gu, (character) =>
    character === "\n" ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
