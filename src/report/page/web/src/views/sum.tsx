// How a mark comes about (分数怎么来的): every criterion an addend, group by group. Must not give a sum out as the mark: where the two differ,
// the recorded mark stands, and the page says so.
import { useState } from "preact/hooks";
import type { Finding } from "../data/decode.ts";
import type { Pair, Rubric } from "../data/types.ts";
import { exact as parsed, isShort, plus, shown as decimals, written, ZERO } from "../exact.ts";
import { points, range } from "../format.ts";
import { Section } from "../parts/pieces.tsx";
import { to } from "../route.ts";
import { agrees, causes, isBonus, type Line, type Marks, told, totalOf } from "../total.ts";
import { outcome, say, said } from "../words.ts";

type Props = {
  rubric: Rubric;
  results: Line[];
  low: number | null;
  high: number | null;
  total: number | null;
  exact: Pair | null;
  findings: Finding[];
  path: string[];
  /** Whether marks of several reviewers became one. */
  several: boolean;
};
type GroupProps = { rubric: Rubric; title: string; lines: Line[]; whole: boolean; findings: Finding[]; path: string[]; bonus?: boolean };

const add = (numbers: number[]): number => decimals(numbers.map(parsed).reduce(plus, ZERO));

function Group({ rubric, title, lines, whole, findings, path, bonus = false }: GroupProps) {
  const shown = whole ? lines : lines.filter(({ result: [how, of, low] }) => low < of || !["met", "not_applicable"].includes(how));
  const isPoints = rubric.scheme === "points";
  const got: [number, number] = [add(lines.map((l) => l.result[2])), add(lines.map((l) => l.result[3]))];
  return (
    <tbody>
      <tr class="group">
        <th scope="rowgroup">{title}</th>
        <td class="num">{isPoints ? range(got) : ""}</td>
        <td class="num">{isPoints && !bonus ? points(add(lines.map((l) => l.result[1]))) : ""}</td>
        <td />
      </tr>
      {shown.map(({ id, result: [how, of, low, high, more] }) => {
        const criterion = rubric.criteria.find((c) => c.id === id);
        const finding = findings.find((f) => f.criterion === id);
        return (
          <tr key={id} class={how}>
            <th scope="row">
              <a href={to(["criterion", rubric.id, id])}>
                {id} {criterion ? said(criterion.title) : ""}
              </a>
            </th>
            <td class="num">{how === "not_applicable" ? "—" : isPoints ? range([low, high]) : ""}</td>
            <td class="num">
              {how === "not_applicable" ? "—" : isPoints ? (bonus ? say(`另加 ${points(of)}`, `+${points(of)}`) : points(of)) : ""}
            </td>
            <td>
              {finding ? <a href={to([...path, finding.id])}>{outcome(how)}</a> : outcome(how)}
              {more?.level && `：${more.level}`}
              {more?.because && <small>{say(`（由 ${more.because} 引起）`, ` (because of ${more.because})`)}</small>}
              {more?.if_applies && <small>{say("（是否适用未定）", " (may not apply)")}</small>}
            </td>
          </tr>
        );
      })}
      {!whole && lines.length > shown.length && (
        <tr class="rest">
          <td colSpan={4}>
            {say(
              `其余 ${lines.length - shown.length} 项符合或不适用，没有失分`,
              `${lines.length - shown.length} others are met or do not apply`,
            )}
          </td>
        </tr>
      )}
    </tbody>
  );
}

/** The last line: what is got of what is at stake, and how that becomes the mark. */
function Result_({ rubric, results, low, high, total, exact, several }: Props) {
  if (low === null || high === null || total === null) return null;
  const marks: Marks = { low, high, total, exact };
  const sum = totalOf(rubric, results, total);
  const why = causes(rubric, results, several);
  const unrounded = exact && exact.some((e) => !isShort(parsed(e))) ? [...new Set(exact.map((e) => written(parsed(e))))] : [];
  return (
    <div class="result">
      {agrees(sum, marks) ? (
        <p>
          <strong>{told(sum, marks, rubric.scoring?.not_applicable !== "full")}</strong>
          {unrounded.length > 0 && say(`（未舍入 ${unrounded.join("～")}）`, ` (unrounded ${unrounded.join("–")})`)}
        </p>
      ) : (
        <p>
          {say("记录的得分为 ", "The recorded mark is ")}
          <strong>{range([low, high])}</strong>
          {unrounded.length > 0 && say(`（未舍入 ${unrounded.join("～")}）`, ` (unrounded ${unrounded.join("–")})`)}
          {say(
            `，以记录为准。各项相加：得分 ${range([decimals(sum.got[0]), decimals(sum.got[1])])}，应评分 ${decimals(sum.of)}`,
            `, which stands. In sum ${range([decimals(sum.got[0]), decimals(sum.got[1])])} got of ${decimals(sum.of)} that apply`,
          )}
          {why.length > 0
            ? say(`；${why.join("；")}，所以不能由简单相加得出。`, `; ${why.join("; ")}, so it is not a plain sum.`)
            : say("，由此算不出记录的得分。", "; the recorded mark does not follow from it.")}
        </p>
      )}
      {unrounded.length > 0 && <p class="note">{say("等次按未舍入的数确定。", "The grade is decided by the unrounded number.")}</p>}
    </div>
  );
}

export function Sum(props: Props) {
  const { rubric, results, findings, path } = props;
  const [whole, setWhole] = useState(false);
  const isListed = (r: Line) => whole || r.result[1] > 0 || r.result[0] !== "met";
  const inGroup = (title: string) =>
    results.filter((r) => rubric.criteria.find((c) => c.id === r.id)?.group === title && !isBonus(rubric, r.id) && isListed(r));
  const groups = rubric.groups.map((g) => ({ title: g.title, most: g.most, lines: inGroup(g.title) })).filter((g) => g.lines.length > 0);
  const bonus = results.filter((r) => isBonus(rubric, r.id));
  const most = rubric.scoring?.bonus_most ?? 0;
  const shared = { rubric, whole, findings, path };
  return (
    <Section id="sum" title={say("分数怎么来的", "How the mark comes about")}>
      <p class="more top noprint">
        <button type="button" aria-expanded={whole} onClick={() => setWhole(!whole)}>
          {whole
            ? say("只看失分和未定的指标", "Only what is lost or open")
            : say(`显示全部 ${results.length} 项指标`, `All ${results.length} criteria`)}
        </button>
      </p>
      <table class="plain sum">
        <thead>
          <tr>
            <th scope="col">{say("指标", "Criterion")}</th>
            <th scope="col" class="num">
              {say("得分", "Got")}
            </th>
            <th scope="col" class="num">
              {say("应评分", "Of")}
            </th>
            <th scope="col">{say("结论", "Outcome")}</th>
          </tr>
        </thead>
        {groups.map((g) => (
          <Group
            key={g.title}
            title={g.most === null ? g.title : say(`${g.title}（最多扣 ${g.most}）`, `${g.title} (at most ${g.most} off)`)}
            lines={g.lines}
            {...shared}
          />
        ))}
        {bonus.length > 0 && (
          <Group
            title={say(`加分（最多加 ${most}，不计入应评分）`, `Bonus (at most ${most}, not in the marks at stake)`)}
            lines={bonus}
            bonus
            {...shared}
          />
        )}
      </table>
      <Result_ {...props} />
    </Section>
  );
}
