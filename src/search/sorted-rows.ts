/**
 * Rows in an order, sorted when somebody asks for them: entries come by the hundred, and a list that is nearly
 * sorted already is sorted again in one pass.
 */
export interface SortedRows<Row> {
  readonly compare: (a: Row, b: Row) => number;
  /** Sorted, as far as nothing changed since. */
  rows: Row[];
  readonly added: Set<Row>;
  readonly removed: Set<Row>;
}

export function createSortedRows<Row>(compare: (a: Row, b: Row) => number): SortedRows<Row> {
  return { compare, rows: [], added: new Set(), removed: new Set() };
}

export function addRow<Row>(table: SortedRows<Row>, row: Row): void {
  table.added.add(row);
}

export function removeRow<Row>(table: SortedRows<Row>, row: Row): void {
  if (!table.added.delete(row)) table.removed.add(row);
}

/** All rows in their order. `onChange` sees them when it is another than the last time. */
export function sortedRows<Row>(
  table: SortedRows<Row>,
  onChange?: (rows: readonly Row[]) => void,
): readonly Row[] {
  const { added, removed, compare } = table;
  if (added.size + removed.size === 0) return table.rows;
  table.rows = table.rows
    .filter((row) => !removed.has(row))
    .concat([...added])
    .sort(compare);
  added.clear();
  removed.clear();
  onChange?.(table.rows);
  return table.rows;
}
