// Where the page is: the fragment, which can be shared. Must not keep anything that is not in it.

export type Route = { path: string[]; query: URLSearchParams };

export function parse(hash: string): Route {
  const [path, query] = hash.replace(/^#\/?/, "").split("?", 2);
  const part = (text: string): string => {
    try {
      return decodeURIComponent(text);
    } catch {
      return text;
    }
  };
  return { path: (path ?? "").split("/").filter(Boolean).map(part), query: new URLSearchParams(query ?? "") };
}

/** A link: parts of the path, and what is asked for. */
export function to(path: string[], query: Record<string, string | null | undefined> = {}): string {
  const asked = new URLSearchParams(Object.entries(query).flatMap(([k, v]) => (v ? [[k, v]] : [])));
  const words = asked.toString();
  return `#/${path.map(encodeURIComponent).join("/")}${words ? `?${words}` : ""}`;
}

/** Changes what is asked for without a step in the history, as while typing. */
export function replace(hash: string): void {
  history.replaceState(null, "", hash);
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}

/** Whether a page is a list of cases, which one comes back to from a case. */
export function isList([first, , tab]: string[]): boolean {
  return first === "cases" || (first === "office" && (tab === "cases" || tab === "todo"));
}
