// Which cases a list shows, and in which order; all of it stands in the fragment. Must not look at findings' words.
import { at, type Column, passing } from "./data/column.ts";
import { rowInRubric } from "./data/decode.ts";
import type { Cases } from "./data/types.ts";
import type { Loaded } from "./hooks.ts";
import { plain } from "./plain.ts";

export type Row = { block: Loaded; row: number };
export type Asked = {
  q: string;
  grade: string;
  criterion: string;
  severity: string;
  lawyer: string;
  type: string;
  scope: string;
  sort: string;
};

export const OPEN = "未定";

export function asked(query: URLSearchParams): Asked {
  const get = (key: string) => query.get(key) ?? "";
  return {
    q: get("q"),
    grade: get("grade"),
    criterion: get("criterion"),
    severity: get("severity"),
    lawyer: get("lawyer"),
    type: get("type"),
    scope: get("scope"),
    sort: get("sort"),
  };
}

const SEARCHED = ["lawyer", "firm", "cause", "recipient_group"];

const flats = new WeakMap<object, Column<string>>();

/** A column made plain, once for all that is typed. */
function flat(column: Column<string | null>): Column<string> {
  let known = flats.get(column);
  if (!known) {
    const one = (text: string | null): string => plain(text ?? "");
    known = "v" in column ? { v: column.v.map(one) } : { ...column, d: column.d.map(one) };
    flats.set(column, known);
  }
  return known;
}

/** Whether a row lost points under a criterion, or may have. */
function losing(cases: Cases, criterion: string): (row: number) => boolean {
  const [rubric = "", id = ""] = criterion.split(":", 2);
  const cells = cases.cells[rubric];
  const column = cells?.ids.indexOf(id) ?? -1;
  if (!cells || column < 0) return () => false;
  const isRubric = passing(cases.rubric, (r) => r === rubric);
  const lost = passing(
    { d: cells.d, i: cells.i[column] ?? "" },
    (r) => r !== null && (r[2] < r[1] || ["unmet", "unclear", "pending", "failed"].includes(r[0])),
  );
  return (row) => {
    if (!isRubric(row)) return false;
    const mine = rowInRubric(cases, row);
    return mine >= 0 && lost(mine);
  };
}

export function matching(loaded: Loaded[], want: Asked): Row[] {
  const words = plain(want.q);
  const lawyer = plain(want.lawyer);
  const found: Row[] = [];
  for (const block of loaded) {
    const { cases } = block;
    const tests: ((row: number) => boolean)[] = [passing(cases.subject, (s) => s === "case")];
    if (want.scope !== "all") tests.push(passing(cases.scope, (s) => s === "selected"));
    if (want.grade === OPEN) {
      const undecided = passing(cases.grade, (g) => g === null);
      const possible = passing(cases.possible, (p) => (p?.length ?? 0) > 0);
      tests.push((row) => undecided(row) && possible(row));
    } else if (want.grade) tests.push(passing(cases.grade, (g) => g === want.grade));
    if (want.severity) tests.push(passing(cases.severity, (s) => (s?.[["error", "warning", "info"].indexOf(want.severity)] ?? 0) > 0));
    if (want.type) tests.push(passing(cases.fields["case_type"], (t) => t === want.type));
    if (lawyer) tests.push(passing(cases.fields["lawyer"], (l) => l !== null && plain(l).includes(lawyer)));
    if (want.criterion) tests.push(losing(cases, want.criterion));
    if (words) {
      const columns = [cases.case_no, ...SEARCHED.map((f) => cases.fields[f])];
      const places = columns.flatMap((column) => (column ? [passing(flat(column), (v) => v?.includes(words) ?? false)] : []));
      tests.push((row) => places.some((test) => test(row)));
    }
    for (let row = 0; row < cases.n; row += 1) if (tests.every((test) => test(row))) found.push({ block, row });
  }
  return found;
}

type Key = (row: Row) => number | string;
const KEYS: Record<string, Key> = {
  office: ({ block }) => block.office.id,
  no: ({ block, row }) => at(block.cases.case_no, row) ?? "",
  mark: ({ block, row }) => at(block.cases.low, row) ?? -1,
  grade: ({ block, row }) => at(block.cases.possible, row)?.[0] ?? "",
  closed: ({ block, row }) => at(block.cases.fields["closed_on"], row) ?? "",
  lawyer: ({ block, row }) => at(block.cases.fields["lawyer"], row) ?? "",
  found: ({ block, row }) => (at(block.cases.severity, row) ?? [0, 0, 0]).reduce((a, b) => a + b, 0),
};

export function sorting(want: Asked): { by: string; down: boolean } {
  const down = want.sort.startsWith("-");
  const by = want.sort.replace(/^-/, "");
  return KEYS[by] ? { by, down } : { by: "", down: false };
}

/** Sorted by one key; equal rows stay in order of office and number. */
export function sorted(rows: Row[], want: Asked, order: string[]): Row[] {
  const { by, down } = sorting(want);
  const key = KEYS[by];
  if (!key) return rows;
  const value: Key = by === "grade" ? (row) => order.indexOf(at(row.block.cases.possible, row.row)?.[0] ?? "") : key;
  const keyed = rows.map((row) => ({ row, key: value(row) }));
  const sign = down ? -1 : 1;
  keyed.sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : 0));
  return keyed.map((k) => k.row);
}
