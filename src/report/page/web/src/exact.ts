// Exact fractions, so that no equation is printed that does not hold. Must not round but where asked.

export type Exact = { n: bigint; d: bigint };

const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? (a < 0n ? -a : a) : gcd(b, a % b));
const made = (n: bigint, d: bigint): Exact => {
  const by = gcd(n, d) || 1n;
  return { n: n / by, d: d / by };
};

export const ZERO: Exact = { n: 0n, d: 1n };

/** 725/8, 90.63, or a number with few decimals. */
export function exact(from: string | number): Exact {
  const [, above = "0", below] = /^(-?[\d.]+)(?:\/(\d+))?$/.exec(String(from)) ?? [];
  const [whole = "0", part = ""] = above.split(".");
  return made(BigInt(whole + part), 10n ** BigInt(part.length) * BigInt(below ?? 1));
}

export const plus = (a: Exact, b: Exact): Exact => made(a.n * b.d + b.n * a.d, a.d * b.d);
export const minus = (a: Exact, b: Exact): Exact => made(a.n * b.d - b.n * a.d, a.d * b.d);
export const times = (a: Exact, b: Exact): Exact => made(a.n * b.n, a.d * b.d);
export const over = (a: Exact, b: Exact): Exact =>
  b.n === 0n ? ZERO : b.n < 0n ? made(-a.n * b.d, -a.d * b.n) : made(a.n * b.d, a.d * b.n);
export const isLess = (a: Exact, b: Exact): boolean => a.n * b.d < b.n * a.d;
export const least = (a: Exact, b: Exact): Exact => (isLess(b, a) ? b : a);
export const isSame = (a: Exact, b: Exact): boolean => a.n === b.n && a.d === b.d;

/** To two decimals, half up, as marks are shown. */
export function shown(x: Exact): number {
  const twice = x.n * 200n + x.d;
  const below = 2n * x.d;
  const floor = twice / below - (twice % below < 0n ? 1n : 0n);
  return Number(floor) / 100;
}

/** Whether two decimals say all of it. */
export const isShort = (x: Exact): boolean => 100n % x.d === 0n;

/** As a decimal where it ends, else as a fraction. */
export function written(x: Exact): string {
  let [rest, digits] = [x.d, 0];
  for (const prime of [2n, 5n]) {
    let times = 0;
    while (rest % prime === 0n) [rest, times] = [rest / prime, times + 1];
    digits = Math.max(digits, times);
  }
  if (rest !== 1n) return `${x.n}/${x.d}`;
  const text = String((x.n * 10n ** BigInt(digits)) / x.d).padStart(digits + 1, "0");
  return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
