// What views share: the data, the place in the page, and blocks that arrive later. Must not draw anything.
import { createContext, options } from "preact";
import { useContext, useEffect, useLayoutEffect, useState } from "preact/hooks";
import type { Store } from "./data/store.ts";
import type { Cases, Findings, Office } from "./data/types.ts";
import { parse, type Route } from "./route.ts";

export const Data = createContext<Store | null>(null);

export function useStore(): Store {
  const store = useContext(Data);
  if (!store) throw new Error("no data");
  return store;
}

export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const changed = () => setHash(location.hash);
    window.addEventListener("hashchange", changed);
    return () => window.removeEventListener("hashchange", changed);
  }, []);
  return parse(hash);
}

export type Waiting<T> = { data?: T | undefined; failed?: string };

function useBlock<T>(office: string | null, ready: T | undefined, load: (office: string) => Promise<T>): Waiting<T> {
  const [state, setState] = useState<{ office: string | null; failed?: string }>({ office: null });
  useEffect(() => {
    if (office === null || ready) return;
    let gone = false;
    load(office).then(
      () => !gone && setState({ office }),
      (error: unknown) => !gone && setState({ office, failed: String(error) }),
    );
    return () => {
      gone = true;
    };
  }, [office, ready]);
  if (ready) return { data: ready };
  return state.office === office && state.failed ? { failed: state.failed } : {};
}

export function useCases(office: string | null): Waiting<Cases> {
  const store = useStore();
  return useBlock(office, office === null ? undefined : store.cases(office), (o) => store.loadCases(o));
}

export function useFindings(office: string | null): Waiting<Findings> {
  const store = useStore();
  return useBlock(office, office === null ? undefined : store.findings(office), (o) => store.loadFindings(o));
}

/** Cases of an office, and its findings where they were asked for. */
export type Loaded = { office: Office; cases: Cases; findings?: Findings | undefined };

/** The cases of several offices, as they arrive, and offices that cannot be read. */
export function useManyCases(offices: Office[], withFindings = false): { loaded: Loaded[]; failed: Office[]; done: boolean } {
  const store = useStore();
  const [, tick] = useState(0);
  const key = `${withFindings}\n${offices.map((o) => o.id).join("\n")}`;
  const isHere = (o: Office) => store.cases(o.id) !== undefined && (!withFindings || store.findings(o.id) !== undefined);
  const failed = offices.filter((o) => store.broken.has(o.id) && !isHere(o));
  const missing = offices.filter((o) => !isHere(o) && !failed.includes(o));
  useEffect(() => {
    let gone = false;
    let last = performance.now();
    const next = async () => {
      for (const office of missing) {
        if (gone) return;
        try {
          await store.loadCases(office.id);
          if (withFindings) await store.loadFindings(office.id);
        } catch {
          // The store remembers that it is broken; the others are still read.
        }
        // One picture for many blocks: drawing costs more than inflating.
        if (performance.now() - last > 400) {
          last = performance.now();
          tick((n) => n + 1);
        }
      }
      if (!gone) tick((n) => n + 1);
    };
    if (missing.length > 0) void next();
    return () => {
      gone = true;
    };
  }, [key]);
  const loaded = offices.flatMap((office) => {
    const [cases, findings] = [store.cases(office.id), store.findings(office.id)];
    return cases && isHere(office) ? [{ office, cases, findings }] : [];
  });
  return { loaded, failed, done: missing.length === 0 };
}

/** Offices whose blocks are missing or cut, as far as that is known by now. */
export function useBroken(): Office[] {
  const store = useStore();
  const [, tick] = useState(0);
  // At once, for the rest of the file may arrive before the first picture.
  useLayoutEffect(() => store.watch(() => tick((n) => n + 1)), []);
  return store.withCases.filter((o) => store.broken.has(o.id));
}

let isPrinting = false;
const printers = new Set<(is: boolean) => void>();

/** Browsers print what is in the document when the event ends, so everything is drawn before it does. */
function print(is: boolean): void {
  isPrinting = is;
  const before = options.debounceRendering;
  options.debounceRendering = (draw) => draw();
  for (const tell of printers) tell(is);
  if (before) options.debounceRendering = before;
  else delete options.debounceRendering;
}
window.addEventListener("beforeprint", () => print(true));
window.addEventListener("afterprint", () => print(false));

/** True while the page is being printed, when lists show their rows in full. */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(isPrinting);
  useLayoutEffect(() => {
    printers.add(setPrinting);
    return () => void printers.delete(setPrinting);
  }, []);
  return printing;
}

/** True where the page is narrow: a phone, or a page made twice as large. */
export function useNarrow(): boolean {
  const [narrow] = useState(() => window.matchMedia("screen and (max-width: 48rem)"));
  const [is, setIs] = useState(narrow.matches);
  useEffect(() => {
    const changed = () => setIs(narrow.matches);
    narrow.addEventListener("change", changed);
    return () => narrow.removeEventListener("change", changed);
  }, []);
  return is;
}
