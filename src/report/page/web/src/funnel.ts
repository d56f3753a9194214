// Control limits of the funnel (漏斗图), the same as those of the program's ranking: exact binomial, interpolated (Spiegelhalter 2005).
// Must not judge anybody: outside means worth a look.
import type { Range } from "./data/types.ts";

/** Probabilities of a binomial; the smallest are summed first. */
function binomial(n: number, p: number): number[] {
  const odds = p / (1 - p);
  const mode = Math.min(n, Math.floor((n + 1) * p));
  const f = new Array<number>(n + 1).fill(0);
  f[mode] = 1;
  for (let r = mode; r > 0; r -= 1) f[r - 1] = ((f[r] ?? 0) * r) / ((n - r + 1) * odds);
  for (let r = mode; r < n; r += 1) f[r + 1] = ((f[r] ?? 0) * (n - r) * odds) / (r + 1);
  const sum = [...f].sort((a, b) => a - b).reduce((a, b) => a + b, 0);
  return f.map((x) => x / sum);
}

function lower(f: number[], n: number, q: number): number {
  let below = 0;
  for (const [r, x] of f.entries()) {
    if (below + x >= q) return Math.min(1, Math.max(0, (r - (below + x - q) / x) / n));
    below += x;
  }
  return 1;
}

/** Limits for n cases about a rate p: 95 % and 99.8 %. */
export function limits(n: number, p: number): { at95: Range; at998: Range } {
  if (n === 0 || p <= 0 || p >= 1) return { at95: [p, p], at998: [p, p] };
  const [reached, missed] = [binomial(n, p), binomial(n, 1 - p)];
  const both = (q: number): Range => [lower(reached, n, q), 1 - lower(missed, n, q)];
  return { at95: both(0.025), at998: both(0.001) };
}
