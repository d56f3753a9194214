// What a list of cases is asked for: the fields of its filters. Must not keep anything: all of it stands in the fragment.
import { useMemo } from "preact/hooks";
import { type Asked, OPEN } from "../filter.ts";
import { shortTitle } from "../format.ts";
import { gradesOf } from "../grades.ts";
import { useStore } from "../hooks.ts";
import { Seek } from "../parts/seek.tsx";
import { replace, to } from "../route.ts";
import { say, said, severity } from "../words.ts";

export function Filters({
  path,
  want,
  office,
  types,
  lawyers,
}: {
  path: string[];
  want: Asked;
  office: string;
  types: string[];
  lawyers: string[];
}) {
  const store = useStore();
  const grades = gradesOf(store.head);
  const all = { ...want, office };
  const set = (key: string, value: string) => {
    const next = { ...all, [key]: value };
    // Without a criterion there is nothing that could be lost for sure.
    replace(to(path, { ...next, lost: next.criterion ? next.lost : "" }));
  };
  const field = (key: keyof Asked, label: string, options: [value: string, words: string][]) => (
    <label class="field">
      <span>{label}</span>
      <select value={want[key]} onChange={(e) => set(key, e.currentTarget.value)}>
        <option value="">{say("全部", "all")}</option>
        {options.map(([value, words]) => (
          <option key={value} value={value}>
            {words}
          </option>
        ))}
      </select>
    </label>
  );
  const names = useMemo(
    () => (
      <datalist id="lawyers">
        {lawyers.map((l) => (
          <option key={l} value={l} />
        ))}
      </datalist>
    ),
    [lawyers],
  );
  const used = Object.values(want).some(Boolean) || (office && path[0] === "cases");
  return (
    <form class="filters" role="search" aria-label={say("筛选案件", "Filter cases")} onSubmit={(e) => e.preventDefault()}>
      <label class="field grow">
        <span>{say("查找", "Find")}</span>
        <Seek
          value={want.q}
          placeholder={say("案号、机构、承办人、律所、案由，问题里的字", "number, office, lawyer, firm, cause, words of findings")}
          onValue={(q) => set("q", q)}
        />
      </label>
      {path[0] === "cases" && store.withCases.length > 1 && (
        <label class="field">
          <span>{say("机构", "Office")}</span>
          <select value={office} onChange={(e) => set("office", e.currentTarget.value)}>
            <option value="">{say("全部", "all")}</option>
            {store.withCases.map((o) => (
              <option key={o.id} value={o.id}>
                {o.name}
              </option>
            ))}
          </select>
        </label>
      )}
      {field(
        "grade",
        say("等次", "Grade"),
        [...grades.titles, OPEN].map((g) => [g, g === OPEN ? say("未定", "undecided") : g]),
      )}
      <label class="field">
        <span>{say("失分或未定的指标", "Lost or open on")}</span>
        <select value={want.criterion} onChange={(e) => set("criterion", e.currentTarget.value)}>
          <option value="">{say("全部", "all")}</option>
          {store.head.rubrics.map((r) => (
            <optgroup key={r.id} label={shortTitle(r.title)}>
              {r.criteria.map((c) => (
                <option key={c.id} value={`${r.id}:${c.id}`}>
                  {c.id} {said(c.title)}
                </option>
              ))}
            </optgroup>
          ))}
          {store.head.rubrics.map(
            (r) =>
              r.red_lines.length > 0 && (
                <optgroup key={`red ${r.id}`} label={say(`红线：${shortTitle(r.title)}`, `Red lines: ${shortTitle(r.title)}`)}>
                  {r.red_lines.map((line) => (
                    <option key={line.id} value={`${r.id}:${line.id}`}>
                      {line.id} {said(line.title)}
                    </option>
                  ))}
                </optgroup>
              ),
          )}
        </select>
      </label>
      {want.criterion && (
        <label class="tickbox">
          <input type="checkbox" checked={want.lost === "sure"} onChange={(e) => set("lost", e.currentTarget.checked ? "sure" : "")} />
          {say("只看确定失分的", "surely lost only")}
        </label>
      )}
      {field(
        "severity",
        say("问题程度", "Severity"),
        [...["error", "warning", "info"].map((s): [string, string] => [s, severity(s)]), ["open", say("待核/待评", "open")]],
      )}
      {types.length > 1 &&
        field(
          "type",
          say("案件类型", "Case type"),
          types.map((t) => [t, t]),
        )}
      <label class="field">
        <span>{say("承办人", "Lawyer")}</span>
        <Seek list="lawyers" value={want.lawyer} onValue={(lawyer) => set("lawyer", lawyer)} />
        {names}
      </label>
      {used && (
        <a class="button" href={to(path)}>
          {say("清除筛选", "Clear")}
        </a>
      )}
    </form>
  );
}
