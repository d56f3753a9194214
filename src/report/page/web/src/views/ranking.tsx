// Offices side by side: places with their ranges, rates, grades. Must not give an office one place where undecided cases or a sample allow several.
import { GradeBar, RateBar } from "../charts/bars.tsx";
import type { Office, Range } from "../data/types.ts";
import { count, FEW, of, percent, rate as rateText } from "../format.ts";
import { gradesOf, shares } from "../grades.ts";
import { useNarrow, useStore } from "../hooks.ts";
import { Legend, Section } from "../parts/pieces.tsx";
import { OrderSwitch, useRows, useUpwards } from "../parts/rows.tsx";
import { headline, type Standing, standings } from "../rank.ts";
import { to } from "../route.ts";
import { between, noData, say } from "../words.ts";

export const place = (ends: Range): string => (ends[0] === ends[1] ? String(ends[0]) : between(ends[0], ends[1]));

/** How places come about, for whoever asks. */
function How({ name, ranked }: { name: string; ranked: Standing[] }) {
  return (
    <details>
      <summary>{say("位次怎么排", "How places come about")}</summary>
      <p class="note">
        {say(
          `依次比较${name}、优秀率、平均分（没有的一项不比），与 juanping rank 的默认规则相同；并列的位次相同，其后顺延。`,
          `By ${name}, then 优秀率, then the mean mark (what nobody has is left out), as juanping rank does by default; ties share a place.`,
        )}
        {say(
          "有未定案件的机构，位次是一个范围：由未定案件最好和最坏的结果得出。",
          " Undecided cases make a place a range: from the best to the worst they can turn out.",
        )}
        {ranked.some((r) => r.sampled) &&
          say(
            "抽样误差内的位次按每个机构抽样的 95% 区间得出：区间重叠的，分不出先后。",
            " Places within sampling error follow from the 95 % intervals: where these overlap, neither is better.",
          )}
      </p>
    </details>
  );
}

/** What the order and the figures can bear. */
function noteOf(ranked: Standing[], up: boolean): string {
  const isSample = ranked.some((r) => r.sampled);
  const allFew = ranked.length > 0 && ranked.every((r) => r.rate.n < FEW);
  const apart = ranked.some((r) => r.sampled && (r.sampled[0] > 1 || r.sampled[1] < ranked.length));
  return [
    isSample
      ? apart
        ? say("抽样：范围重叠的机构分不出先后。", "A sample: offices whose ranges overlap cannot be told apart.")
        : say("抽样：各机构的范围都重叠，分不出先后。", "A sample: all ranges overlap, so no office can be told from another.")
      : "",
    allFew
      ? say("件数太少（每个机构不足 10 件），名次只作参考。", "Fewer than 10 cases an office: places are for orientation only.")
      : "",
    ranked.some((r) => r.rate.k_low !== r.rate.k_high)
      ? say(
          `未定的按最坏情况排列，排在${up ? "前面" : "后面"}不等于差。`,
          `Undecided cases are ordered at their worst: to stand ${up ? "first" : "last"} is not to be worse.`,
        )
      : "",
  ]
    .filter(Boolean)
    .join(say("", " "));
}

function Row({ one, total, isSample, allFew }: { one: Standing; total: Range | null; isSample: boolean; allFew: boolean }) {
  const { head } = useStore();
  const grades = gradesOf(head);
  const { office, rate, place: ends, sampled } = one;
  const open = say(`${count(office.undecided)} 件待定`, `${count(office.undecided)} undecided`);
  return (
    <tr>
      {isSample && <td class="num within">{sampled && place(sampled)}</td>}
      <td class={isSample ? "num place lesser" : "num place"}>{place(ends)}</td>
      <th scope="row">
        <a href={to(["office", office.id])}>{office.name}</a>
        {office.undecided > 0 &&
          (head.blocks[office.id] ? (
            <a class="few open" href={to(["office", office.id, "cases"], { grade: "未定" })}>
              {open}
            </a>
          ) : (
            <span class="few open">{open}</span>
          ))}
        {rate.n < FEW && !allFew && (
          <span class="few" title={say(`不足 ${FEW} 件，只作参考`, `fewer than ${FEW} cases`)}>
            {say("件数少", "few")}
          </span>
        )}
      </th>
      <td class="num">{rateText(rate)}</td>
      <td class="wide">
        <RateBar name={office.name} rate={rate} centre={total} />
      </td>
      <td class="num">{of(rate)}</td>
      <td class="wide stays">
        <GradeBar office={office} grades={grades} />
      </td>
    </tr>
  );
}

