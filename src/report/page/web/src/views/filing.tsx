// 归档情况: filing in figures. Must not show a share where nothing was due.
import type { Office, Rubric } from "../data/types.ts";
import { count, percent } from "../format.ts";
import { useStore } from "../hooks.ts";
import { Scroll, Section } from "../parts/pieces.tsx";
import { OrderSwitch, useRows } from "../parts/rows.tsx";
import { to } from "../route.ts";
import { say } from "../words.ts";

type Key = keyof Office["filing"];

/** What the last columns leave out: faults that only the scans show. */
function scans(rubrics: Rubric[], isPublic: boolean): string {
  const hasScans = rubrics.some((r) => r.criteria.some((c) => /^K\d/.test(c.id)));
  return say(
    `目录问题、页码问题只计卷内目录的排列次序、页码连续两项${hasScans ? `，不含扫描件检查（K 项）${isPublic ? "" : "，后者见各案"}` : ""}。`,
    `Of contents lists only their order and their page numbers are counted${hasScans ? `; checks of scans (criteria K) are not${isPublic ? "" : ", and stand in each case"}` : ""}.`,
  );
}

export function Filing({ offices: all, total: sum }: { offices: Office[]; total: Office | undefined }) {
  // The public is told of all together.
  const offices = all.filter((o) => o.filing);
  const total = sum?.filing ? sum : undefined;
  const { audience, rubrics } = useStore().head;
  const { shown, more } = useRows(offices, 30);
  const columns: [Key | "rate" | "timely", string][] = [
    ["closed", say("已结", "Closed")],
    ["due", say("应归档", "Due")],
    ["filed", say("已归档", "Filed")],
    ["in_time", say("按期", "In time")],
    ["late", say("超期", "Late")],
    ["not_due", say("未到期", "Not due")],
    ["unfiled", say("未归档", "Unfiled")],
    ["unclear", say("期限不明", "Unclear")],
    ["rate", say("归档率", "Filed, %")],
    ["timely", say("按期归档率", "In time, %")],
    ["lacking", say("缺材料", "Lacking papers")],
    ["contents", say("目录问题", "Contents list")],
    ["pages", say("页码问题", "Page numbers")],
  ];
  const value = (o: Office, key: (typeof columns)[number][0]) => {
    if (key === "rate") return percent(o.filing.filed, o.filing.due);
    if (key === "timely") return percent(o.filing.in_time, o.filing.due);
    return count(o.filing[key]);
  };
  const bad = (o: Office, key: (typeof columns)[number][0]) =>
    (key === "late" || key === "unfiled" || key === "lacking" || key === "contents" || key === "pages") && o.filing[key] > 0;
  const line = (o: Office, name: unknown) => (
    <>
      <th scope="row">{name as string}</th>
      {columns.map(([key]) => (
        <td key={key} class={bad(o, key) ? "num bad" : "num"}>
          {value(o, key)}
        </td>
      ))}
    </>
  );
  if (offices.length === 0 && !total) return null;
  return (
    <Section
      id="filing"
      title={say("归档情况", "Filing")}
      note={
        say(
          "按评查范围内的案件统计。缺材料、目录问题、页码问题为有此问题的案件数。",
          "Of the cases in scope. The last three columns count cases. ",
        ) +
        scans(rubrics, audience === "public") +
        (offices.length > 1 ? say("机构按上面的位次排列。", " Offices stand in the order of their places.") : "")
      }
    >
      <OrderSwitch n={offices.length} />
      <Scroll name={say("归档情况统计表", "Filing in figures")}>
        <table class="plain dense filing">
          <thead>
            <tr>
              <th scope="col">{say("机构", "Office")}</th>
              {columns.map(([key, name]) => (
                <th key={key} scope="col" class="num">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {offices.length > 1 && shown.map((o) => <tr key={o.id}>{line(o, <a href={to(["office", o.id])}>{o.name}</a>)}</tr>)}
            {total && <tr class="total">{line(total, offices.length > 1 ? say("合计", "All") : total.name)}</tr>}
          </tbody>
        </table>
      </Scroll>
      {more}
    </Section>
  );
}
