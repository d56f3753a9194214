// The data of the page as types. Must say nothing that DATA.md does not; what may be left out for an audience is optional.
import type { Column } from "./column.ts";

export type Text = { zh: string; en: string };
export type Pair = [zh: string, en: string];
export type Range = [low: number, high: number];

export type Rate = { id: string; name: string; headline: boolean; k_low: number; k_high: number; n: number; ci95: Range | null };
export type Split = { n: number; k_low: number; k_high: number; grades: Record<string, number> };
export type Marks = { low: number; high: number; total: number };
export type Own = { subject: string; rubric: string; marks: Marks | null; grade: string | null; possible: string[] };
export type Filing = Record<
  "closed" | "due" | "filed" | "in_time" | "late" | "not_due" | "unfiled" | "unclear" | "lacking" | "contents" | "pages",
  number
>;

export type Office = {
  id: string;
  name: string;
  parent: string | null;
  rows: number;
  in_scope: number;
  out_of_scope: Record<string, number>;
  joined: number;
  dossier_only: number;
  selected: number;
  final: number;
  undecided: number;
  grades: Record<string, number>;
  rates: Rate[];
  mean: Range | null;
  mean_exact: Pair | null;
  median: Range | null;
  marked: number | null;
  by: { case_type: Record<string, Split>; recipient_group: Record<string, Split> };
  /** Nothing of one office where the page is for the public. */
  filing: Filing;
  own?: Own[];
};

export type Criterion = {
  id: string;
  title: Text;
  group: string;
  kind: "regularity" | "substance";
  points: number | null;
  human: boolean;
  deduct: Text;
  basis: Text;
  verified: boolean;
  remedy: Remedy;
  fix: Text;
};

export type Rubric = {
  id: string;
  about?: string;
  version: string;
  title: string;
  sha256: string;
  adopted: boolean;
  scheme: "points" | "levels";
  total: number | null;
  counting: string;
  grades: { id: string; title: string; from: number | null }[];
  groups: { title: string; points: number; most: number | null }[];
  criteria: Criterion[];
  red_lines: { id: string; title: Text; grade: string; human: boolean; basis: Text }[];
  reconcile?: Text;
  rates?: { id: string; title: string; headline: boolean; grades: string[] }[];
  scoring?: { not_applicable: string; bonus_most: number; bonus?: string[]; gates?: string[] };
};

export type PlainPlace = {
  file: string;
  sheet?: string | null;
  cell?: string | null;
  page?: number | null;
  pointer?: string | null;
  line?: number | null;
  raw?: string | null;
};
export type Problem = { code: string; message: Text; advice: Text; office: string | null; places: PlainPlace[] };
export type Figure = { id: string; name: Text; value: number | null; ci95: Range | null; cases: number; source: string; plain: Text };

/** Of the cases of an office under a criterion: applied, surely lost points, open, points surely and possibly lost, surely or possibly lost points. */
export type Cell = [applied: number, lost: number, open: number, sure: number, possible: number, maybe?: number];

/** Undecided cases of an office for a red line alone and for anything else, and cases that an established red line limits. */
export type Undecided = { red_line: number; other: number; established?: number };

export type Head = {
  format: 1;
  audience: "internal" | "feedback" | "public";
  final: boolean;
  sealed?: { stage: string; on: string } | null;
  code: string;
  tool: { name: string; version: string };
  batch: {
    title: string;
    year: number | null;
    as_of: string;
    stage: string;
    scope: { said: Text; selection: string };
    adopted: { body: string; document_no: string; confirmed_by: string; date: string } | null;
    made_by: string | null;
    rounding: Text;
  };
  rubrics: Rubric[];
  own_rubrics?: Rubric[];
  titles: Record<string, string>;
  offices: Office[];
  groups: Office[];
  grids: Record<string, Record<string, Record<string, Cell>>>;
  /** Offices of which the public is told the number of cases alone. */
  withheld?: { id: string; name: string; selected: number }[];
  undecided?: Record<string, Undecided>;
  blocks: Record<string, { n: number; at: number }>;
  problems?: Problem[];
  cross?: { kind: string; message: Text; offices: string[]; places: PlainPlace[] }[];
  panel?: {
    draw: { seed: number; drawn: number; tasks: number } | null;
    how: Record<string, number>;
    confirmed: number;
    needing: number;
    agreement: Figure[];
    objections: { all: number; decided: number; upheld: number };
  };
};

