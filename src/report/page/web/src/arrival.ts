// Where a page begins when one comes to it, and what the window is called then. Must not draw anything.
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { followed, setFollowed } from "./kept.ts";
import { isList, type Route, to } from "./route.ts";

/** Where each page was scrolled to, for the way back. */
const scrolled = new Map<string, number>();

/** The list that was looked at last, with what it was asked for. */
let from: string | null = null;

/** The list that a case is left for: the one that one came from, else that of its office. */
export function listBefore(office: string): string {
  return from ?? to(["office", office, "cases"]);
}

/** A link that was followed begins at the top, with the heading in focus; the way back ends where it began. */
export function useArrival({ path, query }: Route): void {
  const page = to(path);
  const before = useRef(page);
  if (isList(path)) from = to(path, Object.fromEntries(query));
  else if (!(path[0] === "office" && path[2] === "case")) from = null;
  useEffect(() => {
    history.scrollRestoration = "manual";
    const click = (event: MouseEvent) => {
      const link = (event.target as Element | null)?.closest("a[href^='#']");
      // An address without a fragment is the first page, too.
      if (link && link.getAttribute("href") !== (location.hash || "#/")) setFollowed(true);
    };
    const scroll = () => scrolled.set(before.current, window.scrollY);
    document.addEventListener("click", click, true);
    window.addEventListener("scroll", scroll, { passive: true });
    return () => {
      document.removeEventListener("click", click, true);
      window.removeEventListener("scroll", scroll);
    };
  }, []);
  useLayoutEffect(() => {
    if (before.current !== page) {
      before.current = page;
      // A finding that is linked to is brought into sight by its case.
      if (!(path[0] === "office" && path[2] === "case" && path[4])) {
        window.scrollTo(0, followed() ? 0 : (scrolled.get(page) ?? 0));
        // On the way back a list has its row in focus already.
        if (followed() || !document.activeElement?.closest(".listbody"))
          document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
      }
    }
    setFollowed(false);
  }, [page, query.toString()]);
}

/** The heading of the view and the title of the batch, so that windows and steps of the history can be told apart. */
export function useTitle(title: string, isFirst: boolean, key: string): void {
  useEffect(() => {
    const name = () => {
      const parts = [...(document.querySelector("main h1")?.childNodes ?? [])].map((n) => n.textContent?.trim() ?? "");
      const tab = document.querySelector("main .tabs [aria-current]")?.textContent ?? "";
      const heading = [...parts, tab].filter(Boolean).join(" ");
      document.title = isFirst || !heading ? title : `${heading} · ${title}`;
    };
    name();
    // A case has its heading once its office is read.
    const main = document.querySelector("main");
    const watch = new MutationObserver(name);
    if (main) watch.observe(main, { childList: true, subtree: true, characterData: true });
    return () => watch.disconnect();
  }, [title, isFirst, key]);
}
