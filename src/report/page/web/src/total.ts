// What the criteria of a case come to, exactly, and why that may not be the recorded mark. Must not replace the recorded mark.
import type { Pair, Result, Rubric } from "./data/types.ts";
import { type Exact, exact, isLess, isSame, isShort, least, minus, over, plus, shown, times, ZERO } from "./exact.ts";
import { range } from "./format.ts";
import { say } from "./words.ts";

export type Line = { id: string; result: Result };
export type Marks = { low: number; high: number; total: number; exact: Pair | null };
type Two = [low: Exact, high: Exact];
export type Total = {
  /** Got of what counts, without bonus; what bonus adds. */
  got: Two;
  of: Exact;
  full: Exact;
  gain: Two;
  mark: Two;
  /** Titles of groups whose losses were capped. */
  capped: string[];
  clamped: boolean;
};

const sum = (all: Exact[]): Exact => all.reduce(plus, ZERO);

export function isBonus(rubric: Rubric, id: string): boolean {
  return rubric.scoring?.bonus?.includes(id) ?? false;
}

/** Got surely and possibly under a criterion. */
export function gotOf([, , low, high, more]: Result): Two {
  return more?.exact ? [exact(more.exact[0]), exact(more.exact[1])] : [exact(low), exact(high)];
}

export function totalOf(rubric: Rubric, lines: Line[], total: number): Total {
  const group = (id: string) => rubric.criteria.find((c) => c.id === id)?.group;
  const capped: string[] = [];
  const lost: Two = [ZERO, ZERO];
  const counting = lines.filter((l) => !isBonus(rubric, l.id));
  for (const { title, most } of rubric.groups) {
    const mine = counting.filter((l) => group(l.id) === title);
    for (const i of [0, 1] as const) {
      const own = sum(mine.map((l) => minus(exact(l.result[1]), gotOf(l.result)[i])));
      const lid = most === null ? own : least(own, exact(most));
      if (isLess(lid, own) && !capped.includes(title)) capped.push(title);
      lost[i] = plus(lost[i], lid);
    }
  }
  const of = sum(counting.map((l) => exact(l.result[1])));
  const points = rubric.criteria.filter((c) => !isBonus(rubric, c.id)).map((c) => exact(c.points ?? 0));
  const full = sum(points);
  const base = rubric.scoring?.not_applicable === "full" ? full : of;
  const bonus = lines.filter((l) => isBonus(rubric, l.id));
  const most = exact(rubric.scoring?.bonus_most ?? 0);
  const gain = ([0, 1] as const).map((i) => least(sum(bonus.map((l) => gotOf(l.result)[i])), most)) as Two;
  const got = ([0, 1] as const).map((i) => minus(of, lost[i])) as Two;
  const whole = exact(total);
  let clamped = false;
  const mark = ([0, 1] as const).map((i) => {
    const sum_ = plus(over(times(minus(base, lost[i]), whole), base), gain[i]);
    clamped ||= isLess(whole, sum_);
    return isLess(sum_, ZERO) ? ZERO : least(sum_, whole);
  }) as Two;
  return { got, of, full, gain, mark, capped, clamped };
}

/** Whether the criteria come to the recorded mark. */
export function agrees({ mark }: Total, marks: Marks): boolean {
  const recorded = marks.exact?.map(exact);
  return ([0, 1] as const).every((i) =>
    recorded?.[i] ? isSame(mark[i], recorded[i]) : shown(mark[i]) === [marks.low, marks.high][i] && isShort(mark[i]),
  );
}

/** How the mark comes about; an equation only where it holds with the digits that are printed. */
export function told(t: Total, marks: Marks, rescaled: boolean): string {
  const two = (x: Two): [number, number] => [shown(x[0]), shown(x[1])];
  const [got, of, gain, total] = [two(t.got), shown(t.of), two(t.gain), marks.total];
  const kept = shown(minus(t.full, t.of));
  const hasGain = gain[1] > 0;
  const scaled = isSame(t.full, exact(total)) ? "" : ` ÷ ${shown(t.full)} × ${total}`;
  const holds = ([0, 1] as const).every((i) => {
    const above = exact(got[i]);
    const base = rescaled ? exact(of) : t.full;
    const again = plus(over(times(rescaled ? above : plus(above, exact(kept)), exact(total)), base), exact(gain[i]));
    return shown(least(again, exact(total))) === [marks.low, marks.high][i];
  });
  const equal = t.mark.every(isShort) ? "=" : "≈";
  const zh = rescaled
    ? `得分 ${range(got)} ÷ 应评分 ${of} × 满分 ${total}`
    : kept > 0
      ? `（得分 ${range(got)} + 不适用 ${kept}）${scaled}`
      : `得分 ${range(got)}${scaled}`;
  const en = rescaled
    ? `${range(got)} got ÷ ${of} that apply × ${total}`
    : `(${range(got)} got${kept > 0 ? ` + ${kept} that do not apply` : ""})${scaled}`;
  const mark = range([marks.low, marks.high]);
  const all = say(zh + (hasGain ? ` + 加分 ${range(gain)}` : ""), en + (hasGain ? ` + ${range(gain)} bonus` : ""));
  const most = t.clamped ? say(`（以满分 ${total} 为限）`, ` (at most ${total})`) : "";
  const caps = t.capped.length > 0 ? say(`（${t.capped.join("、")}已按最多扣分计）`, ` (losses of ${t.capped.join(", ")} are capped)`) : "";
  if (holds) return say(`最后得分：${all} ${equal} ${mark}${most}${caps}`, `Mark: ${all} ${equal} ${mark}${most}${caps}`);
  return say(
    `最后得分：${all}，按未舍入的数计算为 ${mark}${most}${caps}`,
    `Mark: ${all}, computed with unrounded numbers, is ${mark}${most}${caps}`,
  );
}

/** Why the recorded mark is another; only what holds of this case. */
export function causes(rubric: Rubric, lines: Line[], several: boolean): string[] {
  const doubtful = lines.filter((l) => l.result[4]?.if_applies).map((l) => l.id);
  const gates = lines
    .filter((l) => rubric.scoring?.gates?.includes(l.id) && !["met", "not_applicable"].includes(l.result[0]))
    .map((l) => l.id);
  return [
    ...(doubtful.length > 0 ? [say(`${doubtful.join("、")} 是否适用未定`, `${doubtful.join(", ")} may not apply`)] : []),
    ...(gates.length > 0 ? [say(`一票否决项 ${gates.join("、")} 不符合或未定`, `the gate ${gates.join(", ")} is not met or open`)] : []),
    ...(several ? [say("由几份评分合成（见评议）", "several marks were combined (see the panel)")] : []),
  ];
}
