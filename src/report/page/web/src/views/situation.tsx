// In the to-do list: what is wrong in a case and where, and what is done about it. Must not cut a remedy: how it ends is what keeps it honest.
import { at } from "../data/column.ts";
import { type Finding, findingsOf } from "../data/decode.ts";
import type { Cases, Findings, Job } from "../data/types.ts";
import { useStore } from "../hooks.ts";
import { isUnnamed, ofCase } from "../jobs.ts";
import { Place } from "../parts/pieces.tsx";
import { redLine } from "../red.ts";
import { say, said } from "../words.ts";
import { condition } from "./findings.tsx";

/** Places shown of a finding. */
const PLACES = 2;

/** A line a finding: 情况：…；出处：…. */
export function Situation({ findings }: { findings: Finding[] }) {
  return (
    <>
      {findings.map(({ id, message, places }) => (
        <p class="situation" key={id}>
          {say("情况：", "What: ")}
          {said(message)}
          {places.length > 0 && (
            <>
              {say("；出处：", "; where: ")}
              {places.slice(0, PLACES).map((place, i) => (
                <>
                  {i > 0 && say("、", ", ")}
                  <Place place={place} />
                </>
              ))}
              {places.length > PLACES && say(` 等 ${places.length} 处`, ` and ${places.length - PLACES} more`)}
            </>
          )}
        </p>
      ))}
    </>
  );
}

/** What to do about a job, whole; findings are those that it is about. */
export function How({ job, findings }: { job: Job; findings: Finding[] }) {
  const rubric = useStore().rubrics.get(job.rubric ?? "");
  const isHuman = (f: Finding): boolean => rubric?.criteria.find((c) => c.id === f.criterion)?.human ?? false;
  const own = isUnnamed(job)
    ? findings.map((f) => said(f.fix) && condition(f, isHuman(f), redLine(rubric, f.criterion) !== undefined) + said(f.fix))
    : [];
  const told = [...new Set(own.filter(Boolean))];
  return (
    <>
      {(told.length > 0 ? told : [said(job.fix)]).map((words) => (
        <p class="how" key={words}>
          {words}
        </p>
      ))}
    </>
  );
}

/** How, for all cases of a job: where it must be told by the findings, each remedy once. */
export function HowOfAll({ job, cases, findings }: { job: Job; cases: Cases; findings: Findings }) {
  const store = useStore();
  const rows = isUnnamed(job) ? job.cases.filter((row) => at(cases.rubric, row) === job.rubric || job.rubric === null) : [];
  return <How job={job} findings={rows.flatMap((row) => ofCase(store, job, findingsOf(findings, cases, row)).mine)} />;
}
