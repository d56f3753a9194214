// One office: its overview, its cases, its to-do list, and where a rubric is about it, the office itself. Must not compare it in words.
import { RateBar } from "../charts/bars.tsx";
import { at } from "../data/column.ts";
import type { Cases, Office } from "../data/types.ts";
import { count, range, shortTitle } from "../format.ts";
import { gradesOf } from "../grades.ts";
import { useCases, useStore } from "../hooks.ts";
import { Crumbs, Empty, Grade, Section, useSome, Waiting } from "../parts/pieces.tsx";
import { headline, standings } from "../rank.ts";
import { to } from "../route.ts";
import { say, subject } from "../words.ts";
import { CaseList } from "./cases.tsx";
import { CasePage } from "./case.tsx";
import { Filing } from "./filing.tsx";
import { LostMost, Sides } from "./lost.tsx";
import { Rates, Scope } from "./overview.tsx";
import { Splits } from "./splits.tsx";
import { Todo } from "./todo.tsx";

type Person = { n: number; k: number; possible: number; lost: number };

/** By lawyer: cases, and how many reach the headline rate. */
function Lawyers({ office, cases }: { office: Office; cases: Cases }) {
  const { head } = useStore();
  const rate = headline(office);
  const people = new Map<string, Person>();
  const reached = new Set(head.rubrics.flatMap((r) => r.rates?.find((x) => x.headline)?.grades ?? []));
  for (let row = 0; row < cases.n; row += 1) {
    const name = at(cases.fields["lawyer"], row);
    if (!name || at(cases.scope, row) !== "selected" || at(cases.subject, row) !== "case") continue;
    const one = people.get(name) ?? { n: 0, k: 0, possible: 0, lost: 0 };
    const possible = at(cases.possible, row) ?? [];
    one.n += 1;
    if (possible.length > 0 && possible.every((g) => reached.has(g))) one.k += 1;
    if (possible.some((g) => reached.has(g))) one.possible += 1;
    people.set(name, one);
  }
  const all = [...people].sort((a, b) => b[1].n - a[1].n || (a[0] < b[0] ? -1 : 1));
  const { shown, more } = useSome(all, 15);
  if (all.length === 0 || reached.size === 0) return null;
  return (
    <Section
      id="lawyers"
      title={say("承办人", "Lawyers")}
      note={say(
        "一名承办人的案件通常很少，比率只供了解，不能据以评价个人。",
        "A lawyer usually has few cases: for orientation, not for judging a person.",
      )}
    >
      <table class="plain">
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
                {p.k === p.possible ? p.k : `${p.k}～${p.possible}`}/{p.n}
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

/** What rubrics about the office itself came to. */
function Own({ office, cases }: { office: Office; cases: Cases | undefined }) {
  const store = useStore();
  const grades = gradesOf(store.head);
  if (!office.own?.length) return null;
  const rowOf = (rubric: string): number => {
    for (let row = 0; cases && row < cases.n; row += 1)
      if (at(cases.subject, row) !== "case" && at(cases.rubric, row) === rubric) return row;
    return -1;
  };
  return (
    <Section id="own" title={say("机构本身的考核", "The office itself")}>
      <ul class="own">
        {office.own.map((own) => {
          const row = rowOf(own.rubric);
          const rubric = store.rubrics.get(own.rubric);
          const title = rubric ? shortTitle(rubric.title) : own.rubric;
          return (
            <li key={own.rubric}>
              {row >= 0 ? <a href={to(["office", office.id, "case", `~${row + 1}`])}>{title}</a> : title}
              <span class="mark">{own.marks ? `${range([own.marks.low, own.marks.high])}/${own.marks.total}` : "—"}</span>
              <Grade grade={own.grade} possible={own.possible} grades={grades} />
              <small>{subject(own.subject)}</small>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}

function Profile({ office }: { office: Office }) {
  const store = useStore();
  const { data: cases, failed } = useCases(store.head.blocks[office.id] ? office.id : null);
  const mine = standings(store.head.offices, store.head).find((s) => s.office === office);
  const ranked = store.head.offices.length > 1 ? mine : undefined;
  return (
    <>
      <Scope office={office} />
      <Rates office={office} />
      {ranked && (
        <p class="note">
          {say(`在 ${store.head.offices.length} 个机构中位次 `, `Place among ${store.head.offices.length} offices: `)}
          <strong>{ranked.place[0] === ranked.place[1] ? ranked.place[0] : `${ranked.place[0]}～${ranked.place[1]}`}</strong>
          {ranked.place[0] !== ranked.place[1] && say("（有未定案件，故为范围）", " (undecided cases make it a range)")}
        </p>
      )}
      <Own office={office} cases={cases} />
      <LostMost offices={[office]} name={office.name} office={office.id} />
      <Sides offices={[office]} />
      <Filing offices={[office]} total={office} />
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
