// What points are lost on: by criterion, and 规范性 against 业务性 by office. Must not mix what is sure with what is open.
import { Share, TwoSides } from "../charts/bars.tsx";
import type { Office } from "../data/types.ts";
import { count, counts, percents, range, shortTitle } from "../format.ts";
import { lostCases, losses, sides } from "../grid.ts";
import { useNarrow, useStore } from "../hooks.ts";
import { Empty, Section, useSome } from "../parts/pieces.tsx";
import { OrderSwitch, useRows } from "../parts/rows.tsx";
import { to } from "../route.ts";
import { kind, remedy, say, said } from "../words.ts";

export function LostMost({ offices, name, office }: { offices: Office[]; name: string; office?: string }) {
  const store = useStore();
  const lost = losses(store, offices)
    .filter((l) => l.cell[4] > 0)
    .sort((a, b) => b.cell[3] - a.cell[3] || b.cell[4] - a.cell[4]);
  const narrow = useNarrow();
  const { shown, more } = useSome(lost, 12, true);
  const most = Math.max(0, ...shown.map((l) => l.cell[4]));
  const isOpen = lost.some((l) => l.cell[4] > l.cell[3]);
  const several = store.head.rubrics.length > 1;
  return (
    <Section
      id="lost"
      title={say("失分最多的指标", "Criteria that cost most")}
      note={
        say(`${name}全部评查案件合计，按确定失去的分数排列。`, `Over all cases of ${name}, by the points surely lost.`) +
        (isOpen && !narrow ? say("斜线为待核、待评而可能失去的部分。", " Hatched is what is still open.") : "")
      }
    >
      {lost.length === 0 ? (
        <Empty>{say("没有失分。", "No point is lost.")}</Empty>
      ) : (
        <table class="plain charted">
          <thead>
            <tr>
              <th scope="col">{say("指标", "Criterion")}</th>
              {!narrow && <th scope="col">{say("类别", "Kind")}</th>}
              <th scope="col" class="num">
                {say("失分", "Points")}
              </th>
              <th scope="col" class="wide">
                <span class="hidden">{say("图", "Chart")}</span>
              </th>
              <th scope="col" class="num">
                {say("失分/适用案件", "Cases")}
              </th>
              <th scope="col" class="num">
                {say("占比", "Share")}
              </th>
              <th scope="col">{say("能否补正", "Remedy")}</th>
            </tr>
          </thead>
          <tbody>
            {shown.map(({ rubric, criterion, cell }) => {
              const { ends, open } = lostCases(cell);
              return (
              <tr key={`${rubric.id}:${criterion.id}`}>
                <th scope="row">
                  <a href={to(["criterion", rubric.id, criterion.id], { office })}>
                    {criterion.id} {said(criterion.title)}
                  </a>
                  {(several || narrow) && (
                    <small class="of">{[narrow && kind(criterion.kind), several && shortTitle(rubric.title)].filter(Boolean).join(" · ")}</small>
                  )}
                </th>
                {!narrow && <td class="short">{kind(criterion.kind)}</td>}
                <td class="num">{range([cell[3], cell[4]])}</td>
                <td class="wide">
                  <Share of={[cell[3], cell[4]]} most={most} />
                </td>
                <td class="num">
                  {counts(ends)}/{count(cell[0])}
                  {open > 0 && <small>{say(`（另 ${count(open)} 件待定）`, ` (${count(open)} more open)`)}</small>}
                </td>
                <td class="num">
                  {open > 0 && "≥"}
                  {percents(ends, cell[0])}
                </td>
                <td class="short">{remedy(criterion.remedy)}</td>
              </tr>
              );
            })}
          </tbody>
        </table>
      )}
      {more}
    </Section>
  );
}

export function Sides({ offices }: { offices: Office[] }) {
  const store = useStore();
  const narrow = useNarrow();
  const all = offices.filter((o) => o.selected > 0).map((office) => ({ office, ...sides(store, office) }));
  const { shown, more } = useRows(all, 30);
  if (all.length === 0 || all.every((s) => s.regularity[1] + s.substance[1] === 0)) return null;
  const most = Math.max(...all.flatMap((s) => [s.regularity[1], s.substance[1]]));
  return (
    <Section
      id="sides"
      title={say("规范性与业务性失分", "Regularity and substance")}
      note={say(
        "平均每件案件失去的分数：左为规范性（程序和材料），右为业务性（办案质量）",
        "Points lost a case: procedure and papers to the left, the quality of the work to the right",
      ) +
        (narrow
          ? say("。", ".")
          : say("；斜线为待核、待评而可能失去的部分。", "; hatched is what is still open."))}
    >
      <OrderSwitch n={all.length} />
      <table class="plain charted">
        <thead>
          <tr>
            <th scope="col">{say("机构", "Office")}</th>
            <th scope="col" class="num">
              {kind("regularity")}
            </th>
            <th scope="col" class="wide twice">
              <span class="hidden">{say("图", "Chart")}</span>
            </th>
            <th scope="col" class="num left">
              {kind("substance")}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ office, regularity, substance }) => (
            <tr key={office.id}>
              <th scope="row">
                <a href={to(["office", office.id])}>{office.name}</a>
              </th>
              <td class="num">{range(regularity)}</td>
              <td class="wide twice">
                <TwoSides name={office.name} left={regularity} right={substance} most={most} />
              </td>
              <td class="num left">{range(substance)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {more}
    </Section>
  );
}
