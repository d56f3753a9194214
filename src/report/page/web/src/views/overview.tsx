// The first page: scope and n, then rates, offices side by side, what points are lost on, filing. Must not show a rate without its n.
import { GradeBar, RateBar } from "../charts/bars.tsx";
import { Funnel } from "../charts/funnel.tsx";
import type { Office } from "../data/types.ts";
import { count, FEW, of, range, rate as rateText } from "../format.ts";
import { gradesOf, shares } from "../grades.ts";
import { useStore } from "../hooks.ts";
import { Crumbs, Empty, Figure, Legend, Section } from "../parts/pieces.tsx";
import { headline } from "../rank.ts";
import { to } from "../route.ts";
import { reason, say, said } from "../words.ts";
import { Filing } from "./filing.tsx";
import { Heat } from "./heat.tsx";
import { LostMost, Sides } from "./lost.tsx";
import { Ranking } from "./ranking.tsx";
import { Review } from "./review.tsx";
import { Splits } from "./splits.tsx";

/** Where rows went, and how many cases are looked at. */
export function Scope({ office }: { office: Office }) {
  const { batch } = useStore().head;
  const out = Object.entries(office.out_of_scope);
  const sum = out.reduce((n, [, k]) => n + k, 0);
  const selection = batch.scope.selection === "all" ? say("全部评查", "all of them looked at") : say("抽查", "a selection");
  const parts = [
    say(`登记 ${count(office.rows)} 行`, `${count(office.rows)} register rows`),
    office.dossier_only ? say(`＋ 仅有案卷 ${office.dossier_only} 件`, `+ ${office.dossier_only} known by dossier only`) : "",
    say(`＝ 范围内 ${count(office.in_scope)}`, `= ${count(office.in_scope)} in scope`),
    say(`＋ 范围外 ${count(sum)}`, `+ ${count(sum)} out of scope`) +
      (out.length ? `（${out.map(([why, n]) => `${reason(why)} ${count(n)}`).join(say("、", ", "))}）` : ""),
    office.joined ? say(`＋ 并入同案 ${count(office.joined)}`, `+ ${office.joined} joined`) : "",
  ];
  return (
    <p class="scope">
      <span class="n">
        {say("评查 ", "")}
        <strong>{count(office.selected)}</strong>
        {say(" 件", " cases looked at")}
      </span>
      <span>
        {said(batch.scope.said)}
        {say("；", "; ")}
        {selection}
        {say("；截止日期 ", "; as of ")}
        {batch.as_of}
      </span>
      <span class="rows">{parts.filter(Boolean).join(" ")}</span>
    </p>
  );
}

/** The rates, the headline first, and the grades they come from. */
export function Rates({ office }: { office: Office }) {
  const store = useStore();
  const grades = gradesOf(store.head);
  const first = headline(office);
  const rest = office.rates.filter((r) => r !== first);
  if (!first || first.n === 0) {
    return (
      <Empty>
        {say("没有评查的案件，没有比率可算；“无数据”不是 0。", "No case was looked at, so there is no rate; no data is not 0.")}
      </Empty>
    );
  }
  const sample = first.ci95 && first.ci95[1] > first.ci95[0];
  const few = first.n < FEW ? say(`不足 ${FEW} 件，只作参考`, `fewer than ${FEW} cases: for orientation only`) : "";
  const undecided = office.undecided
    ? say(`其中 ${count(office.undecided)} 件等次未定，故为范围`, `${count(office.undecided)} undecided, hence a range`)
    : say("等次全部已定", "all decided");
  return (
    <div class="rates">
      <dl class="figures">
        <Figure
          main
          name={first.name}
          value={rateText(first)}
          note={
            <>
              {of(first)} {say("件", "")}
              {say("；", "; ")}
              {undecided}
              {few && say("；", "; ")}
              {few}
            </>
          }
        >
          <RateBar name={office.name} rate={first} tall />
        </Figure>
        {rest.map((r) => (
          <Figure key={r.id} name={r.name} value={rateText(r)} note={`${of(r)} ${say("件", "")}`} />
        ))}
        <Figure
          name={say("平均分", "Mean mark")}
          value={range(office.mean)}
          note={office.marked != null ? say(`${count(office.marked)} 件有分`, `of ${count(office.marked)} with a mark`) : undefined}
        />
        <Figure name={say("中位数", "Median")} value={range(office.median)} />
      </dl>
      <div class="grades">
        <GradeBar office={office} grades={grades} tall />
        <Legend grades={grades} titles={shares(office, grades).map((g) => g.title)} office={office} />
      </div>
      {sample && first.ci95 && (
        <p class="note">
          {say(
            `抽样：黑线为随机抽取部分的 95% 区间 ${range([first.ci95[0] * 100, first.ci95[1] * 100])}%。`,
            `A sample: the line is the 95 % interval, ${range([first.ci95[0] * 100, first.ci95[1] * 100])} %.`,
          )}
        </p>
      )}
    </div>
  );
}

