// What a list of cases is asked for: the fields of its filters, and what else a search means. Must not keep anything: all of it stands in the
// fragment.
import { type Asked, OPEN } from "../filter.ts";
import { shortTitle } from "../format.ts";
import { gradesOf } from "../grades.ts";
import { useStore } from "../hooks.ts";
import { plain } from "../plain.ts";
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
  const set = (key: string, value: string) => replace(to(path, { ...all, [key]: value }));
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
  const used = Object.values(want).some(Boolean) || (office && path[0] === "cases");
  return (
    <form class="filters" role="search" aria-label={say("筛选案件", "Filter cases")} onSubmit={(e) => e.preventDefault()}>
      <label class="field grow">
        <span>{say("查找", "Find")}</span>
        <input
          type="search"
          value={want.q}
          placeholder={say("案号、承办人、律所、案由，问题里的字", "number, lawyer, firm, cause, words of findings")}
          onInput={(e) => set("q", e.currentTarget.value)}
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
        <span>{say("失分指标", "Lost on")}</span>
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
        </select>
      </label>
      {field(
        "severity",
        say("问题程度", "Severity"),
        ["error", "warning", "info"].map((s) => [s, severity(s)]),
      )}
      {types.length > 1 &&
        field(
          "type",
          say("案件类型", "Case type"),
          types.map((t) => [t, t]),
        )}
      <label class="field">
        <span>{say("承办人", "Lawyer")}</span>
        <input type="search" list="lawyers" value={want.lawyer} onInput={(e) => set("lawyer", e.currentTarget.value)} />
        <datalist id="lawyers">
          {lawyers.map((l) => (
            <option key={l} value={l} />
          ))}
        </datalist>
      </label>
      {used && (
        <a class="button" href={to(path)}>
          {say("清除筛选", "Clear")}
        </a>
      )}
    </form>
  );
}

/** Offices and criteria that a search also means. */
export function Also({ q }: { q: string }) {
  const store = useStore();
  const words = plain(q);
  if (!words) return null;
  const offices = store.head.offices.filter((o) => plain(o.name).includes(words)).slice(0, 8);
  const criteria = store.head.rubrics
    .flatMap((r) => r.criteria.filter((c) => plain(`${c.id}${c.title.zh}${c.title.en}`).includes(words)).map((c) => ({ r, c })))
    .slice(0, 8);
  if (offices.length + criteria.length === 0) return null;
  return (
    <p class="also">
      {offices.length > 0 && (
        <>
          {say("机构：", "Offices: ")}
          {offices.map((o) => (
            <a key={o.id} href={to(["office", o.id])}>
              {o.name}
            </a>
          ))}
        </>
      )}
      {criteria.length > 0 && (
        <>
          {say("指标：", "Criteria: ")}
          {criteria.map(({ r, c }) => (
            <a key={`${r.id}${c.id}`} href={to(["criterion", r.id, c.id])}>
              {c.id} {said(c.title)}
            </a>
          ))}
        </>
      )}
    </p>
  );
}
