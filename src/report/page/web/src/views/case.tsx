// One case: its mark addend by addend, its findings with places, basis and remedy, what would lift it. Must not judge anything anew.
import { useLayoutEffect } from "preact/hooks";
import { at } from "../data/column.ts";
import { findingsOf, resultsOf, reviewsOf } from "../data/decode.ts";
import { keyOf, rowOf } from "../data/keys.ts";
import type { Cases, Office } from "../data/types.ts";
import { shortTitle } from "../format.ts";
import { gradesOf } from "../grades.ts";
import { useCases, useFindings, useStore } from "../hooks.ts";
import { Crumbs, Empty, Section, Waiting } from "../parts/pieces.tsx";
import { redLines } from "../red.ts";
import { to } from "../route.ts";
import { say, said, state, subject } from "../words.ts";
import { FindingList } from "./findings.tsx";
import { LiftView } from "./lift.tsx";
import { PanelView, Reviews } from "./opinions.tsx";
import { Sum } from "./sum.tsx";
import { Verdict } from "./verdict.tsx";

/** Fields in the order in which a case goes; others stand behind. */
const ORDER = "case_type cause recipient_group channel stage lawyer firm applied_on decided_on assigned_on closed_on filed_on".split(" ");

function Facts({ cases, row }: { cases: Cases; row: number }) {
  const { head } = useStore();
  const place = (id: string) => (ORDER.includes(id) ? ORDER.indexOf(id) : ORDER.length);
  const fields = Object.entries(cases.fields).sort(([a], [b]) => place(a) - place(b));
  const facts = fields.flatMap(([id, column]) => {
    const value = at(column, row);
    return value ? [[head.titles[`field:${id}`] ?? id, value] as const] : [];
  });
  if (facts.length === 0) return null;
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Neighbours({ office, cases, row }: { office: Office; cases: Cases; row: number }) {
  const link = (other: number) => to(["office", office.id, "case", keyOf(cases, other)]);
  return (
    <nav class="neighbours noprint" aria-label={say("前后案件", "Neighbouring cases")}>
      {row > 0 ? (
        <a href={link(row - 1)} rel="prev">
          {say("← 上一件", "← previous")}
        </a>
      ) : (
        <span />
      )}
      <span>
        {row + 1}/{cases.n}
      </span>
      {row + 1 < cases.n ? (
        <a href={link(row + 1)} rel="next">
          {say("下一件 →", "next →")}
        </a>
      ) : (
        <span />
      )}
    </nav>
  );
}

export function CasePage({ office, caseId, focus }: { office: Office; caseId: string; focus: string | null }) {
  const store = useStore();
  const grades = gradesOf(store.head);
  const { data: cases, failed } = useCases(store.head.blocks[office.id] ? office.id : null);
  const { data: all, failed: failedToo } = useFindings(store.head.blocks[office.id] ? office.id : null);
  const row = cases ? rowOf(cases, caseId) : -1;
  useLayoutEffect(() => {
    if (!focus || !all) return;
    const target = document.getElementById(`f-${focus}`);
    target?.scrollIntoView({ block: "center" });
    target?.focus({ preventScroll: true });
  }, [focus, all, caseId]);
  const no = cases && row >= 0 ? at(cases.case_no, row) || subject(at(cases.subject, row)) : caseId;
  const crumbs = (
    <Crumbs
      steps={[
        [say("总览", "Overview"), to([])],
        [office.name, to(["office", office.id])],
        [say("案件", "Cases"), to(["office", office.id, "cases"])],
        [no, null],
      ]}
    />
  );
  if (!store.head.blocks[office.id])
    return (
      <>
        {crumbs}
        <h1 tabIndex={-1}>{no}</h1>
        <Empty>{say("这一份报告里没有单个案件。", "There are no single cases in this report.")}</Empty>
      </>
    );
  if (!cases || !all)
    return (
      <>
        {crumbs}
        <h1 tabIndex={-1}>{no}</h1>
        <Waiting failed={failed ?? failedToo} what={say("案件", "the case")} />
      </>
    );
  if (row < 0)
    return (
      <>
        {crumbs}
        <h1 tabIndex={-1}>{caseId}</h1>
        <Empty>{say("这个机构没有这个案号的案件。", "This office has no case of this number.")}</Empty>
      </>
    );

  const rubric = store.rubrics.get(at(cases.rubric, row) ?? "");
  const findings = findingsOf(all, cases, row);
  const results = resultsOf(cases, row);
  const [low, high, total] = [at(cases.low, row), at(cases.high, row), at(cases.total, row)];
  const panel = at(all.panel, row);
  const lift = at(all.lift, row);
  const documents = Object.entries(all.documents).flatMap(([id, column]) => {
    const has = at(column, row);
    return has ? [{ id, state: has[0], count: has[1] }] : [];
  });
  const isSelected = at(cases.scope, row) === "selected";
  const stage = at(cases.stage, row);
  const confirmed = panel?.confirmed;
  const reds = redLines(rubric, findings);
  return (
    <>
      {crumbs}
      <h1 tabIndex={-1} data-paper={say(`（${office.name}）`, ` (${office.name})`)}>
        {no}
        {stage && <small>{stage}</small>}
      </h1>
      {isSelected && (
        <Verdict
          marks={low !== null && high !== null ? [low, high] : null}
          total={total}
          grade={at(cases.grade, row)}
          possible={at(cases.possible, row) ?? []}
          superset={at(cases.superset, row) ?? false}
          confirmed={confirmed}
          rubric={rubric}
          reds={reds}
          grades={grades}
        />
      )}
      {rubric && (
        <p class="note">
          <a href={to(["standard", rubric.id])}>
            {shortTitle(rubric.title)} {rubric.version}
          </a>
        </p>
      )}
      {!isSelected && (
        <p class="notice">{say("这一件在评查范围内，但没有抽中，没有评分。", "In scope but not selected, so not graded.")}</p>
      )}
      <Facts cases={cases} row={row} />
      {findings.length > 0 ? (
        <FindingList findings={findings} rubric={rubric} office={office} caseId={caseId} />
      ) : (
        isSelected && (
          <Section id="findings" title={say("问题", "Findings")}>
            <Empty>{say("没有发现问题。", "Nothing was found.")}</Empty>
          </Section>
        )
      )}
      {results.length > 0 && rubric && (
        <Sum
          rubric={rubric}
          results={results}
          low={low}
          high={high}
          total={total}
          exact={at(cases.exact, row)}
          findings={findings}
          path={["office", office.id, "case", caseId]}
          several={panel !== null && panel.how !== "single"}
        />
      )}
      {lift && (
        <LiftView
          lift={lift}
          findings={findings}
          rubric={rubric}
          reds={reds}
          marks={low !== null && high !== null ? [low, high] : null}
          settled={Boolean(confirmed)}
          grades={grades}
        />
      )}
      {panel && <PanelView panel={panel} rubric={rubric} grades={grades} />}
      <Reviews reviews={reviewsOf(all, cases, row)} rubric={rubric} />
      {documents.length > 0 && (
        <Section id="documents" title={say("卷内材料", "Documents")}>
          <ul class="documents">
            {documents.map((d) => (
              <li key={d.id} class={d.state}>
                <span>{store.head.titles[`document:${d.id}`] ?? d.id}</span>
                <small>
                  {d.state === "present" ? (d.count > 1 ? say(`${d.count} 份`, `${d.count}`) : state(d.state)) : state(d.state)}
                </small>
              </li>
            ))}
          </ul>
        </Section>
      )}
      <Neighbours office={office} cases={cases} row={row} />
      <p class="hidden">{said({ zh: "按 Esc 回到案件列表", en: "Esc goes back to the list of cases" })}</p>
    </>
  );
}
