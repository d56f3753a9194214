// The data of the page: the first block at once, an office's blocks when they are looked at. Must not change anything it hands out.
import { later, now } from "./inflate.ts";
import type { Cases, Criterion, Findings, Head, Office, Rubric } from "./types.ts";

/** Once the whole file has arrived. */
async function whole(): Promise<void> {
  if (document.readyState === "loading") {
    await new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
  }
}

/** The text of a data element, once the part of the file that holds it has arrived. */
async function block(id: string): Promise<string> {
  const here = () => document.getElementById(id)?.textContent;
  // An element that is still being read has only a part of its text.
  if (!here() || document.getElementById(id)?.nextSibling === null) await whole();
  const text = here();
  if (!text) throw new Error(`data block ${id} is missing`);
  return text;
}

export class Store {
  readonly head: Head;
  readonly offices: Map<string, Office>;
  readonly rubrics: Map<string, Rubric>;
  /** Those that have cases in the page. */
  readonly withCases: Office[];
  readonly criteria: Map<string, Criterion>;
  private readonly cases_ = new Map<string, Cases>();
  private readonly findings_ = new Map<string, Findings>();
  /** Offices of which a block is missing or cannot be read. */
  readonly broken = new Set<string>();
  private readonly watchers = new Set<() => void>();
  private readonly waiting = new Map<string, Promise<unknown>>();

  constructor(head: Head) {
    this.head = head;
    this.offices = new Map([...head.groups, ...head.offices].map((o) => [o.id, o]));
    const rubrics = [...head.rubrics, ...(head.own_rubrics ?? [])];
    this.rubrics = new Map(rubrics.map((r) => [r.id, r]));
    this.criteria = new Map(rubrics.flatMap((r) => r.criteria.map((c) => [`${r.id}:${c.id}`, c] as const)));
    this.withCases = head.offices.filter((o) => head.blocks[o.id]);
    void whole().then(() => this.look());
  }

  static open(): Store {
    const head = document.getElementById("head")?.textContent;
    if (!head) throw new Error("the page holds no data");
    return new Store(now(head) as Head);
  }

  /** Calls back whenever an office is found broken. */
  watch(tell: () => void): () => void {
    this.watchers.add(tell);
    return () => void this.watchers.delete(tell);
  }

  private found(...offices: string[]): void {
    const before = this.broken.size;
    for (const office of offices) this.broken.add(office);
    if (this.broken.size > before) for (const tell of this.watchers) tell();
  }

  /** Whether every block that the first one tells of is there; a file that was cut ends within a block, with nothing behind it. */
  private look(): void {
    const last = document.body.lastChild;
    const cut = last instanceof HTMLScriptElement && last.type === "application/x-juanping" ? last.id : "";
    const isHere = (id: string) => id !== cut && document.getElementById(id) !== null;
    const gone = this.withCases.filter((o) => {
      const at = this.head.blocks[o.id]?.at;
      return !isHere(`c${at}`) || !isHere(`f${at}`);
    });
    this.found(...gone.map((o) => o.id));
  }

  /** Cases of an office that were inflated already. */
  cases(office: string): Cases | undefined {
    return this.cases_.get(office);
  }

  findings(office: string): Findings | undefined {
    return this.findings_.get(office);
  }

  loadCases(office: string): Promise<Cases> {
    return this.load("c", office, this.cases_);
  }

  loadFindings(office: string): Promise<Findings> {
    return this.load("f", office, this.findings_);
  }

  private load<T>(kind: string, office: string, into: Map<string, T>): Promise<T> {
    const ready = into.get(office);
    if (ready) return Promise.resolve(ready);
    const at = this.head.blocks[office]?.at;
    if (at === undefined) return Promise.reject(new Error(`no cases of ${office}`));
    const key = `${kind}${at}`;
    const running = this.waiting.get(key) as Promise<T> | undefined;
    if (running) return running;
    const promise = block(key)
      .then(later)
      .then((data) => {
        into.set(office, data as T);
        return data as T;
      })
      .catch((error: unknown) => {
        this.found(office);
        throw error;
      })
      .finally(() => this.waiting.delete(key));
    this.waiting.set(key, promise);
    return promise;
  }
}
