// Where labels of points go so that they do not lie on each other. Must not leave one out.

export type Box = { x: number; y: number; width: number; height: number };
export type Spot = { x: number; y: number; lines: string[] };
export type Placed = { x: number; y: number; anchor: "start" | "end" };

/** Sizes as on paper, where the letters are larger. */
const LINE = 17;
const HAN = 15.5;
const LATIN = 8.5;
const GAP = 10;

const widthOf = (line: string): number => [...line].reduce((w, c) => w + (c.charCodeAt(0) > 0x2e80 ? HAN : LATIN), 0);
const meets = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

/** The first place that is free, nearest first: beside the point, then further up and down. */
export function placedLabels(spots: Spot[], taken: Box[], room: Box): Placed[] {
  const used = [...taken, ...spots.map(({ x, y }) => ({ x: x - 7, y: y - 7, width: 14, height: 14 }))];
  return spots.map(({ x, y, lines }) => {
    const [width, height] = [Math.max(0, ...lines.map(widthOf)), lines.length * LINE];
    const box = (anchor: Placed["anchor"], top: number): Box => ({ x: anchor === "start" ? x + GAP : x - GAP - width, y: top, width, height });
    const fits = (b: Box) => b.x >= room.x && b.x + b.width <= room.x + room.width && b.y >= room.y && b.y + b.height <= room.y + room.height;
    const steps = Array.from({ length: 30 }, (_, i) => (i % 2 ? -1 : 1) * Math.ceil(i / 2) * (LINE / 2));
    const all = steps.flatMap((step) => (["start", "end"] as const).map((anchor) => ({ anchor, at: box(anchor, y - height / 2 + step) })));
    const inside = all.filter((c) => fits(c.at));
    const free = inside.find((c) => !used.some((u) => meets(u, c.at)));
    const chosen = free ?? inside[0] ?? all[0];
    if (!chosen) return { x, y, anchor: "start" };
    used.push(chosen.at);
    return { x: chosen.anchor === "start" ? x + GAP : x - GAP, y: chosen.at.y, anchor: chosen.anchor };
  });
}
