// A mark on the bands of its rubric's grades. Must not draw a point where the mark is an interval.
import { scaleLinear } from "d3-scale";
import type { Rubric } from "../data/types.ts";
import { points, range } from "../format.ts";
import type { Grades } from "../grades.ts";
import { say } from "../words.ts";

export function MarkBar({
  low,
  high,
  total,
  rubric,
  grades,
}: {
  low: number;
  high: number;
  total: number;
  rubric: Rubric;
  grades: Grades;
}) {
  const bands = [...rubric.grades].reverse().filter((g) => g.from !== null);
  if (bands.length === 0) return null;
  const x = scaleLinear([0, total], [0, 100]).clamp(true);
  const label =
    say(`得分 ${range([low, high])}，满分 ${total}；`, `Mark ${range([low, high])} of ${total}; `) +
    bands
      .map((b, i) => (b.from === 0 && bands[i + 1] ? `${b.title} <${bands[i + 1]?.from}` : `${b.title} ≥${b.from}`))
      .join(say("，", ", "));
  return (
    <svg class="bar markbar" role="img" aria-label={label} height={62}>
      {bands.map((band, i) => {
        const from = x(band.from ?? 0);
        const end = x(bands[i + 1]?.from ?? total);
        return (
          <g key={band.title}>
            <rect class={`fill g${grades.tone(band.title)}`} x={`${from}%`} width={`${end - from}%`} y="16" height="14" />
            {end - from > 6 && (
              <text class="axis" x={`${(from + end) / 2}%`} y="59" text-anchor="middle">
                {band.title}
              </text>
            )}
            {i > 0 && (
              <text class="axis" x={`${from}%`} y="45" text-anchor="middle">
                {band.from}
              </text>
            )}
          </g>
        );
      })}
      {high > low && <rect class="between" x={`${x(low)}%`} width={`${x(high) - x(low)}%`} y="12" height="22" />}
      {[...new Set([low, high])].map((mark) => (
        <line key={mark} class="needle" x1={`${x(mark)}%`} x2={`${x(mark)}%`} y1="10" y2="36">
          <title>{points(mark)}</title>
        </line>
      ))}
    </svg>
  );
}
