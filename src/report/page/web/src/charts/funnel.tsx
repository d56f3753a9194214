// The funnel (漏斗图): offices by cases and rate, with the limits that chance explains. Must not be read as a verdict; the text beside it says so.
import { scaleLinear } from "d3-scale";
import type { Office, Range, Rate } from "../data/types.ts";
import { of, rate as rateText } from "../format.ts";
import { limits } from "../funnel.ts";
import { Scroll } from "../parts/pieces.tsx";
import { headline } from "../rank.ts";
import { to } from "../route.ts";
import { bracketed, listed, say } from "../words.ts";
import { LINE, placedLabels } from "./labels.ts";
import { Reading } from "./reading.tsx";

const WIDTH = 1040;
const HEIGHT = 360;
const ROOM = { left: 48, right: 62, top: 14, bottom: 40 };
/** So many names fit. */
const NAMED = 14;
const LINES = 4;

export type One = { office: Office; rate: Rate; open: boolean };

/** Offices at one spot: their names are stacked. */
function Point({ same, x, y, isOutside, label }: { same: One[]; x: number; y: (k: number) => number; isOutside: boolean; label: string }) {
  const [first] = same as [One, ...One[]];
  const { k_low: low, n } = first.rate;
  const high = Math.max(...same.map((o) => o.rate.k_high));
  const several = same.length > 1;
  // Several offices at one spot have no page of their own: their rows in the ranking do.
  const jump = (event: MouseEvent) => {
    event.preventDefault();
    event.stopPropagation();
    document.querySelector("#h-ranking")?.scrollIntoView({ behavior: "smooth" });
  };
  const hollow = same.every((o) => o.open) ? " undecided" : "";
  return (
    <a href={several ? location.hash || "#/" : to(["office", first.office.id])} aria-label={label} {...(several ? { onClick: jump } : {})}>
      <title>{label}</title>
      {high > low && <line class="openline" x1={x} x2={x} y1={y(low / n)} y2={y(high / n)} />}
      {isMixed(same) && <circle class="ring" cx={x} cy={y(low / n)} r={8.5} />}
      <circle class={`point${isOutside ? " outside" : ""}${hollow}`} cx={x} cy={y(low / n)} r={5} />
    </a>
  );
}

/** Offices of which some are undecided, at one spot with others that are settled. */
const isMixed = (same: One[]): boolean => same.some((o) => o.open) && !same.every((o) => o.open);

/** An office's name, with how many of its cases are open where its point does not say that any are. */
const named = ({ office, rate, open }: One, mixed: boolean): string =>
  open && mixed
    ? office.name + bracketed(say(`${rate.k_high - rate.k_low} 件待定`, `${rate.k_high - rate.k_low} open`))
    : office.name;

