// A long list of which only the rows in sight are in the document. Must not hold rows itself, nor know what they show.
import type { ComponentChildren } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { useNarrow, usePrinting } from "../hooks.ts";
import { follow, followed, lists } from "../kept.ts";
import { say } from "../words.ts";
import { PaperList } from "./paper.tsx";

/** Heights of rows in rem, as in list.css: one line, or several where the page is narrow. */
const [WIDE, NARROW, MOST] = [2.75, 7.25, 40];
const BEYOND = 8;

export type ListColumn = { id: string; name: string; sort?: string };
type Props = {
  name: string;
  /** The fragment that the list stands for: where it was scrolled to is kept by it. */
  place: string;
  columns: ListColumn[];
  count: number;
  href: (row: number) => string;
  cells: (row: number) => ComponentChildren[];
  sorted: { by: string; down: boolean };
  onSort: (by: string) => void;
  empty: ComponentChildren;
};

export function LongList({ name, place, columns, count, href, cells, sorted, onSort, empty }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const [{ top, active }, setState] = useState(() => (!followed() && lists.get(place)) || { top: 0, active: 0 });
  const focus = useRef(active > 0);
  /** Whether a row has the focus, which it must not lose by being scrolled away. */
  const isIn = useRef(false);
  const shown = useRef(place);
  const printing = usePrinting();
  const rem = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || 16;
  const height = (useNarrow() ? NARROW : WIDE) * rem;
  const room = Math.min(count * height, MOST * rem);
  const from = Math.max(0, Math.min(count, Math.floor(top / height)) - BEYOND);
  const end = Math.min(count, Math.ceil((top + room) / height) + BEYOND);
  const setTop = (to: number) => setState((s) => (s.top === to ? s : { ...s, top: to }));
  const setActive = (to: number) => setState((s) => (s.active === to ? s : { ...s, active: to }));

  useLayoutEffect(() => {
    if (box.current) box.current.scrollTop = top;
  }, []);
  useLayoutEffect(() => {
    if (shown.current !== place) {
      shown.current = place;
      setState({ top: 0, active: 0 });
      if (box.current) box.current.scrollTop = 0;
    } else lists.set(place, { top, active });
  }, [place, top, active]);
  useLayoutEffect(() => {
    const row = box.current?.querySelector<HTMLElement>(`[data-row="${active}"]`);
    if (!row) return;
    if (focus.current || (isIn.current && document.activeElement === document.body)) row.focus({ preventScroll: true });
    focus.current = false;
  });

  const go = (row: number) => {
    const next = Math.max(0, Math.min(count - 1, row));
    const view = box.current;
    if (view) {
      if (next * height < view.scrollTop) view.scrollTop = next * height;
      if ((next + 1) * height > view.scrollTop + view.clientHeight) view.scrollTop = (next + 1) * height - view.clientHeight;
      setTop(view.scrollTop);
    }
    focus.current = true;
    setActive(next);
  };
  const key = (event: KeyboardEvent) => {
    const page = Math.floor(room / height);
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
      follow(href(active));
    }
  };
  const click = (event: MouseEvent, row: number) => {
    if (!(event.target as Element).closest("a")) follow(href(row));
  };

  const line = (row: number) => (
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
    </div>
  );
  const space = (key: string, rows: number) => <div class="space" role="presentation" key={key} style={{ height: `${rows * height}px` }} />;
  // The active row is always there, for it holds the focus.
  const rows: ComponentChildren[] = [];
  const isAbove = active < from;
  const isBelow = active >= end && active < count;
  rows.push(space("before", isAbove ? active : from));
  if (isAbove) rows.push(line(active), space("gap", from - active - 1));
  for (let row = from; row < end; row += 1) rows.push(line(row));
  if (isBelow) rows.push(space("gap", active - end), line(active));
  rows.push(space("after", isBelow ? count - active - 1 : count - end));
  return (
    <>
      {printing && <PaperList name={name} columns={columns} count={count} cells={cells} />}
      <div class="list noprint" role="grid" aria-label={name} aria-rowcount={count + 1} aria-colcount={columns.length}>
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
                  <button type="button" title={say("点按排序", "Sort")} onClick={() => onSort(column.sort ?? "")}>
                    {column.name}
                    <span class={column.sort === sorted.by ? "arrow" : "arrow can"} aria-hidden="true">
                      {column.sort === sorted.by ? (sorted.down ? "▼" : "▲") : "↕"}
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
            style={{ height: `${room}px` }}
            onScroll={(event) => setTop(event.currentTarget.scrollTop)}
            onKeyDown={key}
            onFocusIn={() => (isIn.current = true)}
            onFocusOut={(event) => event.relatedTarget && (isIn.current = box.current?.contains(event.relatedTarget as Node) ?? false)}
          >
            {rows}
          </div>
        )}
      </div>
    </>
  );
}
