// How a mark comes about (分数怎么来的): every criterion an addend, group by group. Must not give a sum out as the mark: where the two differ,
// the recorded mark stands, and the page says so.
import { useState } from "preact/hooks";
import type { Finding } from "../data/decode.ts";
import type { Pair, Result, Rubric } from "../data/types.ts";
import { points, range } from "../format.ts";
import { Section } from "../parts/pieces.tsx";
import { to } from "../route.ts";
import { outcome, say, said } from "../words.ts";

type Line = { id: string; result: Result };
type Props = {
  rubric: Rubric;
  results: Line[];
  low: number | null;
  high: number | null;
  total: number | null;
  exact: Pair | null;
  findings: Finding[];
  path: string[];
};

const add = (lines: Line[], i: 1 | 2 | 3): number => lines.reduce((sum, l) => sum + l.result[i], 0);

function Group({
  rubric,
  title,
  lines,
  whole,
  findings,
  path,
}: {
  rubric: Rubric;
  title: string;
  lines: Line[];
  whole: boolean;
  findings: Finding[];
  path: string[];
}) {
  const shown = whole ? lines : lines.filter(({ result: [how, of, low] }) => low < of || !["met", "not_applicable"].includes(how));
  const got: [number, number] = [add(lines, 2), add(lines, 3)];
  return (
    <tbody>
      <tr class="group">
        <th scope="rowgroup" colSpan={2}>
          {title}
        </th>
        <td class="num">{rubric.scheme === "points" ? range(got) : ""}</td>
        <td class="num">{rubric.scheme === "points" ? points(add(lines, 1)) : ""}</td>
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
            <td>
              {finding ? <a href={to([...path, finding.id])}>{outcome(how)}</a> : outcome(how)}
              {more?.level && `：${more.level}`}
              {more?.because && <small>{say(`（由 ${more.because} 引起）`, ` (because of ${more.because})`)}</small>}
              {more?.if_applies && <small>{say("（是否适用未定）", " (may not apply)")}</small>}
            </td>
            <td class="num">{how === "not_applicable" ? "—" : rubric.scheme === "points" ? range([low, high]) : ""}</td>
            <td class="num">{how === "not_applicable" ? "—" : rubric.scheme === "points" ? points(of) : ""}</td>
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
function Result_({ rubric, results, low, high, total, exact }: Props) {
  if (low === null || high === null || total === null) return null;
  const got: [number, number] = [add(results, 2), add(results, 3)];
  const of = add(results, 1);
  const rescaled = rubric.scoring?.not_applicable !== "full";
  const mark = (x: number) => (of > 0 ? (rescaled ? (x / of) * total : x + total - of) : 0);
  const agrees = Math.abs(mark(got[0]) - low) < 0.02 && Math.abs(mark(got[1]) - high) < 0.02;
  const words = rescaled
    ? say(
        `得分 = 得到 ${range(got)} ÷ 适用 ${points(of)} × 满分 ${total} = ${range([low, high])}`,
        `Mark = ${range(got)} got ÷ ${points(of)} that apply × ${total} = ${range([low, high])}`,
      )
    : say(
        `得分 = 得到 ${range(got)} + 不适用 ${points(total - of)} = ${range([low, high])}`,
        `Mark = ${range(got)} got + ${points(total - of)} that do not apply = ${range([low, high])}`,
      );
  return (
    <div class="result">
      {agrees ? (
        <p>
          <strong>{words}</strong>
        </p>
      ) : (
        <p>
          {say(
            `各项合计：得到 ${range(got)}，适用 ${points(of)}。记录的得分为 `,
            `In sum ${range(got)} got of ${points(of)} that apply. The recorded mark is `,
          )}
          <strong>{range([low, high])}</strong>
          {say(
            "，以记录为准：是否适用未定、分组封顶、加分或前提项，使它不等于简单相加。",
            ", which stands: what may not apply, caps of groups, bonus or gates make it differ from the plain sum.",
          )}
        </p>
      )}
      {exact && (
        <p class="note">
          {say(`精确值 ${exact[0]}`, `Exactly ${exact[0]}`)}
          {exact[0] !== exact[1] && say(` 至 ${exact[1]}`, ` to ${exact[1]}`)}
          {say("；等次按精确值确定。", "; the grade is decided by the exact value.")}
        </p>
      )}
    </div>
  );
}

export function Sum(props: Props) {
  const { rubric, results, findings, path } = props;
  const [whole, setWhole] = useState(false);
  const inGroup = (title: string) =>
    results.filter(
      (r) => rubric.criteria.find((c) => c.id === r.id)?.group === title && (whole || r.result[1] > 0 || r.result[0] !== "met"),
    );
  const groups = rubric.groups.map((g) => ({ title: g.title, most: g.most, lines: inGroup(g.title) })).filter((g) => g.lines.length > 0);
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
            <th scope="col">{say("结论", "Outcome")}</th>
            <th scope="col" class="num">
              {say("得到", "Got")}
            </th>
            <th scope="col" class="num">
              {say("适用分", "Of")}
            </th>
          </tr>
        </thead>
        {groups.map((g) => (
          <Group
            key={g.title}
            rubric={rubric}
            title={g.most === null ? g.title : say(`${g.title}（最多扣 ${g.most}）`, `${g.title} (at most ${g.most} off)`)}
            lines={g.lines}
            whole={whole}
            findings={findings}
            path={path}
          />
        ))}
      </table>
      <Result_ {...props} />
    </Section>
  );
}
