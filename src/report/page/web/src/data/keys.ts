// The name of a case in a link. Must name one case each, and find it again from the name alone.
import { at } from "./column.ts";
import type { Cases } from "./types.ts";

type Keys = { names: string[]; rows: Map<string, number> };
const known = new WeakMap<Cases, Keys>();

/** Names by row; a case without a number, or with the number and stage of one before it, is named by its row. */
function keys(cases: Cases): Keys {
  let mine = known.get(cases);
  if (!mine) {
    mine = { names: [], rows: new Map() };
    for (let row = 0; row < cases.n; row += 1) {
      const [no, stage] = [at(cases.case_no, row) ?? "", at(cases.stage, row)];
      const own = no && (stage ? `${no}@${stage}` : no);
      const name = own && !mine.rows.has(own) ? own : `~${row + 1}`;
      mine.names.push(name);
      mine.rows.set(name, row);
    }
    known.set(cases, mine);
  }
  return mine;
}

export function keyOf(cases: Cases, row: number): string {
  return keys(cases).names[row] ?? `~${row + 1}`;
}

/** The row of a case by its name or by `~` and its place, or -1. */
export function rowOf(cases: Cases, key: string): number {
  const row = keys(cases).rows.get(key) ?? Number(/^~(\d{1,9})$/.exec(key)?.[1] ?? 0) - 1;
  return row < cases.n ? row : -1;
}