/** What the upright line is. */
function LineNote({ name, k, n, rate }: { name: string; k: Range; n: number; rate: string }) {
  if (useNarrow() || n === 0) return null;
  return (
    <p class="note">
      {k[0] === k[1]
        ? say(`竖线为${name}的${rate} ${percent(k[0], n)}。`, `The upright line is the ${rate} of ${name}, ${percent(k[0], n)}.`)
        : say(
            `竖线为${name}已确定部分 ${percent(k[0], n)}（未定全部达到则为 ${percent(k[1], n)}，到浅色带的右端）。`,
            `The upright line is the sure part of ${name}, ${percent(k[0], n)} (${percent(k[1], n)} if all undecided cases reach it: the end of the light band).`,
          )}
    </p>
  );
}

export function Ranking({ offices, total }: { offices: Office[]; total: Office | undefined }) {
  const { head } = useStore();
  const grades = gradesOf(head);
  const up = useUpwards();
  const ranked = standings(offices, head);
  const without = offices.filter((o) => !(headline(o)?.n ?? 0));
  const allFew = ranked.length > 0 && ranked.every((r) => r.rate.n < FEW);
  const isSample = ranked.some((r) => r.sampled);
  const { shown, more } = useRows(up ? [...ranked].reverse() : ranked, 30);
  const name = ranked[0]?.rate.name ?? (offices[0] && headline(offices[0])?.name) ?? "";
  const sum = (get: (r: Standing) => number) => ranked.reduce((s, r) => s + get(r), 0);
  const [low, high, n] = [sum((r) => r.rate.k_low), sum((r) => r.rate.k_high), sum((r) => r.rate.n)];
  const titles = grades.titles.filter((t) => offices.some((o) => shares(o, grades).some((s) => s.title === t)));
  return (
    <Section id="ranking" title={say("机构排位与等次分布", "Places and grades by office")} note={noteOf(ranked, up)}>
      <Legend grades={grades} titles={titles} />
      <OrderSwitch n={ranked.length} />
      <table class="plain ranking charted">
        <thead>
          <tr>
            {isSample && (
              <th scope="col" class="num">
                {say("位次（抽样误差内）", "Place within sampling error")}
              </th>
            )}
            <th scope="col" class="num">
              {isSample ? say("只看抽到的", "Of those drawn") : say("位次", "Place")}
            </th>
            <th scope="col">{say("机构", "Office")}</th>
            <th scope="col" class="num">
              {name}
            </th>
            <th scope="col" class="wide">
              <span class="hidden">{say("比率图", "Chart of the rate")}</span>
            </th>
            <th scope="col" class="num">
              {say("达到/评查", "Reached/cases")}
            </th>
            <th scope="col" class="wide stays">
              {say("等次分布", "Grades")}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map((one) => (
            <Row key={one.office.id} one={one} total={n ? [low / n, high / n] : null} isSample={isSample} allFew={allFew} />
          ))}
          {without.map((office) => (
            <tr key={office.id} class="without">
              {isSample && <td class="num">—</td>}
              <td class="num">—</td>
              <th scope="row">
                <a href={to(["office", office.id])}>{office.name}</a>
              </th>
              <td class="num">{noData()}</td>
              <td class="wide" />
              <td class="num">0/0</td>
              <td class="wide stays" />
            </tr>
          ))}
        </tbody>
      </table>
      {more}
      <LineNote name={total?.name ?? say("各机构合计", "all offices")} k={[low, high]} n={n} rate={name} />
      {ranked.length > 0 && <How name={name} ranked={ranked} />}
    </Section>
  );
}
