// Where labels of points go so that they do not lie on each other. Must not leave one out.

export type Box = { x: number; y: number; width: number; height: number };
export type Spot = { x: number; y: number; lines: string[] };
/** Where the first line begins, and whether the label is so far off that a line must lead to it. */
export type Placed = { x: number; y: number; anchor: "start" | "end"; far: boolean; middle: number };

/** Sizes as on paper, where the letters are larger. */
export const LINE = 17;
const HAN = 15.5;
const LATIN = 8.5;
const GAPS = [10, 26, 44, 80, 125, 175];

const widthOf = (line: string): number => [...line].reduce((w, c) => w + (c.charCodeAt(0) > 0x2e80 ? HAN : LATIN), 0);
const meets = (a: Box, b: Box): boolean => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
const away = (b: Box, x: number, y: number): number =>
  Math.hypot(Math.max(b.x - x, 0, x - b.x - b.width), Math.max(b.y - y, 0, y - b.y - b.height));

/** For each label the free place that is nearest to its own point and not nearer to another. */
export function placedLabels(spots: Spot[], taken: Box[], room: Box): Placed[] {
  const used = [...taken, ...spots.map(({ x, y }) => ({ x: x - 7, y: y - 7, width: 14, height: 14 }))];
  return spots.map((spot) => {
    const { x, y, lines } = spot;
    if (lines.length === 0) return { x, y, anchor: "start", far: false, middle: y };
    const [width, height] = [Math.max(0, ...lines.map(widthOf)), lines.length * LINE];
    let best: { at: Box; anchor: Placed["anchor"]; cost: number; edge: number } | undefined;
    for (let step = -12; step <= 12; step += 1) {
      for (const gap of GAPS) {
        for (const anchor of ["start", "end"] as const) {
          const edge = anchor === "start" ? x + gap : x - gap;
          const at = { x: anchor === "start" ? edge : edge - width, y: y - height / 2 + (step * LINE) / 2, width, height };
          const isOut = at.x < room.x || at.x + width > room.x + room.width || at.y < room.y || at.y + height > room.y + room.height;
          const own = away(at, x, y);
          const strange = spots.filter((other) => other !== spot && away(at, other.x, other.y) <= own + 2).length;
          const cost =
            (isOut ? 1000 : 0) +
            used.filter((u) => meets(u, at)).length * 200 +
            strange * 30 +
            Math.abs(step) * 4 +
            (gap - 10) +
            (anchor === "end" ? 1 : 0);
          if (!best || cost < best.cost) best = { at, anchor, cost, edge };
        }
      }
    }
    if (!best) return { x, y, anchor: "start", far: false, middle: y };
    const { at, anchor, edge } = best;
    used.push(at);
    return { x: edge, y: at.y, anchor, far: away(at, x, y) > 12, middle: Math.min(Math.max(y, at.y + LINE / 2), at.y + height - LINE / 2) };
  });
}
