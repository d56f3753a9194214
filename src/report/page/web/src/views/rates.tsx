// Rates with their n, the headline first, and the grades they come from. Must not show a range without saying what makes it one.
import { GradeBar, RateBar } from "../charts/bars.tsx";
import type { Office } from "../data/types.ts";
import { count, FEW, of, range, rate as rateText } from "../format.ts";
import { gradesOf, shares } from "../grades.ts";
import { useStore } from "../hooks.ts";
import { Empty, Figure, Legend } from "../parts/pieces.tsx";
import { headline } from "../rank.ts";
import { say } from "../words.ts";
import { Undecided } from "./undecided.tsx";

/** The rates, the headline first, and the grades they come from. */
export function Rates({ office, offices, openMarks }: { office: Office; offices: Office[]; openMarks?: number | undefined }) {
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
  const open = first.k_high - first.k_low;
  const undecided =
    office.undecided === 0
      ? say("等次全部已定", "all decided")
      : open === 0
        ? say(`${count(office.undecided)} 件等次未定，不影响此率`, `${count(office.undecided)} undecided, which ${office.undecided === 1 ? "does" : "do"} not touch this rate`)
        : open === office.undecided
          ? say(`其中 ${count(open)} 件等次未定，故为范围`, `${count(open)} undecided, hence a range`)
          : say(
              `${count(office.undecided)} 件等次未定，其中 ${count(open)} 件影响此率，故为范围`,
              `${count(office.undecided)} undecided, ${count(open)} of which ${open === 1 ? "touches" : "touch"} this rate, hence a range`,
            );
  const isOpen = office.mean !== null && office.mean[0] !== office.mean[1];
  const marks = [
    office.marked != null ? say(`${count(office.marked)} 件有分`, `of ${count(office.marked)} with a mark`) : "",
    isOpen
      ? openMarks
        ? say(`${count(openMarks)} 件得分未定，故为范围`, `${count(openMarks)} ${openMarks === 1 ? "mark is" : "marks are"} open, hence a range`)
        : say("有得分未定的案件，故为范围", "some marks are open, hence a range")
      : "",
  ].filter(Boolean);
  return (
    <div class="rates">
      <dl class="figures">
        <Figure
          main
          name={first.name}
          value={rateText(first)}
          note={
            <>
              {of(first)}
              {say(" 件；", "; ")}
              {undecided}
              {few && say("；", "; ")}
              {few}
            </>
          }
        >
          <RateBar name={office.name} rate={first} tall />
        </Figure>
        {rest.map((r) => (
          <Figure key={r.id} name={r.name} value={rateText(r)} note={say(`${of(r)} 件`, of(r))} />
        ))}
        <Figure
          name={say("平均分", "Mean mark")}
          value={range(office.mean)}
          note={marks.join(say("，", ", ")) || undefined}
        />
        {office.median && <Figure name={say("中位数", "Median")} value={range(office.median)} />}
      </dl>
      <Undecided offices={offices} />
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