export type Outcome = "met" | "unmet" | "not_applicable" | "unclear" | "pending" | "waived" | "failed";
export type Remedy = "complete" | "explain" | "none";
export type Severity = "error" | "warning" | "info";
/** A criterion of a case: outcome, points at stake, surely got, possibly got, and what seldom applies. */
export type Result = [
  outcome: Outcome,
  of: number,
  low: number,
  high: number,
  more?: { level?: string; because?: string; exact?: Pair; if_applies?: Pair },
];

/** The cases of an office: what lists and filters need. */
export type Cases = {
  n: number;
  case_no: Column<string>;
  stage: Column<string | null>;
  subject: Column<string>;
  scope: Column<string>;
  rubric: Column<string | null>;
  grade: Column<string | null>;
  possible: Column<string[]>;
  superset: Column<boolean>;
  /** Whether it has criteria: a row of `cells`. */
  graded: Column<boolean>;
  low: Column<number | null>;
  high: Column<number | null>;
  total: Column<number | null>;
  exact: Column<Pair | null>;
  /** Settled findings that are errors, warnings, notes; and those that are open. */
  severity: Column<readonly number[]>;
  red?: Column<"holds" | "open" | null>;
  fields: Record<string, Column<string | null>>;
  cells: Record<string, { ids: string[]; of: Column<Result>[] }>;
};

export type PlaceColumns = {
  file: Column<string>;
  sheet: Column<string | null>;
  letters: Column<string | null>;
  row: Column<number | null>;
  page: Column<number | null>;
  pointer: Column<string | null>;
  line: Column<number | null>;
  raw: Column<string | null>;
};

export type Job = {
  act: "complete" | "explain" | "verify";
  what: Pair;
  fix: Pair;
  criteria: string[];
  rubric: string | null;
  lost: Range;
  cases: number[];
};

export type Opinion = {
  reviewers: string[];
  turn: string;
  low: number | null;
  high: number | null;
  grade: string | null;
  complete: boolean;
};
export type CasePanel = {
  /** Not for feedback. */
  opinions?: Opinion[];
  how: string;
  why: Text;
  needs: number;
  confirmed: { grade: string; by: string[]; on: string } | null;
  overridden?: { criterion: string; outcome: string; message: Text; by: Text }[];
  objections?: {
    criterion: string;
    by: string;
    reason: string | null;
    state: string;
    said: Text;
    before: string | null;
    after: string | null;
  }[];
  remarks?: { reviewer: string; kind: string; text: string }[];
};

export type LiftFix = [criterion: string, act: string, human: boolean, findings: string[], worth: Range, level?: string];
export type LiftSet = { fixes: number; gain: Range | null; marks: Range | null; grades: [worst: string, best: string]; todo: LiftFix[] };
export type Lift = {
  target: string | null;
  unknown?: Text;
  first?: Text[];
  sure?: LiftSet;
  agreed?: LiftSet;
  hoped?: LiftSet;
  all?: LiftSet;
};

/** The findings of an office: what a case's own page and the to-do list need. */
export type Findings = {
  count: Column<number>;
  criterion: Column<string>;
  nr: Column<string>;
  outcome: Column<Outcome>;
  severity: Column<Severity>;
  remedy: Column<Remedy>;
  because: Column<string | null>;
  about: Column<string | null>;
  low: Column<number>;
  high: Column<number>;
  said: Column<Pair>;
  args: Column<string>;
  fix: Column<Pair>;
  basis: Column<Pair>;
  np: Column<number>;
  places: PlaceColumns;
  reviews: { count: Column<number> } & Record<"criterion" | "given" | "reviewer" | "reason" | "situation" | "pages", Column<string | null>>;
  documents: Record<string, Column<[state: string, count: number] | null>>;
  panel?: Column<CasePanel | null>;
  lift?: Column<Lift | null>;
  todo: Job[];
};
