// Losses by criterion, summed over offices. Must not count anything that does not apply.
import type { Store } from "./data/store.ts";
import type { Cell, Criterion, Office, Range, Rubric } from "./data/types.ts";

export type Loss = { rubric: Rubric; criterion: Criterion; cell: Cell };

export function cellOf(store: Store, office: Office, rubric: string, criterion: string): Cell | undefined {
  return store.head.grids[office.id]?.[rubric]?.[criterion];
}

/** Whether sums by criterion are told of these offices: the public is told those of all together. */
export function isTold(store: Store, offices: Office[]): boolean {
  const { audience, grids, offices: all } = store.head;
  return audience !== "public" || (grids["total"] !== undefined && offices.length === all.length);
}

/** Every criterion that applied to a case of these offices, in the order of the rubrics about cases. */
export function losses(store: Store, offices: Office[]): Loss[] {
  const isPublic = store.head.audience === "public";
  return store.head.rubrics.flatMap((rubric) =>
    rubric.criteria.flatMap((criterion) => {
      const of = isPublic ? ["total"] : offices.map((o) => o.id);
      const cells = of.flatMap((id) => {
        const cell = store.head.grids[id]?.[rubric.id]?.[criterion.id];
        return cell ? [cell] : [];
      });
      const sum: Cell = [0, 0, 0, 0, 0, 0];
      for (const cell of cells) for (const [i, n] of cell.entries()) sum[i as 0] += n ?? 0;
      if (cells.some((c) => c.length < 6)) sum.pop();
      return sum[0] > 0 ? [{ rubric, criterion, cell: sum }] : [];
    }),
  );
}

/** How many cases lost points, surely and at most; and how many are open where the most is not told. */
export function lostCases(cell: Cell): { ends: Range; open: number } {
  const most = cell[5];
  return { ends: [cell[1], most ?? cell[1]], open: most === undefined ? cell[2] : 0 };
}

/** Points lost a selected case, 规范性 and 业务性, surely and possibly. */
export function sides(store: Store, office: Office): { regularity: Range; substance: Range } {
  const both = { regularity: [0, 0] as Range, substance: [0, 0] as Range };
  for (const { criterion, cell } of losses(store, [office])) {
    both[criterion.kind][0] += cell[3];
    both[criterion.kind][1] += cell[4];
  }
  const n = office.selected || 1;
  const each = (ends: Range): Range => [ends[0] / n, ends[1] / n];
  return { regularity: each(both.regularity), substance: each(both.substance) };
}
