// The cases of one office or of all: search, filters, order. Must not hide that there are more than it shows.
import { useMemo } from "preact/hooks";
import { at, counts } from "../data/column.ts";
import type { Office } from "../data/types.ts";
import { count, range } from "../format.ts";
import { asked, matching, type Row, sorted, sorting } from "../filter.ts";
import { gradesOf } from "../grades.ts";
import { useManyCases, useStore } from "../hooks.ts";
import { LongList } from "../parts/list.tsx";
import { Empty, Grade } from "../parts/pieces.tsx";
import { caseKey, replace, to } from "../route.ts";
import { say, severity } from "../words.ts";
import { Also, Filters } from "./filters.tsx";
import { HitList, HitNote, useHits } from "./hits.tsx";

export function caseHref({ block, row }: Row): string {
  const { cases, office } = block;
  return to(["office", office.id, "case", caseKey(at(cases.case_no, row) ?? "", at(cases.stage, row), row)]);
}

export function CaseList({ offices, path, query }: { offices: Office[]; path: string[]; query: URLSearchParams }) {
  const store = useStore();
  const grades = gradesOf(store.head);
  const office = path[0] === "cases" ? (query.get("office") ?? "") : "";
  const chosen = office ? offices.filter((o) => o.id === office) : offices;
  const { loaded, done } = useManyCases(chosen);
  const want = asked(query);
  const hits = useHits(chosen, want);
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
      <HitNote hits={hits} />
      <LongList
        name={say("案件", "Cases")}
        columns={columns}
        count={rows.length}
        href={(i) => (rows[i] ? caseHref(rows[i]) : "")}
        cells={cells}
        sorted={sort}
        onSort={onSort}
        empty={
          !done
            ? "……"
            : hits
              ? say("没有案号、承办人、律所或案由符合的案件。", "No number, lawyer, firm or cause matches.")
              : say("没有符合的案件。", "No case matches.")
        }
      />
      <HitList hits={hits} path={path} query={{ ...want, office }} />
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
