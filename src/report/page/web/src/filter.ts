// Which cases a list shows, and in which order; all of it stands in the fragment. Must not look at findings' words.
import { at, type Column, passing } from "./data/column.ts";
import { begins, rowInRubric } from "./data/decode.ts";
import type { Cases, Rubric, Severity } from "./data/types.ts";
import type { Loaded } from "./hooks.ts";
import { own } from "./own.ts";
import { plain, wordsOf } from "./plain.ts";

export type Row = { block: Loaded; row: number };
export type Asked = {
  q: string;
  grade: string;
  criterion: string;
  /** `sure`: only cases that surely lost points under the criterion. */
  lost: string;
  /** Of settled findings; or `open` for those that nobody has settled. */
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
    lost: get("lost"),
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

type Test = (row: number) => boolean;
const OPENED = ["unclear", "pending", "failed"];
/** In the order of the column. */
const SEVERITIES: (Severity | "open")[] = ["error", "warning", "info", "open"];

/** Whether a row lost points under a criterion, or, unless that must be sure, may have. */
function losing(cases: Cases, rubric: string, id: string, sure: boolean): Test {
  const cells = own(cases.cells, rubric);
  const column = cells?.ids.indexOf(id) ?? -1;
  if (!cells || column < 0) return () => false;
  const isRubric = passing(cases.rubric, (r) => r === rubric);
  const lost = passing(cells.of[column], (r) => {
    if (r === null || r[0] === "not_applicable") return false;
    return r[3] < r[1] || (!sure && (r[2] < r[1] || r[0] === "unmet" || OPENED.includes(r[0])));
  });
  return (row) => {
    if (!isRubric(row)) return false;
    const mine = rowInRubric(cases, row);
    return mine >= 0 && lost(mine);
  };
}

/** Whether a row has one finding of a criterion or red line that is settled and of a severity, or open; without one, lost or, unless that must be sure, open. */
function finding({ cases, findings: all }: Loaded, rubric: string, id: string, severity: string, sure: boolean): Test {
  if (!all) return () => false;
  const isRubric = passing(cases.rubric, (r) => r === rubric);
  const isCriterion = passing(all.criterion, (c) => c === id);
  const isSevere = passing(all.severity, (s) => !severity || severity === "open" || s === severity);
  const isOpen = (o: string | null) => o !== null && OPENED.includes(o);
  const isLost = passing(all.outcome, (o) => (o === "unmet" && severity !== "open") || (isOpen(o) && !sure && ["", "open"].includes(severity)));
  const from = begins(all, cases.n).findings;
  return (row) => {
    if (!isRubric(row)) return false;
    for (let i = from[row] ?? 0; i < (from[row + 1] ?? 0); i += 1) if (isCriterion(i) && isSevere(i) && isLost(i)) return true;
    return false;
  };
}

/** A criterion as the fragment names it: `RUBRIC:ID`. */
export function criterionOf(text: string): [rubric: string, id: string] {
  const [rubric = "", id = ""] = text.split(":", 2);
  return [rubric, id];
}

const isRedLine = (rubrics: Map<string, Rubric>, text: string): boolean => {
  const [rubric, id] = criterionOf(text);
  return rubrics.get(rubric)?.red_lines.some((line) => line.id === id) ?? false;
};

/** Whether findings are needed to tell: of red lines, and of a criterion and a severity together. */
export function needsFindings(want: Asked, rubrics: Map<string, Rubric>): boolean {
  return want.criterion !== "" && (want.severity !== "" || isRedLine(rubrics, want.criterion));
}

function criterionTests(block: Loaded, want: Asked): Test[] {
  const [rubric, id] = criterionOf(want.criterion);
  const sure = want.lost === "sure";
  const isCriterion = own(block.cases.cells, rubric)?.ids.includes(id) ?? false;
  const tests = isCriterion ? [losing(block.cases, rubric, id, sure)] : [];
  if (want.severity || !isCriterion) tests.push(finding(block, rubric, id, want.severity, isCriterion ? false : sure));
  return tests;
}

export function matching(loaded: Loaded[], want: Asked): Row[] {
  const words = wordsOf(want.q);
  const lawyer = plain(want.lawyer);
  const found: Row[] = [];
  for (const block of loaded) {
    const { cases } = block;
    const tests: Test[] = [passing(cases.subject, (s) => s === "case")];
    if (want.scope !== "all") tests.push(passing(cases.scope, (s) => s === "selected"));
    if (want.grade === OPEN) {
      const undecided = passing(cases.grade, (g) => g === null);
      const possible = passing(cases.possible, (p) => (p?.length ?? 0) > 0);
      tests.push((row) => undecided(row) && possible(row));
    } else if (want.grade) tests.push(passing(cases.grade, (g) => g === want.grade));
    if (want.criterion) tests.push(...criterionTests(block, want));
    else if (want.severity) {
      const which = SEVERITIES.indexOf(want.severity as Severity | "open");
      tests.push(passing(cases.severity, (s) => (s?.[which] ?? 0) > 0));
    }
    if (want.type) tests.push(passing(cases.fields["case_type"], (t) => t === want.type));
    if (lawyer) tests.push(passing(cases.fields["lawyer"], (l) => l !== null && plain(l).includes(lawyer)));
    const office = plain(block.office.name);
    const columns = [cases.case_no, ...SEARCHED.map((f) => cases.fields[f])];
    // Every word must stand somewhere: in the name of the office, or in one of these.
    for (const word of words.filter((w) => !office.includes(w))) {
      const places = columns.flatMap((column) => (column ? [passing(flat(column), (v) => v?.includes(word) ?? false)] : []));
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
  found: ({ block, row }) => (at(block.cases.severity, row) ?? []).reduce((a, b) => a + b, 0),
};

export function sorting(want: Asked): { by: string; down: boolean } {
  const down = want.sort.startsWith("-");
  const by = want.sort.replace(/^-/, "");
  return own(KEYS, by) ? { by, down } : { by: "", down: false };
}

/** Sorted by one key; equal rows stay in order of office and number. */
export function sorted(rows: Row[], want: Asked, order: string[]): Row[] {
  const { by, down } = sorting(want);
  const key = own(KEYS, by);
  if (!key) return rows;
  const value: Key = by === "grade" ? (row) => order.indexOf(at(row.block.cases.possible, row.row)?.[0] ?? "") : key;
  const keyed = rows.map((row) => ({ row, key: value(row) }));
  const sign = down ? -1 : 1;
  keyed.sort((a, b) => (a.key < b.key ? -sign : a.key > b.key ? sign : 0));
  return keyed.map((k) => k.row);
}
