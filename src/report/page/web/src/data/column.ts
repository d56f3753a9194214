// Columns: how many equal values are stored once. Must not know what a column means; DATA.md has the format.

/** `d` are the different values and `i` has a character a row that says which; without `i` all rows have `d[0]`. Or `v`, a value a row. */
export type Column<T> = { d: T[]; i?: string } | { v: T[] };

const FIRST = 0x30;
const BACKSLASH = 0x5c;

/** The number that a character stands for; the backslash is left out, so that JSON need not escape anything. */
export function index(code: number): number {
  return code > BACKSLASH ? code - FIRST - 1 : code - FIRST;
}

/** The value of a row. */
export function at<T>(column: Column<T> | undefined, row: number): T | null {
  if (!column) return null;
  if ("v" in column) return column.v[row] ?? null;
  if (column.i === undefined) return column.d[0] ?? null;
  return column.d[index(column.i.charCodeAt(row))] ?? null;
}

/** The different values; those of a column without an index may be repeated. */
export function values<T>(column: Column<T>): T[] {
  return "v" in column ? column.v : column.d;
}

/** Whether each row passes: the test is asked once for each different value. */
export function passing<T>(column: Column<T> | undefined, test: (value: T | null) => boolean): (row: number) => boolean {
  if (!column) {
    const all = test(null);
    return () => all;
  }
  if ("v" in column) return (row) => test(column.v[row] ?? null);
  const passed = column.d.map(test);
  if (column.i === undefined) return () => passed[0] ?? test(null);
  const codes = column.i;
  return (row) => passed[index(codes.charCodeAt(row))] ?? false;
}

/** How many rows have each value. */
export function counts<T>(column: Column<T> | undefined, rows: number): Map<T, number> {
  const found = new Map<T, number>();
  for (let row = 0; row < rows; row += 1) {
    const value = at(column, row);
    if (value !== null) found.set(value, (found.get(value) ?? 0) + 1);
  }
  return found;
}

/** Where the rows of each case begin in columns that hold several a case; one longer than the cases. */
export function starts(count: Column<number>, cases: number): number[] {
  const all = [0];
  for (let row = 0; row < cases; row += 1) all.push((all[row] ?? 0) + (at(count, row) ?? 0));
  return all;
}
