// Small pieces that all views are put together from. Must not know any view.
import type { ComponentChildren, RefObject } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Office, PlainPlace } from "../data/types.ts";
import { count, percent } from "../format.ts";
import type { Grades } from "../grades.ts";
import { usePrinting } from "../hooks.ts";
import { bracketed, say } from "../words.ts";

/** Whether something is wider than the room it has, and so is moved sideways, by keys too. */
function useWide(box: RefObject<HTMLElement | null>): boolean {
  const [wide, setWide] = useState(false);
  useEffect(() => {
    const here = box.current;
    if (!here) return;
    const look = () => setWide(here.scrollWidth > here.clientWidth + 1);
    const watch = new ResizeObserver(look);
    for (const one of [here, ...here.children]) watch.observe(one);
    return () => watch.disconnect();
  }, []);
  return wide;
}

/** That there is more to the side than is seen. */
function Swipe() {
  return <p class="swipe noprint">{say("← 左右滑动 →", "← swipe sideways →")}</p>;
}

export function Section({
  id,
  title,
  note,
  children,
}: {
  id: string;
  title: string;
  note?: ComponentChildren;
  children: ComponentChildren;
}) {
  const box = useRef<HTMLElement>(null);
  const wide = useWide(box);
  return (
    <section class="section" aria-labelledby={`h-${id}`} ref={box} tabIndex={wide ? 0 : undefined}>
      <h2 id={`h-${id}`}>{title}</h2>
      {note && <p class="note">{note}</p>}
      {wide && <Swipe />}
      {children}
    </section>
  );
}

/** A table that scrolls by itself where it is wider than the page. */
export function Scroll({ name, children, tall }: { name: string; children: ComponentChildren; tall?: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  const wide = useWide(box);
  return (
    <>
      {wide && <Swipe />}
      <div class={tall ? "scroll tall" : "scroll"} role="group" aria-label={name} tabIndex={0} ref={box}>
        {children}
      </div>
    </>
  );
}

export function Crumbs({ steps }: { steps: [name: string, href: string | null][] }) {
  return (
    <nav class="crumbs" aria-label={say("所在位置", "Where you are")}>
      <ol>
        {steps.map(([name, href]) => (
          <li key={name}>{href ? <a href={href}>{name}</a> : <span aria-current="page">{name}</span>}</li>
        ))}
      </ol>
    </nav>
  );
}

/** A grade, or every one that is possible. */
export function Grade({ grade, possible, grades }: { grade: string | null; possible: string[]; grades: Grades }) {
  if (grade) return <span class={`grade g${grades.tone(grade)}`}>{grade}</span>;
  if (possible.length === 0) return <span class="grade none">—</span>;
  return (
    <span class="grade open" title={say("等次未定，列出的都有可能", "undecided: each of these is possible")}>
      {say("未定：", "open: ")}
      {possible.join(say("／", " / "))}
    </span>
  );
}

/** What the colours are; with the cases of each where there is one bar. */
export function Legend({ grades, titles, office }: { grades: Grades; titles: string[]; office?: Office }) {
  const n = (k: number) =>
    office &&
    office.selected > 0 && (
      <b>
        {" "}
        {count(k)}
        <small>{bracketed(percent(k, office.selected))}</small>
      </b>
    );
  return (
    <ul class="legend" aria-label={say("图例", "Legend")}>
      {titles.map((title) => (
        <li key={title}>
          <span class={`swatch g${grades.tone(title)}`} aria-hidden="true" />
          {title}
          {office && n(office.grades[title] ?? 0)}
        </li>
      ))}
      <li>
        <span class="swatch open" aria-hidden="true" />
        {say("未定（材料不足、待评或红线待认定）", "undecided (papers, reviewers or red lines outstanding)")}
        {office && n(office.undecided)}
      </li>
    </ul>
  );
}

export function Figure({
  name,
  value,
  note,
  children,
  main,
}: {
  name: string;
  value: ComponentChildren;
  note?: ComponentChildren;
  children?: ComponentChildren;
  main?: boolean;
}) {
  return (
    <div class={main ? "figure main" : "figure"}>
      <dt>{name}</dt>
      <dd>
        <strong>{value}</strong>
        {children}
        {note && <small>{note}</small>}
      </dd>
    </div>
  );
}

/** 文件 · 表!格 · 第 3 页 · 原文. Where a whole register was counted, what stands there is a result and not its text. */
export function Place({ place, computed }: { place: PlainPlace; computed?: boolean | undefined }) {
  const where = [
    place.sheet && place.cell ? `${place.sheet}!${place.cell}` : (place.sheet ?? place.cell),
    place.page && say(`第 ${place.page} 页`, `page ${place.page}`),
    place.line && say(`第 ${place.line} 行`, `line ${place.line}`),
    place.pointer,
  ].filter(Boolean);
  return (
    <span class="place">
      <span class="file">{place.file}</span>
      {where.length > 0 && <span class="at">{where.join(" ")}</span>}
      {place.raw != null && (
        <span class="raw">
          {computed && !place.cell && !place.page && !place.line && !place.pointer ? (
            say(`由登记表算得：${place.raw}`, `computed from the register: ${place.raw}`)
          ) : (
            <>
              {say("原文“", "“")}
              {place.raw}
              {"”"}
            </>
          )}
        </span>
      )}
    </span>
  );
}

export function Places({ places, computed }: { places: PlainPlace[]; computed?: boolean }) {
  if (places.length === 0) return null;
  return (
    <ul class="places">
      {places.map((place, i) => (
        <li key={i}>
          <Place place={place} computed={computed} />
        </li>
      ))}
    </ul>
  );
}

/** The first rows of something long, and the rest when asked for, or on paper; `asShown` where paper has no more than the screen. */
export function useSome<T>(all: T[], first: number, asShown = false): { shown: T[]; more: ComponentChildren } {
  const [whole, setWhole] = useState(false);
  const printing = usePrinting();
  if (all.length <= first + 3) return { shown: all, more: null };
  const isCut = asShown && !whole;
  const label = whole ? say("收起", "Show fewer") : say(`显示全部 ${all.length} 行`, `Show all ${all.length} rows`);
  return {
    shown: whole || (printing && !isCut) ? all : all.slice(0, first),
    more: (
      <>
        <p class="more">
          <button type="button" aria-expanded={whole} onClick={() => setWhole(!whole)}>
            {label}
          </button>
        </p>
        {printing && isCut && (
          <p class="note onpaper">
            {say(
              `共 ${all.length} 项，只印前 ${first} 项；要全印，先点“显示全部”。`,
              `The first ${first} of ${all.length}; to print all of them press “Show all” first.`,
            )}
          </p>
        )}
      </>
    ),
  };
}

export function Waiting({ failed, what }: { failed?: string | undefined; what: string }) {
  if (failed)
    return (
      <p class="notice" role="alert">
        {say(
          `${what}读不出来：这个文件可能没有复制完整，请重新复制。`,
          `Cannot open ${what}: the file may not have been copied completely, so please copy it again.`,
        )}
        <small> {failed}</small>
      </p>
    );
  return (
    <p class="waiting" role="status">
      {say(`正在展开${what}……`, `Opening ${what} …`)}
    </p>
  );
}

export function Empty({ children }: { children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}
