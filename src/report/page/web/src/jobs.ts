// The to-do list of an office put in order: red lines, what the office completes, what reviewers marked, what cannot be mended.
// Must not make up a job that the data does not have.
import { at } from "./data/column.ts";
import { begins, type Finding, findingsOf } from "./data/decode.ts";
import type { Cases, Findings, Job, Pair, Range, Rubric } from "./data/types.ts";
import type { Store } from "./data/store.ts";
import { shortTitle } from "./format.ts";
import { type Red, redLine, redLines } from "./red.ts";
import { act, bracketed, listed, say, said } from "./words.ts";

/** A job of the data with its place in the list, which its link names. */
export type Task = { job: Job; at: number };
/** What cannot be mended, by criterion over cases. */
export type Lost = { rubric: string | null; criterion: string; rows: number[]; lost: Range; fix: Pair };
export type Ordered = { reds: { row: number; red: Red }[]; own: Task[]; marked: Task[]; gone: Lost[] };

const rubricOf = (store: Store, cases: Cases, row: number): Rubric | undefined => store.rubrics.get(at(cases.rubric, row) ?? "");
const most = (a: { lost: Range }, b: { lost: Range }): number => b.lost[1] - a.lost[1] || b.lost[0] - a.lost[0];

export function isRed(store: Store, job: Job): boolean {
  const rubric = store.rubrics.get(job.rubric ?? "");
  return job.criteria.length > 0 && job.criteria.every((id) => redLine(rubric, id));
}

/** Whether all that it is about was marked by reviewers. */
function isMarked(store: Store, job: Job): boolean {
  return job.criteria.length > 0 && job.criteria.every((id) => store.criteria.get(`${job.rubric}:${id}`)?.human);
}

const known = new WeakMap<Findings, Ordered>();

/** The list of an office, put in order once. */
export function ordered(store: Store, cases: Cases, findings: Findings): Ordered {
  const found = known.get(findings) ?? order(store, cases, findings);
  known.set(findings, found);
  return found;
}

function order(store: Store, cases: Cases, findings: Findings): Ordered {
  const tasks = findings.todo.map((job, at) => ({ job, at })).filter(({ job }) => !isRed(store, job));
  tasks.sort((a, b) => most(a.job, b.job) || a.at - b.at);
  const reds: Ordered["reds"] = [];
  const gone = new Map<string, Lost>();
  const from = begins(findings, cases.n).findings;
  for (let row = 0; row < cases.n; row += 1) {
    const rubric = rubricOf(store, cases, row);
    let hasRed = false;
    for (let i = from[row] ?? 0; i < (from[row + 1] ?? 0); i += 1) {
      const criterion = at(findings.criterion, i) ?? "";
      if (redLine(rubric, criterion)) hasRed = true;
      else if (at(findings.outcome, i) === "unmet" && at(findings.remedy, i) === "none") {
        const key = `${rubric?.id}:${criterion}`;
        const sum = gone.get(key) ?? {
          rubric: rubric?.id ?? null,
          criterion,
          rows: [],
          lost: [0, 0],
          fix: at(findings.fix, i) ?? ["", ""],
        };
        if (sum.rows[sum.rows.length - 1] !== row) sum.rows.push(row);
        sum.lost = [sum.lost[0] + (at(findings.low, i) ?? 0), sum.lost[1] + (at(findings.high, i) ?? 0)];
        gone.set(key, sum);
      }
    }
    if (hasRed) for (const red of redLines(rubric, findingsOf(findings, cases, row))) reds.push({ row, red });
  }
  reds.sort((a, b) => Number(a.red.holds) - Number(b.red.holds));
  const marked = tasks.filter(({ job }) => isMarked(store, job));
  return { reds, own: tasks.filter((t) => !marked.includes(t)), marked, gone: [...gone.values()].sort(most) };
}

/** Titles of rubrics without what all of them end in: 民事行政, 刑事. */
export function kindOf(store: Store, rubric: string | null): string {
  const all = store.head.rubrics.map((r) => [...shortTitle(r.title)]);
  const mine = [...shortTitle(store.rubrics.get(rubric ?? "")?.title ?? "")];
  if (all.length < 2) return "";
  const shortest = Math.min(...all.map((t) => t.length));
  let end = 0;
  while (end < shortest - 1 && all.every((t) => t[t.length - 1 - end] === mine[mine.length - 1 - end])) end += 1;
  return mine.slice(0, mine.length - end).join("");
}

/** What a job that names no paper must come to: its words are 补正“TITLE”一项, which reads badly where the title says what must not be. */
const MENDED: Pair = ["补正“", "mend, so that it holds: "];

export function isMended({ act, what }: Job): boolean {
  return act === "complete" && what[0].startsWith(MENDED[0]) && what[0].endsWith("”一项");
}

/** Whether the remedy of a job only says that each place is looked at: the findings themselves say what to do then. */
export function isUnnamed({ act, what }: Job): boolean {
  return act === "verify" && what[0].startsWith("核实：");
}

/** The badge of a job: what names no paper is corrected, not completed. */
export function badge(job: Job): string {
  return isMended(job) ? say("更正", "correct") : act(job.act);
}

/** The words of a job. */
export function head(job: Job): string {
  // What the badge before it says already is left out.
  if (!isMended(job)) return said(job.what).replace(/^(核实：|verify: |complete: |explain: |explain (?=why ))/, "");
  const en = job.what[1].startsWith(MENDED[1]) ? job.what[1].slice(MENDED[1].length) : job.what[1];
  return say(`按要求改正：${job.what[0].slice(MENDED[0].length, -"”一项".length)}`, `as required: ${en}`);
}

/** The words of jobs; those of two rubrics that say the same have the rubric behind them. */
export function labels(store: Store, jobs: Job[]): Map<Job, string> {
  const times = new Map<string, number>();
  for (const job of jobs) times.set(head(job), (times.get(head(job)) ?? 0) + 1);
  return new Map(
    jobs.map((job) => {
      const words = head(job);
      const kind = (times.get(words) ?? 0) > 1 ? kindOf(store, job.rubric) : "";
      return [job, kind ? words + bracketed(kind) : words];
    }),
  );
}

/** What of a case a job is about. */
export function ofCase(store: Store, job: Job, found: Finding[]): { mine: Finding[]; ids: string; lost: Range } {
  const acted = found.filter(
    (f) =>
      job.criteria.includes(f.criterion) &&
      (job.act === "verify" ? f.outcome === "unclear" : f.outcome === "unmet" && f.remedy === job.act),
  );
  // One criterion may lack several papers, each a job of its own, named in its words.
  const isNamed = (f: Finding): boolean => f.about !== null && job.what[0].includes(store.head.titles[f.about] ?? "\u0000");
  const mine = acted.some(isNamed) ? acted.filter(isNamed) : acted;
  const lost: Range = [mine.reduce((n, f) => n + f.low, 0), mine.reduce((n, f) => n + f.high, 0)];
  return { mine, ids: listed([...new Set(mine.map((f) => f.criterion))]), lost };
}
