// The cases of one office or of all: search, filters, order. Must not hide that there are more than it shows.
import { useMemo } from "preact/hooks";
import { counts } from "../data/column.ts";
import type { Head, Office } from "../data/types.ts";
import { count } from "../format.ts";
import { asked, matching, needsFindings, sorted, sorting } from "../filter.ts";
import { gradesOf } from "../grades.ts";
import { useManyCases, useStore } from "../hooks.ts";
import { LongList } from "../parts/list.tsx";
import { Empty } from "../parts/pieces.tsx";
import { replace, to } from "../route.ts";
import { few, say } from "../words.ts";
import { Also, NoCase, OnMeant } from "./also.tsx";
import { type Confirmed, caseCells, caseColumns, caseHref } from "./caserow.tsx";
import { Filters } from "./filters.tsx";
import { Filtered } from "./filtered.tsx";
import { HitList, HitNote, sum, useHits } from "./hits.tsx";

/** What the head tells of confirmations; a page for one office has no sums of the panel, so its cases are looked at. */
function confirmedOf({ panel, audience, offices }: Head): Confirmed {
  if (!panel) return audience === "feedback" ? "some" : "none";
  if (panel.confirmed === 0) return "none";
  return panel.confirmed >= offices.reduce((n, o) => n + o.selected, 0) ? "all" : "some";
}

export function CaseList({ offices, path, query }: { offices: Office[]; path: string[]; query: URLSearchParams }) {
  const store = useStore();
  const grades = gradesOf(store.head);
  const office = path[0] === "cases" ? (query.get("office") ?? "") : "";
  const chosen = office ? offices.filter((o) => o.id === office) : offices;
  const want = asked(query);
  const told = confirmedOf(store.head);
  const { loaded, failed, done } = useManyCases(chosen, told === "some" || needsFindings(want, store.rubrics));
  const confirmed = told === "some" && done && !loaded.some((l) => l.findings?.panel) ? "none" : told;
  const hits = useHits(chosen, want);
  // What has arrived, by name: as many of another office are not the same.
  const arrived = loaded.map((l) => `${l.office.id}${l.findings ? "+" : ""}`).join("\n");
  const words = query.toString();
  const rows = useMemo(() => sorted(matching(loaded, want), want, grades.titles), [arrived, words]);
  const { types, lawyers } = useMemo(() => {
    const all = (field: string) =>
      [...new Set(loaded.flatMap(({ cases }) => [...counts(cases.fields[field], cases.n).keys()]))].filter((v): v is string => !!v).sort();
    return { types: all("case_type"), lawyers: all("lawyer") };
  }, [arrived]);
  const sort = sorting(want);
  const total = chosen.reduce((n, o) => n + (want.scope === "all" ? o.in_scope : o.selected), 0);
  const several = chosen.length > 1;
  // An empty table would hide what stands below it.
  const onlyHits = done && rows.length === 0 && sum(hits?.found ?? null) > 0;
  const onSort = (by: string) => replace(to(path, { ...want, office, sort: sort.by === by && !sort.down ? `-${by}` : by }));
  return (
    <>
      <Filters path={path} want={want} office={office} types={types} lawyers={lawyers} />
      <Filtered want={want} office={office} />
      <Also q={want.q} />
      <p class="note" role="status">
        {onlyHits
          ? ""
          : done
          ? say(`${count(rows.length)} 件，共 ${count(total)} 件`, `${count(rows.length)} of ${count(total)} cases`)
          : say(
              `正在展开：已有 ${loaded.length}/${chosen.length} 个机构，${count(rows.length)} 件符合`,
              `Opening: ${loaded.length} of ${chosen.length} offices, ${count(rows.length)} cases so far`,
            )}
        {confirmed === "some" && say("；等次后有“拟”的尚未确认", "; grades marked “proposed” are not confirmed yet")}
        {failed.length > 0 && (
          <strong>
            {say(
              `；${few(failed.map((o) => o.name), 5)}的数据不完整，没有列出`,
              `; the data of ${few(failed.map((o) => o.name), 5)} is not whole and not listed`,
            )}
          </strong>
        )}
      </p>
      <HitNote hits={hits} alone={onlyHits} />
      {onlyHits ? (
        <OnMeant q={want.q} path={path} office={office} />
      ) : (
        <LongList
          key={to(path)}
          name={say("案件", "Cases")}
          place={to(path, { ...want, office })}
          columns={caseColumns(several, confirmed)}
          count={rows.length}
          href={(i) => (rows[i] ? caseHref(rows[i]) : "")}
          cells={(i) => caseCells(rows[i], several, confirmed, grades)}
          sorted={sort}
          onSort={onSort}
          empty={done ? <NoCase q={want.q} path={path} office={office} /> : "……"}
        />
      )}
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
