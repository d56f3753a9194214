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

/** The name of a case in a link: its number, with the stage where that is a file of its own, or its row where it has none. */
export function caseKey(no: string, stage: string | null, row: number): string {
  if (!no) return `~${row + 1}`;
  return stage ? `${no}@${stage}` : no;
}

/** Changes what is asked for without a step in the history, as while typing. */
export function replace(hash: string): void {
  history.replaceState(null, "", hash);
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}
