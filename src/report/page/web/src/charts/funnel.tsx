// The funnel (漏斗图): offices by cases and rate, with the limits that chance explains. Must not be read as a verdict; the text beside it says so.
import { scaleLinear } from "d3-scale";
import type { Office } from "../data/types.ts";
import { of, rate as rateText } from "../format.ts";
import { limits } from "../funnel.ts";
import { headline } from "../rank.ts";
import { few } from "../parts/pieces.tsx";
import { to } from "../route.ts";
import { say } from "../words.ts";

const WIDTH = 1040;
const HEIGHT = 340;
const ROOM = { left: 48, right: 16, top: 12, bottom: 40 };

export function Funnel({ offices }: { offices: Office[] }) {
  const all = offices.flatMap((office) => {
    const rate = headline(office);
    return rate && rate.n > 0 ? [{ office, rate, open: rate.k_low !== rate.k_high }] : [];
  });
  if (all.length < 3)
    return (
      <p class="note">{say("漏斗图至少要三个有案件的机构，没有画。", "A funnel needs three offices with cases, so there is none.")}</p>
    );
  // Around the offices that are decided; where there are too few of these, around all, and the centre is a range.
  const decided = all.filter((o) => !o.open);
  const isWide = decided.length < 3;
  const known = isWide ? all : decided;
  const [k, kHigh, n] = known.reduce(([a, b, c], { rate }) => [a + rate.k_low, b + rate.k_high, c + rate.n], [0, 0, 0]);
  if (kHigh === 0 || k === n)
    return (
      <p class="note">
        {say(
          "各机构的主要比率全部为 0 或 100%，没有离散，漏斗图没有画。",
          "Every headline rate is 0 or 100 %: nothing varies, so there is no funnel.",
        )}
      </p>
    );

  const [centre, centreHigh] = [k / n, kHigh / n];
  const around = (size: number) => {
    const [low, high] = [limits(size, centre), limits(size, centreHigh)];
    return { at95: [low.at95[0], high.at95[1]] as const, at998: [low.at998[0], high.at998[1]] as const };
  };
  const most = Math.max(...all.map((o) => o.rate.n));
  const x = scaleLinear([0, most * 1.04], [ROOM.left, WIDTH - ROOM.right]);
  const steps = Array.from({ length: 80 }, (_, i) => Math.max(1, Math.round(((i + 1) / 80) * most * 1.03)));
  const curves = [...new Set(steps)].map((size) => ({ size, ...around(size) }));
  const least = Math.min(...all.map((o) => o.rate.k_low / o.rate.n), ...curves.filter((c) => c.size >= most / 12).map((c) => c.at998[0]));
  const y = scaleLinear([Math.max(0, Math.floor((least - 0.04) * 10) / 10), 1], [HEIGHT - ROOM.bottom, ROOM.top]).clamp(true);
  const line = (get: (c: (typeof curves)[number]) => number) =>
    curves.map((c, i) => `${i ? "L" : "M"}${x(c.size).toFixed(1)},${y(get(c)).toFixed(1)}`).join("");
  // Offices at one spot are one point with all their names.
  const spots = new Map<string, typeof all>();
  for (const one of all) {
    const key = `${one.rate.n} ${one.rate.k_low} ${one.rate.k_high}`;
    spots.set(key, [...(spots.get(key) ?? []), one]);
  }
  const outside = known.filter(({ rate }) => {
    const { at95 } = around(rate.n);
    return rate.k_high / rate.n < at95[0] || rate.k_low / rate.n > at95[1];
  });
  const name = known[0]?.rate.name ?? "";
  const told = few(
    outside.map(({ office, rate }) => `${office.name} ${rateText(rate)}（${of(rate)}）`),
    12,
  );
  return (
    <>
      <svg
        class="funnel"
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="group"
        aria-label={say(`漏斗图：横轴件数，纵轴${name}`, `Funnel: cases across, ${name} up`)}
      >
        {y.ticks(5).map((tick) => (
          <g class="axis" key={tick}>
            <line x1={ROOM.left} x2={WIDTH - ROOM.right} y1={y(tick)} y2={y(tick)} />
            <text x={ROOM.left - 8} y={y(tick)} dy="0.35em" text-anchor="end">
              {Math.round(tick * 100)}%
            </text>
          </g>
        ))}
        {x
          .ticks(8)
          .filter((tick) => Number.isInteger(tick))
          .map((tick) => (
            <text class="axis" key={tick} x={x(tick)} y={HEIGHT - ROOM.bottom + 18} text-anchor="middle">
              {tick}
            </text>
          ))}
        <text class="axis" x={WIDTH - ROOM.right} y={HEIGHT - 4} text-anchor="end">
          {say("评查件数", "cases")}
        </text>
        <path class="limit outer" d={line((c) => c.at998[0]) + line((c) => c.at998[1])} />
        <path class="limit" d={line((c) => c.at95[0]) + line((c) => c.at95[1])} />
        <rect
          class="centre"
          x={ROOM.left}
          width={WIDTH - ROOM.right - ROOM.left}
          y={y(centreHigh) - 0.75}
          height={y(centre) - y(centreHigh) + 1.5}
        />
        {[...spots.values()].map((same) => {
          const { office, rate, open } = same[0] as (typeof all)[number];
          const names = same.map((o) => o.office.name).join(say("、", ", "));
          const short = same.length > 2 ? say(`${office.name}等 ${same.length} 个`, `${office.name} and ${same.length - 1} more`) : names;
          const label = `${short === names ? "" : `${short}${say("：", ": ")}`}${names} ${rateText(rate)}（${of(rate)}）`;
          const isOutside = outside.some((o) => o.office === office);
          const near = x(rate.n) > WIDTH - 150;
          const named = isOutside ? outside.length <= 14 : all.length <= 14;
          return (
            <a key={office.id} href={same.length > 1 ? to([]) : to(["office", office.id])} aria-label={label}>
              <title>{label}</title>
              {open && <line class="openline" x1={x(rate.n)} x2={x(rate.n)} y1={y(rate.k_low / rate.n)} y2={y(rate.k_high / rate.n)} />}
              <circle
                class={isOutside ? "point outside" : open ? "point undecided" : "point"}
                cx={x(rate.n)}
                cy={y(rate.k_low / rate.n)}
                r={5}
              />
              {named && (
                <text
                  class="name"
                  x={x(rate.n) + (near ? -10 : 10)}
                  y={y(rate.k_low / rate.n)}
                  dy={y(rate.k_low / rate.n) < 30 ? "1.2em" : "0.35em"}
                  text-anchor={near ? "end" : "start"}
                >
                  {short}
                </text>
              )}
            </a>
          );
        })}
      </svg>
      <p class="note">
        {say(
          `中线为${isWide ? "全部" : "等次已定的"} ${known.length} 个机构合计的${name} ${rateText({ k_low: k, k_high: kHigh, n })}；内外两对界线为二项分布 95% 与 99.8% 的精确界线。空心点有未定案件，按已确定的件数画，竖线为可能的范围。`,
          `The centre is the ${name} of ${isWide ? "all" : "the decided"} ${known.length} offices, ${rateText({ k_low: k, k_high: kHigh, n })}; limits are exact binomial ones, 95 % and 99.8 %. Hollow points have undecided cases: drawn at what is sure, the line is what is possible.`,
        )}
        {isWide &&
          say(
            "等次全部已定的机构不到三个，所以中线是一个范围，界线按它的两端放宽；整段都在界线以外的才标出。",
            " Fewer than three offices are fully decided, so the centre is a range and the limits are as wide; only those wholly outside are marked.",
          )}
        {told
          ? say(`在 95% 界线以外：${told}。`, ` Outside the 95 % limits: ${told}.`)
          : say("没有机构在 95% 界线以外。", " No office lies outside the 95 % limits.")}
        {say(
          "界线以外只说明值得看一看：案件构成、抽样、评查宽严不同都会如此，不是对质量的结论。",
          " Outside means worth a look; the mix of cases, the sample or lenient reviewers can do it. It is no verdict.",
        )}
      </p>
    </>
  );
}
