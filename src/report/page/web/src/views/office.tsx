// One office: its overview, its cases, its to-do list, and where a rubric is about it, the office itself. Must not compare it in words.
import { RateBar } from "../charts/bars.tsx";
import { at } from "../data/column.ts";
import type { Cases, Office } from "../data/types.ts";
import { count, FEW } from "../format.ts";
import { useCases, useStore } from "../hooks.ts";
import { Crumbs, Empty, Section, useSome, Waiting } from "../parts/pieces.tsx";
import { headline, type Standing, standings } from "../rank.ts";
import { to } from "../route.ts";
import { between, say } from "../words.ts";
import { CaseList } from "./cases.tsx";
import { CasePage } from "./case.tsx";
import { Filing } from "./filing.tsx";
import { LostMost, Sides } from "./lost.tsx";
import { Lead } from "./lead.tsx";
import { Own } from "./own.tsx";
import { LookFirst, Scope } from "./overview.tsx";
import { place } from "./ranking.tsx";
import { Rates } from "./rates.tsx";
import { Splits } from "./splits.tsx";
import { Todo } from "./todo.tsx";

type Person = { n: number; k: number; possible: number };

/** By lawyer: cases, and how many reach the headline rate. */
function Lawyers({ office, cases }: { office: Office; cases: Cases }) {
  const { head } = useStore();
  const rate = headline(office);
  const people = new Map<string, Person>();
  // Each case by the grades that its own rubric counts.
  const counting = new Map(head.rubrics.map((r) => [r.id, new Set(r.rates?.find((x) => x.headline)?.grades)]));
  for (let row = 0; row < cases.n; row += 1) {
    const name = at(cases.fields["lawyer"], row);
    if (!name || at(cases.scope, row) !== "selected" || at(cases.subject, row) !== "case") continue;
    const one = people.get(name) ?? { n: 0, k: 0, possible: 0 };
    const possible = at(cases.possible, row) ?? [];
    const reached = counting.get(at(cases.rubric, row) ?? "") ?? new Set<string>();
    one.n += 1;
    if (possible.length > 0 && possible.every((g) => reached.has(g))) one.k += 1;
    if (possible.some((g) => reached.has(g))) one.possible += 1;
    people.set(name, one);
  }
  const all = [...people].sort((a, b) => b[1].n - a[1].n || (a[0] < b[0] ? -1 : 1));
  const { shown, more } = useSome(all, 15);
  if (all.length === 0 || [...counting.values()].every((c) => c.size === 0)) return null;
  return (
    <Section
      id="lawyers"
      title={say("承办人", "Lawyers")}
      note={say(
        "一名承办人的案件通常很少，比率只供了解，不能据以评价个人。",
        "A lawyer usually has few cases: for orientation, not for judging a person.",
      )}
    >
      <table class="plain charted">
        <thead>
          <tr>
            <th scope="col">{say("承办人", "Lawyer")}</th>
            <th scope="col" class="num">
              {say("件数", "Cases")}
            </th>
            <th scope="col" class="num">
              {rate?.name}
            </th>
            <th scope="col" class="wide">
              <span class="hidden">{say("图", "Chart")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(([name, p]) => (
            <tr key={name}>
              <th scope="row">
                <a href={to(["office", office.id, "cases"], { lawyer: name })}>{name}</a>
              </th>
              <td class="num">{count(p.n)}</td>
              <td class="num">
                {p.k === p.possible ? p.k : between(p.k, p.possible)}/{p.n}
              </td>
              <td class="wide">
                <RateBar
                  name={name}
                  rate={{ id: name, name: rate?.name ?? "", headline: true, k_low: p.k, k_high: p.possible, n: p.n, ci95: null }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more}
    </Section>
  );
}

/** Its place, with every range that makes it less than one. */
function Place({ mine, of }: { mine: Standing; of: number }) {
  const { office, place: ends, own, sampled, rate } = mine;
  const isOpen = ends[0] !== ends[1];
  const isWide = sampled && sampled[0] !== sampled[1];
  const why = [
    isWide
      ? sampled[0] === 1 && sampled[1] === of
        ? say(`抽样误差内 ${place(sampled)}，分不出高下`, `within sampling error ${place(sampled)}: cannot be told from the others`)
        : say(`抽样误差内 ${place(sampled)}，范围重叠的分不出高下`, `within sampling error ${place(sampled)}`)
      : "",
    isOpen
      ? own
        ? office.undecided > 0
          ? say("有未定案件，故为范围", "undecided cases make it a range")
          : say("有得分未定的案件，故为范围", "open marks make it a range")
        : say("其他机构有未定案件，故为范围", "undecided cases of other offices make it a range")
      : "",
  ].filter(Boolean);
  return (
    <p class="note">
      {say(`在 ${of} 个机构中位次 `, `Place among ${of} offices: `)}
      <strong>{place(ends)}</strong>
      {why.length > 0 && say(`（${why.join("；")}）`, ` (${why.join("; ")})`)}
      {rate.n < FEW && say("。件数太少，名次只作参考。", ". Few cases: for orientation only.")}
    </p>
  );
}

/** Cases of which the mark is open. */
function openMarks(cases: Cases): number {
  let n = 0;
  for (let row = 0; row < cases.n; row += 1)
    if (at(cases.scope, row) === "selected" && at(cases.subject, row) === "case" && at(cases.low, row) !== at(cases.high, row)) n += 1;
  return n;
}

function Profile({ office }: { office: Office }) {
  const store = useStore();
  const { data: cases, failed } = useCases(store.head.blocks[office.id] ? office.id : null);
  const ranked = standings(store.head.offices, store.head);
  const mine = ranked.find((s) => s.office === office);
  return (
    <>
      <Scope office={office} />
      <Lead office={office} ranked={[]} />
      <Rates office={office} offices={[office]} openMarks={cases && openMarks(cases)} />
      {mine && ranked.length > 1 && <Place mine={mine} of={ranked.length} />}
      <Own office={office} />
      {office.selected === 0 && <LookFirst problems={(store.head.problems ?? []).filter((p) => !p.office || p.office === office.name)} />}
      {store.head.audience !== "public" && office.selected > 0 && <LostMost offices={[office]} name={office.name} office={office.id} />}
      {store.head.audience !== "public" && <Sides offices={[office]} />}
      {office.in_scope > 0 && <Filing offices={[office]} total={office} />}
      <Splits office={office} />
      {cases && <Lawyers office={office} cases={cases} />}
      {!cases && store.head.blocks[office.id] && <Waiting failed={failed} what={say("案件", "cases")} />}
    </>
  );
}

export function OfficePage({ path, query }: { path: string[]; query: URLSearchParams }) {
  const store = useStore();
  const [, id = "", tab = "", key] = path;
  const office = store.head.offices.find((o) => o.id === id);
  const over: [string, string | null] = [say("总览", "Overview"), to([])];
  if (!office)
    return (
      <>
        <Crumbs steps={[over, [id, null]]} />
        <h1 tabIndex={-1}>{id}</h1>
        <Empty>{say("这份报告里没有这个机构。", "There is no such office in this report.")}</Empty>
      </>
    );
  if (tab === "case" && key) return <CasePage office={office} caseId={key} focus={path[4] ?? null} />;
  const has = store.head.blocks[office.id] !== undefined;
  const tabs: [string, string][] = [
    ["", say("概况", "Overview")],
    ...(has
      ? ([
          ["cases", say(`案件 ${count(office.selected)}`, `Cases ${count(office.selected)}`)],
          ["todo", say("待办清单", "To do")],
        ] as [string, string][])
      : []),
  ];
  // On paper there are no tabs to say which page it is.
  const { stage } = store.head.batch;
  const onPaper =
    tab === "cases" ? say("案件", "Cases") : tab === "todo" ? say(`待办清单${stage && `（${stage}）`}`, "To do") : say("概况", "Overview");
  return (
    <>
      <Crumbs
        steps={[
          over,
          ...(office.parent && store.head.groups.length > 1 ? [[office.parent, to(["group", office.parent])] as [string, string]] : []),
          [office.name, null],
        ]}
      />
      <h1 tabIndex={-1} data-paper={` ${onPaper}`}>
        {office.name}
      </h1>
      <nav class="tabs" aria-label={office.name}>
        {tabs.map(([part, name]) => (
          <a key={part} href={to(["office", id, ...(part ? [part] : [])])} aria-current={part === tab ? "page" : undefined}>
            {name}
          </a>
        ))}
      </nav>
      {tab === "cases" && has ? (
        <CaseList offices={[office]} path={["office", id, "cases"]} query={query} />
      ) : tab === "todo" && has ? (
        <Todo office={office} query={query} />
      ) : (
        <Profile office={office} />
      )}
    </>
  );
}
