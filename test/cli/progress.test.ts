import { describe, expect, test } from "vitest";
import { createProgressView, progressText } from "../../src/cli/progress.js";
import { recordedTerminal } from "../support/recorded-terminal.js";

test.each([
  [{ phase: "scan", done: 1234 }, 500, "Finding packages: 1,234"],
  [{ phase: "scan", done: 5000 }, 2000, "Finding packages: 5,000 (2,500/s)"],
  [{ phase: "inspect", done: 10, total: 10_000 }, 999, "Reading packages: 10 of 10,000"],
  [{ phase: "inspect", done: 1700, total: 10_000 }, 2000, "Reading packages: 1,700 of 10,000 (850/s)"],
  [{ phase: "write", done: 50, total: 200 }, 2000, "Writing the feed: 25%"],
  [{ phase: "write", done: 0, total: 0 }, 0, "Writing the feed"],
  [{ phase: "fold", done: 1, total: 4 }, 0, "Writing search documents: 25%"],
  [{ phase: "verify", done: 1700, total: 10_000 }, 2000, "Checking versions: 1,700 of 10,000 (850/s)"],
  [{ phase: "repair", done: 1, total: 2 }, 0, "Repairing: 50%"],
  [{ phase: "delete", done: 3, total: 1200 }, 0, "Deleting what left: 3 of 1,200"],
] as const)("%j after %i ms is shown as %s", (progress, milliseconds, expected) => {
  expect(progressText(progress, milliseconds)).toBe(expected);
});

describe("a log", () => {
  test("gets a line every fifteen seconds, none for what is quick", () => {
    let time = 0;
    const terminal = recordedTerminal();
    const view = createProgressView(terminal, () => time);
    for (time = 0; time <= 40_000; time += 500) view.show({ phase: "inspect", done: time / 10, total: 9000 });
    view.end();
    expect(terminal.stderr()).toBe(
      "Reading packages: 1,500 of 9,000 (100/s)\nReading packages: 3,000 of 9,000 (100/s)\n",
    );
  });
});

describe("a terminal", () => {
  test("is drawn ten times a second at most, at once for a new phase, and cleared at the end", () => {
    let time = 0;
    const terminal = recordedTerminal({ isTTY: true });
    const view = createProgressView(terminal, () => time);
    view.show({ phase: "scan", done: 1 });
    for (time = 0; time < 100; time += 10) view.show({ phase: "scan", done: time });
    view.show({ phase: "scan", done: 7 });
    view.show({ phase: "write", done: 0, total: 2 });
    view.end();
    const drawn = terminal.stderr().split("\r\u001b[2K");
    expect(drawn).toEqual(["Finding packages: 1", "Finding packages: 7", "Writing the feed: 0%", ""]);
  });
});
