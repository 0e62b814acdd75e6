/**
 * Tables of plain text.
 */

export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => string;
  /** Default left; figures stand right. */
  readonly align?: "left" | "right";
}

/** One line a row below a line of titles, columns two spaces apart; no line ends in spaces. */
export function formatTable<T>(rows: readonly T[], columns: readonly Column<T>[]): string {
  const lines = [
    columns.map(({ title }) => title),
    ...rows.map((row) => columns.map(({ cell }) => cell(row))),
  ];
  const widths = columns.map((_, i) => Math.max(...lines.map((cells) => cells[i]?.length ?? 0)));
  return lines
    .map((cells) =>
      cells
        .map((cell, i) =>
          columns[i]?.align === "right" ? cell.padStart(widths[i] ?? 0) : cell.padEnd(widths[i] ?? 0),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
