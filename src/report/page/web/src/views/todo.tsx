// The to-do list of an office (待办清单): red lines first, then by job or case by case; made to be printed and ticked off.
// Must not suggest making, signing or dating a paper of the past, and must not sell lost points as points to be won.
import type { Job, Office, Range } from "../data/types.ts";
import { range } from "../format.ts";
import { useCases, useFindings, useStore } from "../hooks.ts";
import { isRed, ordered } from "../jobs.ts";
import { Empty, Scroll, Waiting } from "../parts/pieces.tsx";
import { to } from "../route.ts";
import { act, noBackdating, say } from "../words.ts";
import { ByCase } from "./bycase.tsx";
import { ByJob, inPoints, OneJob } from "./jobs.tsx";
import { Nearest } from "./nearest.tsx";
import { RedList } from "./redlist.tsx";

const sum = (all: { lost: Range }[]): Range => all.reduce<Range>(([a, b], { lost }) => [a + lost[0], b + lost[1]], [0, 0]);

function Sums({ jobs, gone }: { jobs: Job[]; gone: { lost: Range }[] }) {
  const of = (kind: Job["act"]) => sum(jobs.filter((j) => j.act === kind));
  const note = say("各案相加，不是可加的分", "summed over cases, not points to be won");
  const figures: [string, Range, string][] = [
    [say("补齐（含更正）", "complete or correct"), of("complete"), note],
    [act("explain"), of("explain"), note],
    [act("verify"), of("verify"), say("查实前不算失分", "not lost until verified")],
    [say("不可补正", "Cannot be mended"), sum(gone), note],
  ];
  return (
    <dl class="figures small">
      {figures
        .filter(([, points]) => points[1] > 0)
        .map(([name, points, words]) => (
          <div class="figure" key={name}>
            <dt>{name}</dt>
            <dd>
              <strong>
                {name === act("verify")
                  ? say(`待核 ${range(points)} 分`, `${inPoints(range(points))} open`)
                  : say(`涉及已失 ${range(points)} 分`, `${inPoints(range(points))} lost`)}
              </strong>
              <small>{say(`（${words}）`, `(${words})`)}</small>
            </dd>
          </div>
        ))}
    </dl>
  );
}

/** What is filled in by hand on paper. */
function ToFill() {
  return (
    <p class="onpaper fill">
      {[say("打印日期", "Printed on"), say("办理人", "By"), say("完成日期", "Done on")].map((name) => (
        <span key={name}>{name}＿＿＿＿＿＿＿＿</span>
      ))}
    </p>
  );
}

export function Todo({ office, query }: { office: Office; query: URLSearchParams }) {
  const store = useStore();
  const { data: cases, failed } = useCases(office.id);
  const { data: findings, failed: failedToo } = useFindings(office.id);
  if (!cases || !findings) return <Waiting failed={failed ?? failedToo} what={say("待办清单", "the to-do list")} />;
  const byCase = query.get("by") === "case";
  const path = ["office", office.id, "todo"];
  const list = ordered(store, cases, findings);
  const at = Number(query.get("job") ?? 0) - 1;
  const one = findings.todo[at];
  const isEmpty = list.reds.length + list.own.length + list.marked.length + list.gone.length === 0;
  return (
    <>
      <ToFill />
      <p class="notice strict">{noBackdating()}</p>
      {one ? (
        <OneJob office={office} cases={cases} findings={findings} task={{ job: one, at }} />
      ) : isEmpty ? (
        <Empty>{say("没有可办的事项。", "There is nothing to do.")}</Empty>
      ) : (
        <>
          <RedList office={office} cases={cases} reds={list.reds} />
          <Sums jobs={findings.todo.filter((j) => !isRed(store, j))} gone={list.gone} />
          <Nearest office={office} cases={cases} findings={findings} />
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
            <ByCase office={office} cases={cases} findings={findings} list={list} />
          ) : (
            <Scroll name={say("待办清单", "To do")}>
              <ByJob office={office} cases={cases} findings={findings} list={list} />
            </Scroll>
          )}
        </>
      )}
    </>
  );
}
