// Numbers as people read them. Must not round before anything is decided; that was done when the results were made.
import type { Range, Rate } from "./data/types.ts";
import { between, noData, say } from "./words.ts";

// Made once: toLocaleString makes one a call, which is most of the time that a long table takes.
const TWO = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

/** Points: two decimals at most. */
export function points(n: number): string {
  return TWO.format(Math.round(n * 100) / 100);
}

/** An interval of points, one number where both ends are equal. */
export function range(ends: Range | null | undefined): string {
  if (!ends) return noData();
  return ends[0] === ends[1] ? points(ends[0]) : between(points(ends[0]), points(ends[1]));
}

export function count(n: number): string {
  return TWO.format(n);
}

/** A share, rounded half up to two decimals; nothing of nothing is no data, and only none and all are 0 and 100. */
export function percent(k: number, n: number): string {
  if (n === 0) return noData();
  const shown = Math.round((k * 10000) / n) / 100;
  if (shown === 0 && k > 0) return "<0.01%";
  if (shown === 100 && k < n) return ">99.99%";
  return `${shown}%`;
}

/** A share that may be a range. */
export function percents([low, high]: Range, n: number): string {
  return low === high ? percent(low, n) : between(percent(low, n), percent(high, n));
}

/** Counts that may be a range. */
export function counts([low, high]: Range): string {
  return low === high ? count(low) : between(count(low), count(high));
}

export function fraction(x: number): string {
  return `${Math.round(x * 10000) / 100}%`;
}

/** A rate: a range while cases are undecided. */
export function rate(r: Pick<Rate, "k_low" | "k_high" | "n">): string {
  if (r.n === 0) return noData();
  return percents([r.k_low, r.k_high], r.n);
}

/** 52～56/60 */
export function of(r: Pick<Rate, "k_low" | "k_high" | "n">): string {
  return `${counts([r.k_low, r.k_high])}/${count(r.n)}`;
}

export function cases(n: number): string {
  return say(`${count(n)} 件`, `${count(n)} ${n === 1 ? "case" : "cases"}`);
}

/** Fewer than this many cases, and a rate is said to rest on few. */
export const FEW = 10;

/** A rubric's title without the bracket that says it is a sample, which is said beside it. */
export function shortTitle(title: string): string {
  return title.split("〔参考样式")[0] ?? title;
}
