// Bars as wide as their place: grades side by side, a rate with its range, points to two sides. Must not be the only place where a figure stands.
import { scaleLinear } from "d3-scale";
import type { Office, Range, Rate } from "../data/types.ts";
import { count, fraction, of, range, rate as rateText } from "../format.ts";
import { type Grades, shares } from "../grades.ts";
import { bracketed, say } from "../words.ts";

const percent = scaleLinear([0, 1], [0, 100]);
const wide = (from: number, to: number) => ({ x: `${percent(from)}%`, width: `${Math.max(0, percent(to) - percent(from))}%` });

/** Cases by grade, and those that are undecided, hatched. */
export function GradeBar({ office, grades, tall }: { office: Office; grades: Grades; tall?: boolean }) {
  const all = shares(office, grades);
  const n = all.reduce((sum, g) => sum + g.n, 0) + office.undecided;
  const words = [...all.map((g) => `${g.title} ${g.n}`), `${say("未定", "undecided")} ${office.undecided}`].join(say("，", ", "));
  const height = tall ? 34 : 20;
  let before = 0;
  const parts = [
    ...all.map((g) => ({ ...g, tone: `g${grades.tone(g.title)}` })),
    { title: say("未定", "undecided"), n: office.undecided, tone: "open" },
  ];
  return (
    <svg
      class={`bar ${tall ? "tall" : ""}`}
      role="img"
      aria-label={`${office.name}${say("：", ": ")}${n ? words : say("没有案件", "no cases")}`}
      height={height}
    >
      <rect class="track" x="0" y="0" width="100%" height={height} />
      {parts.map(({ title, n: k, tone }) => {
        if (k === 0 || n === 0) return null;
        const place = wide(before / n, (before + k) / n);
        const middle = `${percent((before + k / 2) / n)}%`;
        before += k;
        const isWide = k / n > (tall ? 0.05 : 0.09);
        return (
          <g key={title}>
            <title>{`${title} ${count(k)}/${count(n)}`}</title>
            <rect class={`fill ${tone}`} {...place} y="0" height={height} />
            {isWide && (
              <text class={`on ${tone}`} x={middle} y={height / 2} dy="0.36em" text-anchor="middle">
                {tall && k / n > 0.12 ? `${title} ${count(k)}` : count(k)}
              </text>
            )}
          </g>
        );
      })}
    </svg>
  );
}

/** A rate from 0 to 1: the sure part, what is open, the interval of the sample where there is one, and what it is held against: a line, or a band. */
export function RateBar({ name, rate, centre, tall }: { name: string; rate: Rate; centre?: Range | null; tall?: boolean }) {
  const height = tall ? 26 : 20;
  const [low, high] = rate.n ? [rate.k_low / rate.n, rate.k_high / rate.n] : [0, 0];
  const sample = rate.ci95 && rate.ci95[1] > rate.ci95[0] ? rate.ci95 : null;
  const interval = sample
    ? say(
        `，抽样 95% 区间 ${fraction(sample[0])} 至 ${fraction(sample[1])}`,
        `, 95 % interval ${fraction(sample[0])} to ${fraction(sample[1])}`,
      )
    : "";
  const label = rate.n ? `${name} ${rate.name} ${rateText(rate)}${bracketed(of(rate))}${interval}` : `${name} ${say("无数据", "no data")}`;
  return (
    <svg class="bar rate" role="img" aria-label={label} height={height}>
      <title>{label}</title>
      <rect class="track" x="0" y="0" width="100%" height={height} />
      {rate.n > 0 && <rect class="fill sure" {...wide(0, low)} y="0" height={height} />}
      {high > low && <rect class="fill open" {...wide(low, high)} y="0" height={height} />}
      {sample && (
        <g class="interval">
          <line x1={`${percent(sample[0])}%`} x2={`${percent(sample[1])}%`} y1={height / 2} y2={height / 2} />
          {sample.map((end) => (
            <line key={end} x1={`${percent(end)}%`} x2={`${percent(end)}%`} y1={height / 4} y2={(height * 3) / 4} />
          ))}
        </g>
      )}
      {centre && centre[1] > centre[0] && <rect class="band" {...wide(centre[0], centre[1])} y="0" height={height} />}
      {centre && <line class="centre" x1={`${percent(centre[0])}%`} x2={`${percent(centre[0])}%`} y1="0" y2={height} />}
    </svg>
  );
}

/** Points lost a case, 规范性 to the left and 业务性 to the right; what is still open is hatched. */
export function TwoSides({ name, left, right, most }: { name: string; left: Range; right: Range; most: number }) {
  const scale = scaleLinear([0, most || 1], [0, 49.5]);
  const label = say(
    `${name}：案均失分，规范性 ${range(left)}，业务性 ${range(right)}`,
    `${name}: points lost a case, regularity ${range(left)}, substance ${range(right)}`,
  );
  const part = (from: number, to: number, side: number, tone: string) =>
    to > from && (
      <rect
        class={`fill ${tone}`}
        x={`${50 + (side < 0 ? -scale(to) : scale(from))}%`}
        width={`${scale(to) - scale(from)}%`}
        y="2"
        height="16"
      />
    );
  return (
    <svg class="bar sides" role="img" aria-label={label} height={20}>
      <title>{label}</title>
      {part(0, left[0], -1, "left")}
      {part(left[0], left[1], -1, "open")}
      {part(0, right[0], 1, "right")}
      {part(right[0], right[1], 1, "open")}
      <line class="centre" x1="50%" x2="50%" y1="0" y2="20" />
    </svg>
  );
}

/** A plain share, to compare at a glance, and hatched what it may come to; the figure stands beside it. */
export function Share({ of: [low, high], most }: { of: Range; most: number }) {
  const at = (n: number) => (most ? n / most : 0);
  return (
    <svg class="bar thin" height="10" aria-hidden="true">
      <rect class="track" width="100%" height="10" />
      <rect class="fill sure" {...wide(0, at(low))} height="10" />
      {high > low && <rect class="fill open" {...wide(at(low), at(high))} height="10" />}
    </svg>
  );
}