/** Cities of the batch, where there are several. */
function Cities({ groups }: { groups: Office[] }) {
  if (groups.length < 2) return null;
  return (
    <Section id="cities" title={say("各市", "Cities")}>
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">{say("市", "City")}</th>
            <th scope="col" class="num">
              {say("评查", "Cases")}
            </th>
            <th scope="col">{headline(groups[0] as Office)?.name}</th>
            <th scope="col" class="wide">
              <span class="hidden">{say("图", "Chart")}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {groups.map((g) => {
            const rate = headline(g);
            return (
              <tr key={g.id}>
                <th scope="row">
                  <a href={to(["group", g.id])}>{g.name}</a>
                </th>
                <td class="num">{count(g.selected)}</td>
                <td class="num">{rate ? rateText(rate) : ""}</td>
                <td class="wide">{rate && <RateBar name={g.name} rate={rate} />}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Section>
  );
}

/** A batch without offices: what was asked for, and what could not be read. */
function NoOffices() {
  const { head } = useStore();
  const problems = head.problems ?? [];
  return (
    <>
      <h1 tabIndex={-1}>{say("总览", "Overview")}</h1>
      <p class="scope">
        <span class="n">
          {say("评查 ", "")}
          <strong>0</strong>
          {say(" 件", " cases looked at")}
        </span>
        <span>
          {said(head.batch.scope.said)}
          {say("；截止日期 ", "; as of ")}
          {head.batch.as_of}
        </span>
      </p>
      <Empty>
        {say(
          "这一批里没有机构，也没有案件，所以没有比率可算；“无数据”不是 0。",
          "There is no office and no case in this batch, so there is no rate; no data is not 0.",
        )}
      </Empty>
      {problems.length > 0 && (
        <Section id="why" title={say("先看这些", "Look at these first")}>
          <ul class="told">
            {problems.slice(0, 20).map((p, i) => (
              <li key={i}>
                <strong>{p.code}</strong> {said(p.message)}
                <p class="how">{said(p.advice)}</p>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  );
}

export function Overview({ group }: { group: string | null }) {
  const { head } = useStore();
  const whole = head.groups.length === 1 ? head.groups[0] : head.groups.find((g) => g.id === "全部机构");
  const chosen = group === null ? whole : head.groups.find((g) => g.id === group);
  const isCity = chosen !== undefined && chosen !== whole;
  const offices = isCity ? head.offices.filter((o) => o.parent === chosen.name) : head.offices;
  const main = chosen ?? (offices.length === 1 ? offices[0] : undefined);
  if (offices.length === 0) return <NoOffices />;
  return (
    <>
      {isCity && (
        <Crumbs
          steps={[
            [say("总览", "Overview"), to([])],
            [chosen.name, null],
          ]}
        />
      )}
      <h1 tabIndex={-1}>
        {main ? main.name : ""}
        {say("评查总览", main ? ": overview" : "Overview")}
      </h1>
      {main && <Scope office={main} />}
      {main && <Rates office={main} />}
      {!isCity && <Cities groups={head.groups.filter((g) => g !== whole)} />}
      {offices.length > 1 && <Ranking offices={offices} />}
      {offices.length > 1 && (
        <Section id="funnel" title={say("差别有多少是偶然", "How much of it is chance")}>
          <Funnel offices={offices} />
        </Section>
      )}
      <LostMost offices={offices} name={main?.name ?? say("各机构", "the offices")} />
      <Sides offices={offices} />
      {offices.length > 1 && <Heat offices={offices} />}
      <Filing offices={offices} total={main} />
      {main && <Splits office={main} />}
      {head.panel && !isCity && <Review panel={head.panel} />}
      <p class="note foot">
        {said(head.batch.rounding)}
        {say("。", ".")}
      </p>
    </>
  );
}
