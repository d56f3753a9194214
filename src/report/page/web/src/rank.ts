// Places from intervals, by the keys that the program's ranking uses where no rules are given: headline rate, 优秀率, mean mark, compared
// exactly. A place is one more than how many are better (1, 2, 2, 4). Must not break ties, and must not give a place to who has no case.
import type { Head, Office, Range, Rate } from "./data/types.ts";

type Fraction = [top: bigint, bottom: bigint];

export type Standing = {
  office: Office;
  rate: Rate;
  /** Best and worst place that undecided cases allow. */
  place: Range;
  /** Whether what is open in its own keys is part of why the place is a range; else only that of others is. */
  own: boolean;
  /** Best and worst place within the error of the sample, where there was one. */
  sampled: Range | null;
};

export function headline(office: Office): Rate | undefined {
  return office.rates.find((r) => r.headline) ?? office.rates[0];
}

function compare(a: Fraction[], b: Fraction[]): number {
  for (const [i, [top, bottom]] of a.entries()) {
    const [otherTop, otherBottom] = b[i] ?? [0n, 1n];
    const [x, y] = [top * otherBottom, otherTop * bottom];
    if (x !== y) return x < y ? -1 : 1;
  }
  return 0;
}

const parsed = (text: string): Fraction => {
  const [top = "0", bottom = "1"] = text.split("/");
  return [BigInt(top), BigInt(bottom)];
};

type Key = (office: Office) => [low: Fraction, high: Fraction] | null;

const rateKey =
  (find: (rate: Rate) => boolean): Key =>
  (office) => {
    const rate = office.rates.find(find);
    if (!rate || rate.n === 0) return null;
    const share = (k: number): Fraction => [BigInt(k), BigInt(rate.n)];
    return [share(rate.k_low), share(rate.k_high)];
  };
const meanKey: Key = ({ mean_exact: mean }) => mean && [parsed(mean[0]), parsed(mean[1])];

/** A key without data may be anything, where others have it; a key that nobody has is left out. */
const ANYTHING: [Fraction, Fraction] = [
  [-1n, 1n],
  [2n ** 64n - 1n, 1n],
];

const KEYS: Key[] = [
  rateKey((r) => r.headline),
  rateKey((r) => r.id === "excellent_rate" || r.id === "excellent" || r.name === "excellent"),
  meanKey,
];

/** How many of a rising list are above something. */
function above<T>(rising: T[], than: T, order: (a: T, b: T) => number): number {
  let [from, to] = [0, rising.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (order(rising[middle] as T, than) > 0) to = middle;
    else from = middle + 1;
  }
  return rising.length - from;
}

/** Best and worst place of each by its lower and upper end: whoever surely, and whoever possibly, is better stands before. */
function placed<T>(all: { low: T; high: T }[], order: (a: T, b: T) => number): { place: Range; own: boolean }[] {
  const lows = all.map((v) => v.low).sort(order);
  const highs = all.map((v) => v.high).sort(order);
  return all.map(({ low, high }) => {
    // Nobody stands before itself, though its own upper end lies above its lower one.
    const place: Range = [above(lows, high, order) + 1, above(highs, low, order) + (order(high, low) > 0 ? 0 : 1)];
    return { place, own: above(lows, low, order) + 1 !== place[0] || above(highs, high, order) + 1 !== place[1] };
  });
}

const known = new WeakMap<Office[], Standing[]>();

/** Offices with cases, the best first; counted once for a list of offices. */
export function standings(offices: Office[], head: Head): Standing[] {
  const before = known.get(offices);
  if (before) return before;
  const keys = KEYS.filter((key) => offices.some((o) => key(o)));
  const all = offices.flatMap((office) => {
    const rate = headline(office);
    if (!rate || rate.n === 0) return [];
    const ends = keys.map((key) => key(office) ?? ANYTHING);
    return [{ office, rate, low: ends.map((e) => e[0]), high: ends.map((e) => e[1]) }];
  });
  const isSample = head.batch.scope.selection !== "all" || offices.some((o) => o.selected !== o.in_scope);
  const places = placed(all, compare);
  const ends = all.map(({ rate }) => ({ low: rate.ci95?.[0] ?? 0, high: rate.ci95?.[1] ?? 1 }));
  const sampled = isSample ? placed(ends, (a, b) => a - b) : null;
  const ranked = all
    .map((one, i) => ({ ...one, ...(places[i] ?? { place: [1, all.length] as Range, own: false }), sampled: sampled?.[i]?.place ?? null }))
    .sort((a, b) => compare(b.low, a.low) || compare(b.high, a.high) || (a.office.id < b.office.id ? -1 : 1))
    .map(({ office, rate, place, own, sampled }): Standing => ({ office, rate, place, own, sampled }));
  known.set(offices, ranked);
  return ranked;
}
