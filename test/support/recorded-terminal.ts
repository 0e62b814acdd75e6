/** A terminal whose output a test can read. */
import { createTerminal, type Terminal, type TerminalOptions } from "../../src/cli/terminal.js";

export interface RecordedTerminal extends Terminal {
  readonly stdout: () => string;
  readonly stderr: () => string;
}

/** Default: no terminal but pipes, and no variables. */
export function recordedTerminal(
  options: { readonly isTTY?: boolean; readonly columns?: number } = {},
  environment: TerminalOptions["environment"] = {},
): RecordedTerminal {
  let stdout = "";
  let stderr = "";
  const terminal = createTerminal({
    stdout: { write: (text) => (stdout += text), ...options },
    stderr: { write: (text) => (stderr += text), ...options },
    environment,
  });
  return { ...terminal, stdout: () => stdout, stderr: () => stderr };
}
