// A case's findings, places and reviews out of the columns of its office. Must not judge anything.
import { at, starts } from "./column.ts";
import type { Cases, Findings, Outcome, Pair, PlainPlace, Remedy, Result, Severity, Text } from "./types.ts";

export type Finding = {
  id: string;
  criterion: string;
  outcome: Outcome;
  severity: Severity;
  remedy: Remedy;
  because: string | null;
  /** The document or field that it is about: `document:…`, `field:…`. */
  about: string | null;
  low: number;
  high: number;
  message: Text;
  fix: Text;
  basis: Text;
  places: PlainPlace[];
};

export type Review = {
  criterion: string;
  given: string;
  reviewer: string | null;
  reason: string | null;
  situation: string | null;
  pages: string | null;
};

const text = (pair: Pair | null): Text => ({ zh: pair?.[0] ?? "", en: pair?.[1] ?? "" });

/** Puts the words back that differ from case to case: U+E000 and the following stand for them. */
export function filled(template: string, args: string): string {
  if (!args) return template;
  const words = args.split("\u0001");
  return template.replace(/[\ue000-\ue0ff]/g, (mark) => words[mark.charCodeAt(0) - 0xe000] ?? mark);
}

type Begins = { findings: number[]; places: number[]; rows: number[]; reviews: number[] };
const begun = new WeakMap<Findings, Begins>();

/** Where the findings and reviews of each case begin, and the places of each finding; counted once an office. */
export function begins(all: Findings, cases: number): Begins {
  let known = begun.get(all);
  if (!known) {
    const findings = starts(all.count, cases);
    const places = starts(all.np, findings[cases] ?? 0);
    // Rows of cells are kept as steps from one to the next.
    const rows: number[] = [];
    let row = 0;
    for (let i = 0; i < (places[places.length - 1] ?? 0); i += 1) rows.push((row += at(all.places.row, i) ?? 0));
    known = { findings, places, rows, reviews: starts(all.reviews.count, cases) };
    begun.set(all, known);
  }
  return known;
}

function placesOf(all: Findings, from: number, to: number, rows: number[]): PlainPlace[] {
  const columns = all.places;
  const found: PlainPlace[] = [];
  for (let i = from; i < to; i += 1) {
    const letters = at(columns.letters, i);
    const row = at(columns.row, i) === null ? "" : String(rows[i] ?? "");
    found.push({
      file: at(columns.file, i) ?? "",
      sheet: at(columns.sheet, i),
      cell: letters === null ? null : letters + row,
      page: at(columns.page, i),
      pointer: at(columns.pointer, i),
      line: at(columns.line, i),
      raw: at(columns.raw, i),
    });
  }
  return found;
}

export function findingsOf(all: Findings, cases: Cases, row: number): Finding[] {
  const { findings, places, rows } = begins(all, cases.n);
  const found: Finding[] = [];
  for (let i = findings[row] ?? 0; i < (findings[row + 1] ?? 0); i += 1) {
    const [zh, en] = at(all.said, i) ?? ["", ""];
    const args = at(all.args, i) ?? "";
    const criterion = at(all.criterion, i) ?? "";
    found.push({
      id: `${criterion}-${at(all.nr, i) ?? ""}`,
      criterion,
      outcome: at(all.outcome, i) ?? "failed",
      severity: at(all.severity, i) ?? "info",
      remedy: at(all.remedy, i) ?? "none",
      because: at(all.because, i),
      about: at(all.about, i),
      low: at(all.low, i) ?? 0,
      high: at(all.high, i) ?? 0,
      message: { zh: filled(zh, args), en: filled(en, args) },
      fix: text(at(all.fix, i)),
      basis: text(at(all.basis, i)),
      places: placesOf(all, places[i] ?? 0, places[i + 1] ?? 0, rows),
    });
  }
  return found;
}

export function reviewsOf(all: Findings, cases: Cases, row: number): Review[] {
  const from = begins(all, cases.n).reviews;
  const found: Review[] = [];
  for (let i = from[row] ?? 0; i < (from[row + 1] ?? 0); i += 1) {
    const get = (key: "criterion" | "given" | "reviewer" | "reason" | "situation" | "pages") => at(all.reviews[key], i);
    found.push({
      criterion: get("criterion") ?? "",
      given: get("given") ?? "",
      reviewer: get("reviewer"),
      reason: get("reason"),
      situation: get("situation"),
      pages: get("pages"),
    });
  }
  return found;
}

const rowsIn = new WeakMap<Cases, Map<string, Map<number, number>>>();

/** Which row a case has among those of its rubric; criteria are kept rubric by rubric. */
export function rowInRubric(cases: Cases, row: number): number {
  let all = rowsIn.get(cases);
  if (!all) {
    all = new Map();
    for (let i = 0; i < cases.n; i += 1) {
      const rubric = at(cases.rubric, i);
      if (rubric === null || !at(cases.graded, i)) continue;
      const mine = all.get(rubric) ?? new Map<number, number>();
      mine.set(i, mine.size);
      all.set(rubric, mine);
    }
    rowsIn.set(cases, all);
  }
  return all.get(at(cases.rubric, row) ?? "")?.get(row) ?? -1;
}

/** The criteria of a case in the order of its rubric. */
export function resultsOf(cases: Cases, row: number): { id: string; result: Result }[] {
  const cells = cases.cells[at(cases.rubric, row) ?? ""];
  const mine = rowInRubric(cases, row);
  if (!cells || mine < 0) return [];
  return cells.ids.flatMap((id, column) => {
    const result = at(cells.of[column], mine);
    return result ? [{ id, result }] : [];
  });
}
