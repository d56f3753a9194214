// The to-do list of an office (待办清单): by job, the most points first, or case by case; made to be printed and ticked off.
// Must not suggest making, signing or dating a paper of the past.
import { at } from "../data/column.ts";
import { keyOf } from "../data/keys.ts";
import type { Cases, Findings, Job, Office } from "../data/types.ts";
import { count, range } from "../format.ts";
import { useCases, useFindings } from "../hooks.ts";
import { Empty, Scroll, Waiting } from "../parts/pieces.tsx";
import { to } from "../route.ts";
import { Nearest } from "./nearest.tsx";
import { act, bracketed, noBackdating, say, said } from "../words.ts";

function CaseLink({ office, cases, row }: { office: Office; cases: Cases; row: number }) {
  const no = at(cases.case_no, row) ?? "";
  const stage = at(cases.stage, row);
  return (
    <a class="caselink" href={to(["office", office.id, "case", keyOf(cases, row)])}>
      {no || say("（机构本身）", "(the office)")}
      {stage ? bracketed(stage) : ""}
    </a>
  );
}

function JobLine({ job, office, cases }: { job: Job; office: Office; cases: Cases }) {
  const shown = job.cases.slice(0, 40);
  return (
    <tr>
      <td class="tick" aria-hidden="true">
        <span />
      </td>
      <td>
        <span class={`act ${job.act}`}>{act(job.act)}</span>
      </td>
      <td>
        <strong>{said(job.what)}</strong>
        <p class="how">{said(job.fix)}</p>
        <p class="in">
          {shown.map((row) => (
            <CaseLink key={row} office={office} cases={cases} row={row} />
          ))}
          {job.cases.length > shown.length && (
            <a
              href={to(
                ["office", office.id, "cases"],
                job.rubric && job.criteria[0] ? { criterion: `${job.rubric}:${job.criteria[0]}` } : {},
              )}
            >
              {say(`等 ${job.cases.length} 件`, `and ${job.cases.length - shown.length} more`)}
            </a>
          )}
        </p>
      </td>
      <td class="num">{count(job.cases.length)}</td>
      <td class="num">{range(job.lost)}</td>
    </tr>
  );
}

function ByJob({ office, cases, findings }: { office: Office; cases: Cases; findings: Findings }) {
  return (
    <table class="plain todo">
      <thead>
        <tr>
          <th scope="col" class="tick">
            <span class="hidden">{say("办结打勾", "Tick")}</span>
          </th>
          <th scope="col">{say("做法", "Act")}</th>
          <th scope="col">{say("事项、办法和案件", "What, how, and in which cases")}</th>
          <th scope="col" class="num">
            {say("件数", "Cases")}
          </th>
          <th scope="col" class="num">
            {say("涉及分数", "Points")}
          </th>
        </tr>
      </thead>
      <tbody>
        {findings.todo.map((job, i) => (
          <JobLine key={i} job={job} office={office} cases={cases} />
        ))}
      </tbody>
    </table>
  );
}

function ByCase({ office, cases, findings }: { office: Office; cases: Cases; findings: Findings }) {
  const jobs = new Map<number, Job[]>();
  for (const job of findings.todo) for (const row of job.cases) jobs.set(row, [...(jobs.get(row) ?? []), job]);
  const rows = [...jobs].sort((a, b) => a[0] - b[0]).slice(0, 500);
  return (
    <>
      <ol class="bycase">
        {rows.map(([row, mine]) => (
          <li key={row}>
            <h3>
              <CaseLink office={office} cases={cases} row={row} /> <small>{at(cases.fields["lawyer"], row)}</small>
            </h3>
            <ul>
              {mine.map((job, i) => (
                <li key={i}>
                  <span class="box" aria-hidden="true" />
                  <span class={`act ${job.act}`}>{act(job.act)}</span> {said(job.what)}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
      {jobs.size > rows.length && (
        <p class="note">
          {say(
            `只列前 ${rows.length} 件，共 ${jobs.size} 件；其余见案件页。`,
            `The first ${rows.length} of ${jobs.size} cases; the others stand on their own pages.`,
          )}
        </p>
      )}
    </>
  );
}

export function Todo({ office, query }: { office: Office; query: URLSearchParams }) {
  const cases = useCases(office.id);
  const findings = useFindings(office.id);
  if (!cases.data || !findings.data) return <Waiting failed={cases.failed ?? findings.failed} what={say("待办清单", "the to-do list")} />;
  const byCase = query.get("by") === "case";
  const sum = (kind: Job["act"]) =>
    findings.data?.todo
      .filter((j) => j.act === kind)
      .reduce(([a, b], j) => [a + j.lost[0], b + j.lost[1]] as [number, number], [0, 0] as [number, number]);
  const path = ["office", office.id, "todo"];
  return (
    <>
      <p class="notice strict">{noBackdating()}</p>
      {findings.data.todo.length === 0 ? (
        <Empty>{say("没有可办的事项。", "There is nothing to do.")}</Empty>
      ) : (
        <>
          <dl class="figures small">
            {(["complete", "explain", "verify"] as const).map((kind) => (
              <div class="figure" key={kind}>
                <dt>{act(kind)}</dt>
                <dd>
                  <strong>{range(sum(kind))}</strong>
                  <small>
                    {say("分", "points")}
                    {kind === "verify" && say("（查实前不算失分）", " (not lost until verified)")}
                  </small>
                </dd>
              </div>
            ))}
          </dl>
          <Nearest office={office} cases={cases.data} findings={findings.data} />
          <div class="switch noprint">
            <a href={to(path)} aria-current={byCase ? undefined : "true"}>
              {say("按事项", "By job")}
            </a>
            <a href={to(path, { by: "case" })} aria-current={byCase ? "true" : undefined}>
              {say("按案件", "By case")}
            </a>
            <button type="button" onClick={() => window.print()}>
              {say("打印", "Print")}
            </button>
          </div>
          {byCase ? (
            <ByCase office={office} cases={cases.data} findings={findings.data} />
          ) : (
            <Scroll name={say("待办清单", "To do")}>
              <ByJob office={office} cases={cases.data} findings={findings.data} />
            </Scroll>
          )}
        </>
      )}
    </>
  );
}
