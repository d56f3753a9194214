// What views share: the data, the place in the page, and blocks that arrive later. Must not draw anything.
import { createContext } from "preact";
import { useContext, useEffect, useState } from "preact/hooks";
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

export type Loaded = { office: Office; cases: Cases };

/** The cases of several offices, as they arrive. */
export function useManyCases(offices: Office[]): { loaded: Loaded[]; done: boolean } {
  const store = useStore();
  const [, tick] = useState(0);
  const key = offices.map((o) => o.id).join("\n");
  const missing = offices.filter((o) => !store.cases(o.id));
  useEffect(() => {
    let gone = false;
    let last = performance.now();
    const next = async () => {
      for (const office of missing) {
        if (gone) return;
        await store.loadCases(office.id);
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
    const cases = store.cases(office.id);
    return cases ? [{ office, cases }] : [];
  });
  return { loaded, done: missing.length === 0 };
}

/** True while the page is being printed, when lists show their rows in full. */
export function usePrinting(): boolean {
  const [printing, setPrinting] = useState(false);
  useEffect(() => {
    const before = () => setPrinting(true);
    const after = () => setPrinting(false);
    window.addEventListener("beforeprint", before);
    window.addEventListener("afterprint", after);
    return () => {
      window.removeEventListener("beforeprint", before);
      window.removeEventListener("afterprint", after);
    };
  }, []);
  return printing;
}
