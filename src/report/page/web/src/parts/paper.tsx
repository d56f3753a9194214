// A long list on paper: a table, whose head stands on every sheet. Must not leave out rows without saying so.
import type { ComponentChildren } from "preact";
import { say } from "../words.ts";
import type { ListColumn } from "./list.tsx";

/** Printed lists end here, and say so. */
const PRINTED = 1000;

type Props = { name: string; columns: ListColumn[]; count: number; cells: (row: number) => ComponentChildren[] };

export function PaperList({ name, columns, count, cells }: Props) {
  return (
    <>
      {count > PRINTED && (
        <p class="note">
          {say(
            `只打印前 ${PRINTED} 行，共 ${count} 行；请先筛选。`,
            `Only the first ${PRINTED} of ${count} rows are printed; filter first.`,
          )}
        </p>
      )}
      <table class="plain paperlist" aria-label={name}>
        <thead>
          <tr>
            {columns.map((column) => (
              <th key={column.id} scope="col">
                {column.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: Math.min(count, PRINTED) }, (_, row) => (
            <tr key={row}>
              {cells(row).map((cell, i) => (
                <td key={i} class={`p-${columns[i]?.id}`}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
