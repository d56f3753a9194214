// A row of a list of cases: its columns and what stands in them. Must not call a grade given that is only proposed.
import type { ComponentChildren } from "preact";
import { at } from "../data/column.ts";
import { keyOf } from "../data/keys.ts";
import type { Row } from "../filter.ts";
import { range } from "../format.ts";
import type { Grades } from "../grades.ts";
import type { ListColumn } from "../parts/list.tsx";
import { Grade } from "../parts/pieces.tsx";
import { to } from "../route.ts";
import { say, severity } from "../words.ts";

export function caseHref({ block, row }: Row): string {
  return to(["office", block.office.id, "case", keyOf(block.cases, row)]);
}

/** Of the grades of a list: none is confirmed, all are, or it must be looked up case by case. */
export type Confirmed = "none" | "all" | "some";

export function caseColumns(several: boolean, confirmed: Confirmed): ListColumn[] {
  return [
    { id: "no", name: say("案号", "Number"), sort: "no" },
    ...(several ? [{ id: "office", name: say("机构", "Office"), sort: "office" }] : []),
    { id: "type", name: say("类型", "Type") },
    { id: "lawyer", name: say("承办人", "Lawyer"), sort: "lawyer" },
    { id: "closed", name: say("结案日", "Closed"), sort: "closed" },
    { id: "mark", name: say("得分", "Mark"), sort: "mark" },
    { id: "grade", name: confirmed === "none" ? say("拟定等次", "Proposed grade") : say("等次", "Grade"), sort: "grade" },
    { id: "found", name: say("问题", "Findings"), sort: "found" },
  ];
}

function Severities({ counts }: { counts: readonly number[] }) {
  if (counts.every((n) => n === 0)) return <>—</>;
  return (
    <>
      {(["error", "warning", "info"] as const).map(
        (kind, i) =>
          (counts[i] ?? 0) > 0 && (
            <span key={kind} class={`sev ${kind}`}>
              {severity(kind)} {counts[i]}
            </span>
          ),
      )}
      {(counts[3] ?? 0) > 0 && (
        <span class="sev open" title={say("待核、待评，还不是问题", "open: no fault yet")}>
          {say(`待核 ${counts[3]}`, `open ${counts[3]}`)}
        </span>
      )}
    </>
  );
}

export function caseCells(found: Row | undefined, several: boolean, confirmed: Confirmed, grades: Grades): ComponentChildren[] {
  if (!found) return [];
  const { row } = found;
  const { cases, findings, office } = found.block;
  const get = (field: string) => at(cases.fields[field], row) ?? "";
  const [low, high] = [at(cases.low, row), at(cases.high, row)];
  const stage = at(cases.stage, row);
  const given = at(findings?.panel, row)?.confirmed;
  const possible = at(cases.possible, row) ?? [];
  const red = at(cases.red, row);
  return [
    <a href={caseHref(found)} tabIndex={-1}>
      {at(cases.case_no, row) || say("（无案号）", "(no number)")}
      {stage && <small>{stage}</small>}
    </a>,
    ...(several ? [office.name] : []),
    get("case_type"),
    get("lawyer"),
    get("closed_on"),
    low === null || high === null ? "—" : range([low, high]),
    <>
      <Grade grade={given?.grade ?? at(cases.grade, row)} possible={possible} grades={grades} />
      {confirmed === "some" && findings && !given && possible.length > 0 && (
        <small class="proposed" title={say("尚未确认", "not confirmed yet")}>
          {say("拟", "proposed")}
        </small>
      )}
    </>,
    <>
      {red && <span class={red === "holds" ? "sev error" : "sev open"}>{red === "holds" ? say("红线", "red line") : say("红线待定", "red line open")}</span>}
      <Severities counts={at(cases.severity, row) ?? []} />
    </>,
  ];
}
