import { describe, expect, test } from "vitest";
import { recordedTerminal } from "../support/recorded-terminal.js";

const clear = "\r\u001b[2K";

describe("output", () => {
  test("results go to standard output, everything else to standard error", () => {
    const terminal = recordedTerminal();
    terminal.result("result");
    terminal.news("news");
    terminal.labelled("error", "failed");
    expect([terminal.stdout(), terminal.stderr()]).toEqual(["result\n", "news\nerror: failed\n"]);
  });

  test("texts cannot steer the terminal or pretend to be other lines", () => {
    const terminal = recordedTerminal();
    terminal.labelled("problem", 'file "\u001b[2Ja\u009b\r\nerror: b\u202e"');
    terminal.result("tags\t\u001b]0;title\u0007");
    expect(terminal.stderr()).toBe('problem: file "\\u001b[2Ja\\u009b\\u000d\\nerror: b\\u202e"\n');
    expect(terminal.stdout()).toBe("tags\\u0009\\u001b]0;title\\u0007\n");
  });

  test("JSON stays JSON", () => {
    const terminal = recordedTerminal();
    const value = { text: "\u001b\u009b\u202e\n\u2028é😀" };
    terminal.result(JSON.stringify(value));
    expect(JSON.parse(terminal.stdout())).toEqual(value);
  });
});

describe("colours", () => {
  const labelled = (...options: Parameters<typeof recordedTerminal>): string => {
    const terminal = recordedTerminal(...options);
    terminal.labelled("error", "failed");
    return terminal.stderr();
  };

  test("mark labels on a terminal", () => {
    expect(labelled({ isTTY: true })).toBe("\u001b[1;31merror:\u001b[0m failed\n");
    expect(labelled({ isTTY: true }, { NO_COLOR: "" })).toContain("\u001b[");
  });

  test("are left out elsewhere, with NO_COLOR and on terminals that know none", () => {
    for (const plain of [
      labelled(),
      labelled({ isTTY: true }, { NO_COLOR: "1" }),
      labelled({ isTTY: true }, { TERM: "dumb" }),
    ]) {
      expect(plain).toBe("error: failed\n");
    }
  });
});

describe("the line that is drawn again", () => {
  test("is cleared before anything else is printed", () => {
    const terminal = recordedTerminal({ isTTY: true }, { NO_COLOR: "1" });
    terminal.redraw("1 of 2");
    terminal.redraw("1 of 2");
    terminal.redraw("2 of 2");
    terminal.news("news");
    terminal.redraw("");
    expect(terminal.stderr()).toBe(`1 of 2${clear}2 of 2${clear}news\n`);
  });

  test("never fills a row, where it could not be drawn again", () => {
    const terminal = recordedTerminal({ isTTY: true, columns: 10 });
    terminal.redraw("0123456789abc");
    expect(terminal.stderr()).toBe("012345678");
  });

  test("is cut nowhere short of 80 columns on a terminal that does not know its width", () => {
    const terminal = recordedTerminal({ isTTY: true, columns: 0 });
    terminal.redraw("64 of 134");
    expect(terminal.stderr()).toBe("64 of 134");
  });

  test("does not exist where there is no terminal", () => {
    const terminal = recordedTerminal();
    terminal.redraw("1 of 2");
    expect([terminal.stderr(), terminal.canRedraw]).toEqual(["", false]);
  });
});
