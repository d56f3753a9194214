// The first page: scope and n, two sentences, then rates, offices side by side, what points are lost on, filing. Must not begin with a rate without its n.
import { RateBar } from "../charts/bars.tsx";
import { Funnel } from "../charts/funnel.tsx";
import type { Office, Problem } from "../data/types.ts";
import { count, rate as rateText } from "../format.ts";
import { useStore } from "../hooks.ts";
import { Crumbs, Empty, Section } from "../parts/pieces.tsx";
import { useUpwards } from "../parts/rows.tsx";
import { isTold } from "../grid.ts";
import { headline, standings } from "../rank.ts";
import { to } from "../route.ts";
import { bracketed, listed, reason, say, said } from "../words.ts";
import { Filing } from "./filing.tsx";
import { Heat } from "./heat.tsx";
import { Lead } from "./lead.tsx";
import { LostMost, Sides } from "./lost.tsx";
import { OwnOfAll } from "./own.tsx";
import { Ranking } from "./ranking.tsx";
import { Rates } from "./rates.tsx";
import { Review } from "./review.tsx";
import { Splits } from "./splits.tsx";

/** Where rows went, and how many cases are looked at. */
export function Scope({ office }: { office: Office }) {
  const { batch } = useStore().head;
  const out = Object.entries(office.out_of_scope);
  const sum = out.reduce((n, [, k]) => n + k, 0);
  const selection = batch.scope.selection === "all" ? say("全部评查", "all of them looked at") : say("抽查", "a selection");
  const parts = [
    say(`登记 ${count(office.rows)} 行`, `${count(office.rows)} register ${office.rows === 1 ? "row" : "rows"}`),
    office.dossier_only ? say(`＋ 仅有案卷 ${office.dossier_only} 件`, `+ ${office.dossier_only} known by dossier only`) : "",
    say(`＝ 范围内 ${count(office.in_scope)}`, `= ${count(office.in_scope)} in scope`),
    say(`＋ 范围外 ${count(sum)}`, `+ ${count(sum)} out of scope`) +
      (out.length ? bracketed(listed(out.map(([why, n]) => `${reason(why)} ${count(n)}`))) : ""),
    office.joined ? say(`＋ 并入同案 ${count(office.joined)}`, `+ ${office.joined} joined`) : "",
  ];
  return (
    <p class="scope">
      <span class="n">
        {say("评查 ", "")}
        <strong>{count(office.selected)}</strong>
        {say(" 件", office.selected === 1 ? " case looked at" : " cases looked at")}
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

/** Cities of the batch, where there are several. */
function Cities({ groups }: { groups: Office[] }) {
  if (groups.length < 2) return null;
  return (
    <Section id="cities" title={say("各市", "Cities")}>
      <table class="plain charted">
        <thead>
          <tr>
            <th scope="col">{say("市", "City")}</th>
            <th scope="col" class="num">
              {say("评查", "Cases")}
            </th>
            <th scope="col" class="num">
              {headline(groups[0] as Office)?.name}
            </th>
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

/** What keeps cases from being graded, where there is none. */
export function LookFirst({ problems }: { problems: Problem[] }) {
  if (problems.length === 0) return null;
  return (
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
      <LookFirst problems={problems} />
    </>
  );
}

/** Offices that the public is told nothing of but how many cases they have. */
function Withheld() {
  const withheld = useStore().head.withheld ?? [];
  if (withheld.length === 0) return null;
  const names = listed(withheld.map((o) => `${o.name}${bracketed(say(`${o.selected} 件`, `${o.selected}`))}`));
  return (
    <p class="notice">
      {say(
        `另有 ${withheld.length} 个机构不列等次、率和位次，以免从很少的件数看出个案：${names}。`,
        `${withheld.length} more ${withheld.length === 1 ? "office is" : "offices are"} told of without grades, rates and places, so that no single case is given away: ${names}.`,
      )}
    </p>
  );
}

export function Overview({ group }: { group: string | null }) {
  const store = useStore();
  const { head } = store;
  const whole = head.groups.length === 1 ? head.groups[0] : head.groups.find((g) => g.id === "all");
  const chosen = group === null ? whole : head.groups.find((g) => g.id === group);
  const isCity = chosen !== undefined && chosen !== whole;
  const offices = isCity ? head.offices.filter((o) => o.parent === chosen.name) : head.offices;
  const main = chosen ?? (offices.length === 1 ? offices[0] : undefined);
  const up = useUpwards();
  if (offices.length === 0) return <NoOffices />;
  // One order for every table of offices: that of their places, and those without a case last.
  const ranked = standings(offices, head);
  const inOrder = ranked.map((r) => r.office);
  if (up) inOrder.reverse();
  const placed = new Set(inOrder);
  const ordered = [...inOrder, ...offices.filter((o) => !placed.has(o))];
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
      {main && <Lead office={main} ranked={ranked} />}
      {main && <Rates office={main} offices={offices} />}
      {!isCity && <Cities groups={head.groups.filter((g) => g !== whole)} />}
      {offices.length > 1 && <Ranking offices={offices} total={main} />}
      {!isCity && <Withheld />}
      {offices.length > 1 && (
        <Section id="funnel" title={say("差别有多少是偶然", "How much of it is chance")}>
          <Funnel offices={offices} total={main && headline(main)} />
        </Section>
      )}
      {main?.selected === 0 && <LookFirst problems={head.problems ?? []} />}
      {isTold(store, offices) && main?.selected !== 0 && <LostMost offices={offices} name={main?.name ?? say("各机构", "the offices")} />}
      {head.audience !== "public" && <Sides offices={ordered} />}
      {offices.length > 1 && head.audience !== "public" && <Heat offices={ordered} />}
      <Filing offices={ordered} total={main} />
      <OwnOfAll offices={ordered} />
      {main && <Splits office={main} />}
      {head.panel && !isCity && <Review panel={head.panel} />}
      <p class="note foot">
        {said(head.batch.rounding)}
        {say("。", ".")}
      </p>
    </>
  );
}
