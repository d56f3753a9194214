// A long list of which only the rows in sight are in the document. Must not hold rows itself, nor know what they show.
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { usePrinting } from "../hooks.ts";
import { say } from "../words.ts";

const ROW = 44;
const BEYOND = 8;
/** Printed lists end here, and say so. */
const PRINTED = 1000;

export type ListColumn = { id: string; name: string; sort?: string };
type Props = {
  name: string;
  columns: ListColumn[];
  count: number;
  href: (row: number) => string;
  cells: (row: number) => ComponentChildren[];
  sorted: { by: string; down: boolean };
  onSort: (by: string) => void;
  empty: ComponentChildren;
};

export function LongList({ name, columns, count, href, cells, sorted, onSort, empty }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [top, setTop] = useState(0);
  const [active, setActive] = useState(0);
  const focus = useRef(false);
  const printing = usePrinting();
  const room = Math.min(count * ROW, 640);
  const from = printing ? 0 : Math.max(0, Math.floor(top / ROW) - BEYOND);
  const end = printing ? Math.min(count, PRINTED) : Math.min(count, Math.ceil((top + room) / ROW) + BEYOND);

  useEffect(() => {
    setActive(0);
    if (box.current) box.current.scrollTop = 0;
  }, [count, sorted.by, sorted.down]);
  useLayoutEffect(() => {
    if (!focus.current) return;
    focus.current = false;
    box.current?.querySelector<HTMLElement>(`[data-row="${active}"]`)?.focus({ preventScroll: true });
  });

  const go = (row: number) => {
    const next = Math.max(0, Math.min(count - 1, row));
    const view = box.current;
    if (view) {
      if (next * ROW < view.scrollTop) view.scrollTop = next * ROW;
      if ((next + 1) * ROW > view.scrollTop + view.clientHeight) view.scrollTop = (next + 1) * ROW - view.clientHeight;
      setTop(view.scrollTop);
    }
    focus.current = true;
    setActive(next);
  };
  const key = (event: KeyboardEvent) => {
    const page = Math.floor(room / ROW);
    const steps: Record<string, number> = {
      ArrowDown: active + 1,
      ArrowUp: active - 1,
      PageDown: active + page,
      PageUp: active - page,
      Home: 0,
      End: count - 1,
    };
    const next = steps[event.key];
    if (next !== undefined) {
      event.preventDefault();
      go(next);
    } else if (event.key === "Enter") {
      location.hash = href(active);
    }
  };
  const click = (event: MouseEvent, row: number) => {
    if (!(event.target as Element).closest("a")) location.hash = href(row);
  };

  const rows: ComponentChildren[] = [];
  for (let row = from; row < end; row += 1) {
    rows.push(
      <div
        class="row"
        role="row"
        key={row}
        data-row={row}
        aria-rowindex={row + 2}
        tabIndex={row === active ? 0 : -1}
        onFocus={() => setActive(row)}
        onClick={(event) => click(event, row)}
      >
        {cells(row).map((cell, i) => (
          <div class={`cell c-${columns[i]?.id}`} role="gridcell" key={i}>
            {cell}
          </div>
        ))}
      </div>,
    );
  }
  return (
    <div class="list" role="grid" aria-label={name} aria-rowcount={count + 1} aria-colcount={columns.length}>
      <div role="rowgroup" class="listhead">
        <div class="row head" role="row" aria-rowindex={1}>
          {columns.map((column) => (
            <div
              key={column.id}
              class={`cell c-${column.id}`}
              role="columnheader"
              aria-sort={column.sort === sorted.by ? (sorted.down ? "descending" : "ascending") : undefined}
            >
              {column.sort ? (
                <button type="button" onClick={() => onSort(column.sort ?? "")}>
                  {column.name}
                  <span class="arrow" aria-hidden="true">
                    {column.sort === sorted.by ? (sorted.down ? "▼" : "▲") : ""}
                  </span>
                </button>
              ) : (
                column.name
              )}
            </div>
          ))}
        </div>
      </div>
      {count === 0 ? (
        <div role="rowgroup">
          <div role="row">
            <div role="gridcell" class="empty">
              {empty}
            </div>
          </div>
        </div>
      ) : (
        <div
          class="listbody"
          role="rowgroup"
          ref={box}
          style={printing ? undefined : { height: `${room}px` }}
          onScroll={(event) => setTop(event.currentTarget.scrollTop)}
          onKeyDown={key}
        >
          <div class="before" role="presentation" style={{ height: `${from * ROW}px` }} />
          {rows}
          <div class="after" role="presentation" style={{ height: printing ? "0" : `${(count - end) * ROW}px` }} />
        </div>
      )}
      {printing && count > PRINTED && (
        <p class="note">
          {say(
            `只打印前 ${PRINTED} 行，共 ${count} 行；请先筛选。`,
            `Only the first ${PRINTED} of ${count} rows are printed; filter first.`,
          )}
        </p>
      )}
    </div>
  );
}
