// Places from intervals, by the keys that the program's ranking uses where no rules are given: headline rate, 优秀率, mean mark, compared
// exactly. A place is one more than how many are better (1, 2, 2, 4). Must not break ties, and must not give a place to who has no case.
import type { Head, Office, Range, Rate } from "./data/types.ts";

type Fraction = [top: bigint, bottom: bigint];
type Value = { low: Fraction[]; high: Fraction[] };

export type Standing = {
  office: Office;
  rate: Rate;
  /** Best and worst place that undecided cases allow. */
  place: Range;
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

function valueOf(office: Office, rate: Rate, useMean: boolean): Value {
  const share = (k: number, n: number): Fraction => [BigInt(k), BigInt(n)];
  const low: Fraction[] = [share(rate.k_low, rate.n)];
  const high: Fraction[] = [share(rate.k_high, rate.n)];
  const best = office.rates.find((r) => r.id === "excellent_rate");
  low.push(best ? share(best.k_low, best.n) : [-1n, 1n]);
  high.push(best ? share(best.k_high, best.n) : [1n, 1n]);
  if (useMean) {
    // What has no mean may be anything.
    low.push(office.mean_exact ? parsed(office.mean_exact[0]) : [-1n, 1n]);
    high.push(office.mean_exact ? parsed(office.mean_exact[1]) : [1_000_000_000n, 1n]);
  }
  return { low, high };
}

/** Offices with cases, the best first. */
export function standings(offices: Office[], head: Head): Standing[] {
  const totals = new Set(head.rubrics.map((r) => r.total));
  const useMean = totals.size === 1 && offices.some((o) => o.mean_exact);
  const all = offices.flatMap((office) => {
    const rate = headline(office);
    return rate && rate.n > 0 ? [{ office, rate, value: valueOf(office, rate, useMean) }] : [];
  });
  const isSample = head.batch.scope.selection !== "all" || offices.some((o) => o.selected !== o.in_scope);
  const ends = all.map(({ rate }): Range => rate.ci95 ?? [0, 1]);
  const ranked = all.map(({ office, rate, value }, me) => {
    const others = all.filter((_, i) => i !== me);
    const best = others.filter((o) => compare(o.value.low, value.high) > 0).length + 1;
    const worst = others.filter((o) => compare(o.value.high, value.low) > 0).length + 1;
    const mine = ends[me] ?? [0, 1];
    const before = (test: (end: Range) => boolean) => ends.filter((end, i) => i !== me && test(end)).length + 1;
    const sampled: Range = [before((end) => end[0] > mine[1]), before((end) => end[1] > mine[0])];
    return { office, rate, value, place: [best, worst] as Range, sampled: isSample ? sampled : null };
  });
  return ranked.sort(
    (a, b) => compare(b.value.low, a.value.low) || compare(b.value.high, a.value.high) || (a.office.id < b.office.id ? -1 : 1),
  );
}