export function Funnel({ offices, total }: { offices: Office[]; total: Rate | undefined }) {
  const all = offices.flatMap((office): One[] => {
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
  const sizes = new Map<number, { at95: Range; at998: Range }>();
  const around = (size: number) => {
    let both = sizes.get(size);
    if (!both) {
      const low = limits(size, centre);
      const high = centreHigh === centre ? low : limits(size, centreHigh);
      both = { at95: [low.at95[0], high.at95[1]], at998: [low.at998[0], high.at998[1]] };
      sizes.set(size, both);
    }
    return both;
  };
  const most = Math.max(...all.map((o) => o.rate.n));
  const x = scaleLinear([0, most * 1.04], [ROOM.left, WIDTH - ROOM.right]);
  const steps = Array.from({ length: 80 }, (_, i) => Math.max(1, Math.floor(((i + 1) / 80) * most * 1.04)));
  const curves = [...new Set(steps)].map((size) => ({ size, ...around(size) }));
  // Down to the lowest office and what chance allows the smallest; limits below that are left off, not laid along the bottom.
  const least = Math.min(...all.map((o) => o.rate.k_low / o.rate.n), around(Math.min(...all.map((o) => o.rate.n))).at998[0]);
  const bottom = Math.max(0, Math.floor((least - 0.02) * 20) / 20);
  const y = scaleLinear([bottom, 1], [HEIGHT - ROOM.bottom, ROOM.top]).clamp(true);
  const line = (get: (c: (typeof curves)[number]) => number) =>
    curves
      .filter((c) => get(c) >= bottom)
      .map((c, i) => `${i ? "L" : "M"}${x(c.size).toFixed(1)},${y(get(c)).toFixed(1)}`)
      .join("");
  const spots = new Map<string, One[]>();
  for (const one of all) {
    const key = `${one.rate.n} ${one.rate.k_low}`;
    spots.set(key, [...(spots.get(key) ?? []), one]);
  }
  const low = known.filter(({ rate }) => rate.k_high / rate.n < around(rate.n).at95[0]);
  const high = known.filter(({ rate }) => rate.k_low / rate.n > around(rate.n).at95[1]);
  const outside = new Set([...low, ...high]);
  const name = known[0]?.rate.name ?? "";
  const points = [...spots.values()].map((same) => {
    const first = same[0] as One;
    const isOutside = same.some((o) => outside.has(o));
    const names = all.length <= NAMED || (isOutside && outside.size <= NAMED) ? same.map((o) => named(o, isMixed(same))) : [];
    const lines =
      names.length > LINES
        ? [...names.slice(0, LINES - 1), say(`等 ${names.length} 个`, `and ${names.length - LINES + 1} more`)]
        : names;
    const label = listed(same.map(({ office, rate }) => `${office.name} ${rateText(rate)}${bracketed(of(rate))}`));
    return { same, isOutside, lines, label, x: x(first.rate.n), y: y(first.rate.k_low / first.rate.n) };
  });
  const lines = all
    .filter((o) => o.open)
    .map(({ rate }) => ({ x: x(rate.n) - 2, y: y(rate.k_high / rate.n), width: 4, height: y(rate.k_low / rate.n) - y(rate.k_high / rate.n) }));
  const room = { x: ROOM.left, y: 0, width: WIDTH - ROOM.left - ROOM.right + 10, height: HEIGHT - ROOM.bottom };
  const labels = placedLabels(points, lines, room);
  // What the lines are stands at their right ends, one below the other.
  const last = curves[curves.length - 1];
  let above = -Infinity;
  const ends = [
    { words: say("中线", "centre"), at: y((centre + centreHigh) / 2) },
    { words: "95%", at: y(last?.at95[0] ?? 0) },
    { words: "99.8%", at: y(last?.at998[0] ?? 0) },
  ].map(({ words, at }) => ({ words, at: (above = Math.max(at, above + 16)) }));
  return (
    <>
      <Scroll name={say("漏斗图", "Funnel")}>
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
        {ends.map(({ words, at }) => (
          <text class="axis" key={words} x={WIDTH - ROOM.right + 6} y={at} dy="0.35em">
            {words}
          </text>
        ))}
        {points.map(({ lines: names, label, x: px, y: py }, i) => {
          const at = labels[i];
          return (
            at &&
            names.length > 0 && (
              <g key={label} aria-hidden="true">
                {at.far && <line class="leader" x1={px} y1={py} x2={at.x + (at.anchor === "start" ? -2 : 2)} y2={at.middle} />}
                <text class="name" text-anchor={at.anchor}>
                  {names.map((line, row) => (
                    <tspan key={line} x={at.x} y={at.y + (row + 0.76) * LINE}>
                      {line}
                    </tspan>
                  ))}
                </text>
              </g>
            )
          );
        })}
        {points.map((p) => (
          <Point key={p.label} same={p.same} x={p.x} y={y} isOutside={p.isOutside} label={p.label} />
        ))}
      </svg>
      </Scroll>
      <Reading
        low={low.map(({ office, rate }) => ({ office, words: `${rateText(rate)}${bracketed(of(rate))}` }))}
        high={high.map(({ office, rate }) => ({ office, words: `${rateText(rate)}${bracketed(of(rate))}` }))}
        name={name}
        n={known.length}
        isWide={isWide}
        isAll={known.length === all.length}
        centre={rateText({ k_low: k, k_high: kHigh, n })}
        total={total && rateText(total)}
        hasMixed={points.some((p) => isMixed(p.same))}
        hasOpen={all.some((o) => o.open)}
      />
    </>
  );
}
