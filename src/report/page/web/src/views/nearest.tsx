// The cases that the fewest fixes lift (补正几处就能升等), those where papers that exist suffice. Must not promise what is only hoped for.
import { at } from "../data/column.ts";
import { keyOf } from "../data/keys.ts";
import type { Cases, Findings, Office } from "../data/types.ts";
import { cases as inCases, range } from "../format.ts";
import { gradesOf } from "../grades.ts";
import { useStore } from "../hooks.ts";
import { Grade, Section, useSome } from "../parts/pieces.tsx";
import { to } from "../route.ts";
import { needsConsent } from "./lift.tsx";
import { listed, say } from "../words.ts";

export function Nearest({ office, cases, findings }: { office: Office; cases: Cases; findings: Findings }) {
  const grades = gradesOf(useStore().head);
  const all = [];
  for (let row = 0; row < cases.n; row += 1) {
    const set = at(findings.lift, row)?.sure;
    const isSettled = Boolean(at(findings.panel, row)?.confirmed);
    if (set && set.fixes > 0 && !isSettled && !set.todo.some(needsConsent)) all.push({ row, set });
  }
  all.sort((a, b) => a.set.fixes - b.set.fixes || (b.set.gain?.[0] ?? 0) - (a.set.gain?.[0] ?? 0) || a.row - b.row);
  const { shown, more } = useSome(all, 8);
  if (all.length === 0) return null;
  return (
    <Section
      id="nearest"
      title={say(`补正后确定能升等的 ${all.length} 件`, `${inCases(all.length)} that fixes surely lift`)}
      note={say(
        "只计补齐原有材料就够的，处数少的在前；须评估专家认可的说明不计在内。办法见下面的清单和各案页面。",
        "Only where completing papers suffices, the fewest first; explanations that reviewers must accept are not counted. How: see below.",
      )}
    >
      <table class="plain nearest">
        <thead>
          <tr>
            <th scope="col">{say("案件", "Case")}</th>
            <th scope="col">{say("现在", "Now")}</th>
            <th scope="col">{say("补正后", "Then")}</th>
            <th scope="col" class="num">
              {say("处数", "Fixes")}
            </th>
            <th scope="col" class="num">
              {say("得分到", "Mark then")}
            </th>
            <th scope="col">{say("指标", "Criteria")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ row, set }) => {
            const no = at(cases.case_no, row) ?? "";
            const [worst, best] = set.grades;
            return (
              <tr key={row}>
                <th scope="row">
                  <a href={to(["office", office.id, "case", keyOf(cases, row)])}>{no}</a>
                </th>
                <td>
                  <Grade grade={at(cases.grade, row)} possible={at(cases.possible, row) ?? []} grades={grades} />
                </td>
                <td>
                  <Grade grade={worst === best ? best : null} possible={[best, worst]} grades={grades} />
                </td>
                <td class="num">{set.fixes}</td>
                <td class="num">{set.marks ? range(set.marks) : "—"}</td>
                <td>{listed(set.todo.map(([criterion]) => criterion))}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
      {more}
    </Section>
  );
}
