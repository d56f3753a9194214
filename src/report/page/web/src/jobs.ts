// The to-do list of an office put in order: red lines, what the office completes, what reviewers marked, what cannot be mended.
// Must not make up a job that the data does not have.
import { at } from "./data/column.ts";
import { begins, type Finding, findingsOf } from "./data/decode.ts";
import type { Cases, Findings, Job, Pair, Range, Rubric } from "./data/types.ts";
import type { Store } from "./data/store.ts";
import { shortTitle } from "./format.ts";
import { type Red, redLine, redLines } from "./red.ts";
import { listed, say, said } from "./words.ts";

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

/** The words of jobs; those of two rubrics that say the same have the rubric behind them. */
export function labels(store: Store, jobs: Job[]): Map<Job, string> {
  const times = new Map<string, number>();
  for (const job of jobs) times.set(said(job.what), (times.get(said(job.what)) ?? 0) + 1);
  return new Map(
    jobs.map((job) => {
      const words = said(job.what);
      const kind = (times.get(words) ?? 0) > 1 ? kindOf(store, job.rubric) : "";
      return [job, kind ? words + say(`（${kind}）`, ` (${kind})`) : words];
    }),
  );
}

/** What of a case a job is about. */
export function ofCase(store: Store, job: Job, found: Finding[]): { ids: string; lost: Range } {
  const acted = found.filter(
    (f) =>
      job.criteria.includes(f.criterion) &&
      (job.act === "verify" ? f.outcome === "unclear" : f.outcome === "unmet" && f.remedy === job.act),
  );
  // One criterion may lack several papers, each a job of its own, named in its words.
  const isNamed = (f: Finding): boolean => f.about !== null && job.what[0].includes(store.head.titles[f.about] ?? "\u0000");
  const mine = acted.some(isNamed) ? acted.filter(isNamed) : acted;
  const lost: Range = [mine.reduce((n, f) => n + f.low, 0), mine.reduce((n, f) => n + f.high, 0)];
  return { ids: listed([...new Set(mine.map((f) => f.criterion))]), lost };
}

const LONG = 40;

/** The first step of a long remedy; dots say that there is more. How to explain is never cut: it ends with what to say honestly. */
export function briefly(job: Job): string {
  const whole = said(job.fix);
  if (job.act === "explain" || whole.length <= LONG) return whole;
  const [first = ""] = whole.split(/[。；;]/, 1);
  return first.length + 1 < whole.length ? `${first}……` : whole;
}
