// The to-do list by job: what the office completes, what reviewers marked, what cannot be mended. Must not call open points lost.
import { at } from "../data/column.ts";
import { findingsOf } from "../data/decode.ts";
import type { Cases, Findings, Job, Office, Range } from "../data/types.ts";
import { cases as inCases, count, range } from "../format.ts";
import { useStore } from "../hooks.ts";
import { badge, head, kindOf, labels, type Lost, ofCase, type Ordered, type Task } from "../jobs.ts";
import { keyOf } from "../data/keys.ts";
import { to } from "../route.ts";
import { bracketed, listed, say, said } from "../words.ts";
import { titleOf } from "./findings.tsx";
import { HowOfAll, Situation } from "./situation.tsx";

export function CaseLink({ office, cases, row }: { office: Office; cases: Cases; row: number }) {
  const no = at(cases.case_no, row) ?? "";
  const stage = at(cases.stage, row);
  return (
    <a class="caselink" href={to(["office", office.id, "case", keyOf(cases, row)])}>
      {no || say("（机构本身）", "(the office)")}
      {stage ? bracketed(stage) : ""}
    </a>
  );
}

/** So many points, in English. */
export const inPoints = (n: string): string => (/(^| )1$/.test(n) ? `${n} point` : `${n} points`);

/** Points of a job; what is open is not lost. */
export function lostBy(job: Pick<Job, "act">, lost: Range): string {
  if (lost[1] === 0) return "—";
  return job.act === "verify" ? say(`待核 ${range(lost)}`, `open ${range(lost)}`) : range(lost);
}

function In({ office, cases, rows, more }: { office: Office; cases: Cases; rows: number[]; more?: string }) {
  const shown = more && rows.length > 43 ? rows.slice(0, 40) : rows;
  return (
    <p class="in">
      {shown.map((row) => (
        <CaseLink key={row} office={office} cases={cases} row={row} />
      ))}
      {rows.length > shown.length && <a href={more}>{say(`全部 ${rows.length} 件`, `all ${rows.length} cases`)}</a>}
    </p>
  );
}

type LineProps = { task: Task; label: string; office: Office; cases: Cases; findings: Findings };

function JobLine({ task, label, office, cases, findings }: LineProps) {
  const { job } = task;
  const all = to(["office", office.id, "todo"], { job: String(task.at + 1) });
  return (
    <tr>
      <td class="tick" aria-hidden="true">
        <span />
      </td>
      <td>
        <span class={`act ${job.act}`}>{badge(job)}</span>
        <strong>{label}</strong> <small class="ids">{listed(job.criteria)}</small>
        <HowOfAll job={job} cases={cases} findings={findings} />
        <In office={office} cases={cases} rows={job.cases} more={all} />
      </td>
      <td class="num">
        <a href={all}>{count(job.cases.length)}</a>
      </td>
      <td class="num">{lostBy(job, job.lost)}</td>
    </tr>
  );
}

function GoneLine({ lost, office, cases }: { lost: Lost; office: Office; cases: Cases }) {
  const { head, rubrics } = useStore();
  const shown = lost.rows.slice(0, 40);
  return (
    <tr>
      <td class="tick" aria-hidden="true">
        <span />
      </td>
      <td>
        <span class="act none">{say("如实说明", "say so")}</span>
        <strong>{titleOf(head, rubrics.get(lost.rubric ?? ""), lost.criterion)}</strong> <small class="ids">{lost.criterion}</small>
        <p class="how">{said(lost.fix)}</p>
        <In office={office} cases={cases} rows={shown} />
        {lost.rows.length > shown.length && (
          <details>
            <summary>{say(`其余 ${lost.rows.length - shown.length} 件`, `${lost.rows.length - shown.length} more`)}</summary>
            <In office={office} cases={cases} rows={lost.rows.slice(shown.length)} />
          </details>
        )}
      </td>
      <td class="num">{count(lost.rows.length)}</td>
      <td class="num">{lost.lost[1] > 0 ? range(lost.lost) : "—"}</td>
    </tr>
  );
}

export function ByJob({ office, cases, findings, list }: { office: Office; cases: Cases; findings: Findings; list: Ordered }) {
  const store = useStore();
  const names = labels(
    store,
    [...list.own, ...list.marked].map((t) => t.job),
  );
  const gone = list.gone.map((lost, i) => <GoneLine key={i} lost={lost} office={office} cases={cases} />);
  const line = (task: Task) => (
    <JobLine key={task.at} task={task} label={names.get(task.job) ?? ""} office={office} cases={cases} findings={findings} />
  );
  const parts = [
    { title: say("登记和卷内材料", "Records and papers"), rows: list.own.map(line) },
    {
      title: say("评估专家评分项（说明不改变已评分数）", "Marked by reviewers (an explanation does not change the mark)"),
      rows: list.marked.map(line),
    },
    { title: say("不可补正（如实说明）", "Cannot be mended (say so)"), rows: gone },
  ].filter((p) => p.rows.length > 0);
  return (
    <table class="plain todo">
      <thead>
        <tr>
          <th scope="col" class="tick">
            <span class="hidden">{say("办结打勾", "Tick")}</span>
          </th>
          <th scope="col">{say("做法、事项、办法和案件", "What to do, how, and in which cases")}</th>
          <th scope="col" class="num">
            {say("件数", "Cases")}
          </th>
          <th scope="col" class="num">
            {say("已失分数", "Points lost")}
          </th>
        </tr>
      </thead>
      {parts.map(({ title, rows }, i) => (
        <tbody key={title}>
          <tr class="part">
            <th scope="rowgroup" colSpan={4}>
              {say("一二三"[i] ?? "", String(i + 1))}
              {say("、", ". ")}
              {title}
            </th>
          </tr>
          {rows}
        </tbody>
      ))}
    </table>
  );
}

/** One job with every case of it, as its link names it. */
export function OneJob({ office, cases, findings, task }: { office: Office; cases: Cases; findings: Findings; task: Task }) {
  const store = useStore();
  const { job } = task;
  const kind = job.cases.every((row) => at(cases.rubric, row) === job.rubric) ? kindOf(store, job.rubric) : "";
  return (
    <>
      <p class="noprint">
        <a href={to(["office", office.id, "todo"])}>{say("← 全部事项", "← all jobs")}</a>
      </p>
      <h2>
        <span class={`act ${job.act}`}>{badge(job)}</span>
        {head(job)} {kind && <small>{bracketed(kind)}</small>}
      </h2>
      <HowOfAll job={job} cases={cases} findings={findings} />
      <p class="note" role="status">
        {inCases(job.cases.length)}
        {job.lost[1] > 0 &&
          say(
            job.act === "verify" ? `，待核 ${range(job.lost)} 分` : `，已失 ${range(job.lost)} 分（各案相加）`,
            `, ${job.act === "verify" ? "open" : "lost"}: ${inPoints(range(job.lost))}`,
          )}
      </p>
      <ul class="onejob">
        {job.cases.map((row) => (
          <li key={row}>
            <span class="box" aria-hidden="true" />
            <CaseLink office={office} cases={cases} row={row} /> <small>{at(cases.fields["lawyer"], row)}</small>
            <Situation findings={ofCase(store, job, findingsOf(findings, cases, row)).mine} />
          </li>
        ))}
      </ul>
    </>
  );
}
