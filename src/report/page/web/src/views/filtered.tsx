// What a list is filtered by, in one line, for paper, where the fields are not printed. Must name every filter that is on.
import { type Asked, criterionOf, OPEN } from "../filter.ts";
import { shortTitle } from "../format.ts";
import { useStore } from "../hooks.ts";
import { said, say, severity } from "../words.ts";

export function Filtered({ want, office }: { want: Asked; office: string }) {
  const store = useStore();
  const [rubricId, id] = criterionOf(want.criterion);
  const rubric = store.rubrics.get(rubricId);
  const title = [...(rubric?.criteria ?? []), ...(rubric?.red_lines ?? [])].find((c) => c.id === id)?.title;
  const name = [id, said(title), store.head.rubrics.length > 1 && rubric ? shortTitle(rubric.title) : ""].filter(Boolean).join(" ");
  const filters: [string, string][] = [
    [say("机构", "office"), office && (store.offices.get(office)?.name ?? office)],
    [say("查找", "words"), want.q.trim()],
    [say("等次", "grade"), want.grade === OPEN ? say("未定", "undecided") : want.grade],
    [want.lost === "sure" ? say("确定失分的指标", "surely lost on") : say("失分或未定的指标", "lost or open on"), want.criterion && name],
    [say("问题程度", "severity"), want.severity === "open" ? say("待核/待评", "open") : want.severity && severity(want.severity)],
    [say("案件类型", "case type"), want.type],
    [say("承办人", "lawyer"), want.lawyer.trim()],
    [say("范围", "scope"), want.scope === "all" ? say("含未抽中的", "with those not selected") : ""],
  ];
  const on = filters.filter(([, value]) => value);
  if (on.length === 0) return null;
  return (
    <p class="onpaper filtered">
      {say("筛选：", "Filtered: ")}
      {on.map(([key, value]) => say(`${key}＝${value}`, `${key}: ${value}`)).join(say("；", "; "))}
    </p>
  );
}
