// The cases of one office or of all: search, filters, order. Must not hide that there are more than it shows.
import { useMemo } from "preact/hooks";
import { at, counts } from "../data/column.ts";
import type { Office } from "../data/types.ts";
import { count, range, shortTitle } from "../format.ts";
import { asked, type Asked, matching, OPEN, plain, type Row, sorted, sorting } from "../filter.ts";
import { gradesOf } from "../grades.ts";
import { useManyCases, useStore } from "../hooks.ts";
import { LongList } from "../parts/list.tsx";
import { Empty, Grade } from "../parts/pieces.tsx";
import { caseKey, replace, to } from "../route.ts";
import { say, said, severity } from "../words.ts";

export function caseHref({ block, row }: Row): string {
  const { cases, office } = block;
  return to(["office", office.id, "case", caseKey(at(cases.case_no, row) ?? "", at(cases.stage, row), row)]);
}

function Filters({
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
          placeholder={say("案号、承办人、律所、案由", "number, lawyer, firm, cause")}
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
function Also({ q }: { q: string }) {
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

export function CaseList({ offices, path, query }: { offices: Office[]; path: string[]; query: URLSearchParams }) {
  const store = useStore();
  const grades = gradesOf(store.head);
  const office = path[0] === "cases" ? (query.get("office") ?? "") : "";
  const chosen = office ? offices.filter((o) => o.id === office) : offices;
  const { loaded, done } = useManyCases(chosen);
  const want = asked(query);
  const words = query.toString();
  const rows = useMemo(() => sorted(matching(loaded, want), want, grades.titles), [loaded.length, words, office]);
  const { types, lawyers } = useMemo(() => {
    const all = (field: string) =>
      [...new Set(loaded.flatMap(({ cases }) => [...counts(cases.fields[field], cases.n).keys()]))].filter((v): v is string => !!v).sort();
    return { types: all("case_type"), lawyers: chosen.length === 1 ? all("lawyer") : [] };
  }, [loaded.length, office]);
  const sort = sorting(want);
  const total = chosen.reduce((n, o) => n + (want.scope === "all" ? o.in_scope : o.selected), 0);
  const several = chosen.length > 1;
  const columns = [
    { id: "no", name: say("案号", "Number"), sort: "no" },
    ...(several ? [{ id: "office", name: say("机构", "Office"), sort: "office" }] : []),
    { id: "type", name: say("类型", "Type") },
    { id: "lawyer", name: say("承办人", "Lawyer"), sort: "lawyer" },
    { id: "closed", name: say("结案日", "Closed"), sort: "closed" },
    { id: "mark", name: say("得分", "Mark"), sort: "mark" },
    { id: "grade", name: say("拟定等次", "Grade"), sort: "grade" },
    { id: "found", name: say("问题", "Findings"), sort: "found" },
  ];
  const cells = (index: number) => {
    const found = rows[index];
    if (!found) return [];
    const { cases, office: mine } = found.block;
    const get = (field: string) => at(cases.fields[field], found.row) ?? "";
    const [low, high] = [at(cases.low, found.row), at(cases.high, found.row)];
    const [errors, warnings, notes] = at(cases.severity, found.row) ?? [0, 0, 0];
    const stage = at(cases.stage, found.row);
    return [
      <a href={caseHref(found)} tabIndex={-1}>
        {at(cases.case_no, found.row) || say("（无案号）", "(no number)")}
        {stage && <small>{stage}</small>}
      </a>,
      ...(several ? [mine.name] : []),
      get("case_type"),
      get("lawyer"),
      get("closed_on"),
      low === null || high === null ? "—" : range([low, high]),
      <Grade grade={at(cases.grade, found.row)} possible={at(cases.possible, found.row) ?? []} grades={grades} />,
      errors + warnings + notes === 0 ? (
        "—"
      ) : (
        <>
          {errors > 0 && (
            <span class="sev error">
              {severity("error")} {errors}
            </span>
          )}
          {warnings > 0 && (
            <span class="sev warning">
              {severity("warning")} {warnings}
            </span>
          )}
          {notes > 0 && (
            <span class="sev info">
              {severity("info")} {notes}
            </span>
          )}
        </>
      ),
    ];
  };
  const onSort = (by: string) => replace(to(path, { ...want, office, sort: sort.by === by && !sort.down ? `-${by}` : by }));
  return (
    <>
      <Filters path={path} want={want} office={office} types={types} lawyers={lawyers} />
      <Also q={want.q} />
      <p class="note" role="status">
        {done
          ? say(`${count(rows.length)} 件，共 ${count(total)} 件`, `${count(rows.length)} of ${count(total)} cases`)
          : say(
              `正在展开：已有 ${loaded.length}/${chosen.length} 个机构，${count(rows.length)} 件符合`,
              `Opening: ${loaded.length} of ${chosen.length} offices, ${count(rows.length)} cases so far`,
            )}
      </p>
      <LongList
        name={say("案件", "Cases")}
        columns={columns}
        count={rows.length}
        href={(i) => (rows[i] ? caseHref(rows[i]) : "")}
        cells={cells}
        sorted={sort}
        onSort={onSort}
        empty={done ? say("没有符合的案件。", "No case matches.") : "……"}
      />
    </>
  );
}

export function AllCases({ query }: { query: URLSearchParams }) {
  const store = useStore();
  return (
    <>
      <h1 tabIndex={-1}>{say("案件", "Cases")}</h1>
      {store.withCases.length === 0 ? (
        <Empty>{say("这一份报告里没有单个案件。", "There are no single cases in this report.")}</Empty>
      ) : (
        <CaseList offices={store.withCases} path={["cases"]} query={query} />
      )}
    </>
  );
}
