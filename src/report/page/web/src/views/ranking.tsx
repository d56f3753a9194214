// Offices side by side: places with their ranges, rates, grades. Must not give an office one place where undecided cases allow several.
import { GradeBar, RateBar } from "../charts/bars.tsx";
import type { Office, Range } from "../data/types.ts";
import { count, FEW, of, range, rate as rateText } from "../format.ts";
import { gradesOf, shares } from "../grades.ts";
import { useStore } from "../hooks.ts";
import { Legend, Section, useSome } from "../parts/pieces.tsx";
import { headline, standings } from "../rank.ts";
import { to } from "../route.ts";
import { noData, say } from "../words.ts";

const place = (ends: Range): string => (ends[0] === ends[1] ? String(ends[0]) : `${ends[0]}～${ends[1]}`);

export function Ranking({ offices }: { offices: Office[] }) {
  const { head } = useStore();
  const grades = gradesOf(head);
  const ranked = standings(offices, head);
  const without = offices.filter((o) => !ranked.some((r) => r.office === o));
  const allFew = ranked.length > 0 && ranked.every((r) => r.rate.n < FEW);
  const isSample = ranked.some((r) => r.sampled);
  const hasOpen = ranked.some((r) => r.place[0] !== r.place[1] || r.rate.k_low !== r.rate.k_high);
  const { shown, more } = useSome(ranked, 30);
  const name = ranked[0]?.rate.name ?? (offices[0] && headline(offices[0])?.name) ?? "";
  const total = ranked.reduce(([k, n], r) => [k + r.rate.k_low, n + r.rate.n] as Range, [0, 0] as Range);
  const titles = grades.titles.filter((t) => offices.some((o) => shares(o, grades).some((s) => s.title === t)));
  const note = [
    say(
      `依次比较${name}、优秀率、平均分，与 juanping rank 的默认规则相同；并列的位次相同，其后顺延。`,
      `By ${name}, then 优秀率, then the mean mark, as juanping rank does by default; ties share a place.`,
    ),
    hasOpen
      ? say(
          "有未定案件的机构位次是一个范围：由未定案件最好和最坏的结果得出。",
          "Undecided cases make a place a range: from the best to the worst they can turn out.",
        )
      : "",
    isSample
      ? say(
          "“抽样误差内”一列为计入抽样 95% 区间以后的位次范围：范围重叠的机构分不出高下。",
          "The column “within sampling error” has the places that the 95 % intervals allow: where these overlap, neither is better.",
        )
      : "",
    allFew ? say(`每个机构都不足 ${FEW} 件，比率只作参考。`, `Every office has fewer than ${FEW} cases: for orientation only.`) : "",
  ]
    .filter(Boolean)
    .join(say("", " "));
  return (
    <Section id="ranking" title={say("机构排位与等次分布", "Places and grades by office")} note={note}>
      <Legend grades={grades} titles={titles} />
      <table class="plain ranking">
        <thead>
          <tr>
            <th scope="col" class="num">
              {say("位次", "Place")}
            </th>
            {isSample && (
              <th scope="col" class="num">
                {say("抽样误差内", "Within sampling error")}
              </th>
            )}
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
            <th scope="col" class="wide">
              {say("等次分布", "Grades")}
            </th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ office, rate, place: ends, sampled }) => (
            <tr key={office.id}>
              <td class="num place">{place(ends)}</td>
              {isSample && <td class="num">{sampled && place(sampled)}</td>}
              <th scope="row">
                <a href={to(["office", office.id])}>{office.name}</a>
                {rate.n < FEW && !allFew && (
                  <span class="few" title={say(`不足 ${FEW} 件，只作参考`, `fewer than ${FEW} cases`)}>
                    {say("件数少", "few")}
                  </span>
                )}
              </th>
              <td class="num">{rateText(rate)}</td>
              <td class="wide">
                <RateBar name={office.name} rate={rate} centre={total[1] ? total[0] / total[1] : null} />
              </td>
              <td class="num">{of(rate)}</td>
              <td class="wide">
                <GradeBar office={office} grades={grades} />
              </td>
            </tr>
          ))}
          {without.map((office) => (
            <tr key={office.id} class="without">
              <td class="num">—</td>
              {isSample && <td class="num">—</td>}
              <th scope="row">
                <a href={to(["office", office.id])}>{office.name}</a>
              </th>
              <td class="num">{noData()}</td>
              <td class="wide" />
              <td class="num">0/0</td>
              <td class="wide" />
            </tr>
          ))}
        </tbody>
      </table>
      {more}
      <p class="note">
        {say(
          `竖线为合计 ${range([total[1] ? (total[0] * 100) / total[1] : 0, total[1] ? (total[0] * 100) / total[1] : 0])}%（已确定的 ${count(total[0])}/${count(total[1])}）。`,
          `The upright line is all of them, ${count(total[0])}/${count(total[1])} surely.`,
        )}
      </p>
    </Section>
  );
}
