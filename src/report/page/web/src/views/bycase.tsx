// The to-do list case by case, to be handed to whoever carried it: what, how, the points and the criterion. Must not name a bare code.
import { at } from "../data/column.ts";
import { type Finding, findingsOf } from "../data/decode.ts";
import type { Cases, Findings, Job, Office } from "../data/types.ts";
import { points } from "../format.ts";
import { useStore } from "../hooks.ts";
import { badge, isRed, labels, ofCase, type Ordered } from "../jobs.ts";
import { afterwards, redLine } from "../red.ts";
import { say, said } from "../words.ts";
import { titleOf } from "./findings.tsx";
import { CaseLink, inPoints, lostBy } from "./jobs.tsx";
import { How, Situation } from "./situation.tsx";

const MOST = 500;

function Lines({ jobs, names, found, rubric }: { jobs: Job[]; names: Map<Job, string>; found: Finding[]; rubric: string | null }) {
  const store = useStore();
  const { head, rubrics } = store;
  const standard = rubrics.get(rubric ?? "");
  const reds = found.filter((f) => redLine(standard, f.criterion));
  const gone = found.filter((f) => f.outcome === "unmet" && f.remedy === "none" && !reds.includes(f));
  return (
    <ul>
      {reds.map((f) => (
        <li key={f.id}>
          <span class="box" aria-hidden="true" />
          <strong>
            {f.outcome === "unmet" ? say("红线已成立：", "Red line holds: ") : say("红线待认定：", "Red line undecided: ")}
            {titleOf(head, standard, f.criterion)}
          </strong>
          <Situation findings={[f]} />
          <p class="how">{said(f.outcome === "unmet" ? afterwards(f.fix) : f.fix)}</p>
        </li>
      ))}
      {jobs.map((job, i) => {
        const { mine, ids, lost } = ofCase(store, job, found);
        return (
          <li key={i}>
            <span class="box" aria-hidden="true" />
            <span class={`act ${job.act}`}>{badge(job)}</span> {names.get(job)}{" "}
            <small class="ids">
              {ids}
              {lost[1] > 0 && say(`，${lostBy(job, lost)} 分`, `, ${inPoints(lostBy(job, lost))}`)}
            </small>
            <Situation findings={mine} />
            <How job={job} findings={mine} />
          </li>
        );
      })}
      {gone.map((f) => (
        <li key={f.id}>
          <span class="box" aria-hidden="true" />
          <span class="act none">{say("如实说明", "say so")}</span> {titleOf(head, standard, f.criterion)}{" "}
          <small class="ids">
            {f.criterion}
            {f.high > 0 && say(`，${points(f.high)} 分`, `, ${inPoints(points(f.high))}`)}
          </small>
          <Situation findings={[f]} />
          <p class="how">{said(f.fix)}</p>
        </li>
      ))}
    </ul>
  );
}

export function ByCase({ office, cases, findings, list }: { office: Office; cases: Cases; findings: Findings; list: Ordered }) {
  const store = useStore();
  const mine = new Map<number, Job[]>();
  const of = (row: number): Job[] => {
    const known = mine.get(row) ?? [];
    mine.set(row, known);
    return known;
  };
  for (const { row } of list.reds) of(row);
  for (const job of findings.todo) if (!isRed(store, job)) for (const row of job.cases) of(row).push(job);
  for (const lost of list.gone) for (const row of lost.rows) of(row);
  const isFirst = new Set(list.reds.map((r) => r.row));
  const sorted = [...mine].sort(([a], [b]) => Number(isFirst.has(b)) - Number(isFirst.has(a)) || a - b);
  const rows = sorted.slice(0, MOST);
  const names = labels(store, findings.todo);
  return (
    <>
      <ol class="bycase">
        {rows.map(([row, jobs]) => (
          <li key={row}>
            <h3>
              <CaseLink office={office} cases={cases} row={row} /> <small>{at(cases.fields["lawyer"], row)}</small>
            </h3>
            <Lines jobs={jobs} names={names} found={findingsOf(findings, cases, row)} rubric={at(cases.rubric, row)} />
          </li>
        ))}
      </ol>
      {sorted.length > rows.length && (
        <p class="note">
          {say(
            `只列前 ${rows.length} 件，共 ${sorted.length} 件；其余见案件页。`,
            `The first ${rows.length} of ${sorted.length} cases; the others stand on their own pages.`,
          )}
        </p>
      )}
    </>
  );
}
