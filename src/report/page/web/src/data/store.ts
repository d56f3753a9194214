// The data of the page: the first block at once, an office's blocks when they are looked at. Must not change anything it hands out.
import { later, now } from "./inflate.ts";
import type { Cases, Criterion, Findings, Head, Office, Rubric } from "./types.ts";

/** The text of a data element, once the part of the file that holds it has arrived. */
async function block(id: string): Promise<string> {
  const here = () => document.getElementById(id)?.textContent;
  if (!here() && document.readyState === "loading") {
    await new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
  }
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
  private readonly waiting = new Map<string, Promise<unknown>>();

  constructor(head: Head) {
    this.head = head;
    this.offices = new Map([...head.groups, ...head.offices].map((o) => [o.id, o]));
    const rubrics = [...head.rubrics, ...(head.own_rubrics ?? [])];
    this.rubrics = new Map(rubrics.map((r) => [r.id, r]));
    this.criteria = new Map(rubrics.flatMap((r) => r.criteria.map((c) => [`${r.id}:${c.id}`, c] as const)));
    this.withCases = head.offices.filter((o) => head.blocks[o.id]);
  }

  static open(): Store {
    const head = document.getElementById("head")?.textContent;
    if (!head) throw new Error("the page holds no data");
    return new Store(now(head) as Head);
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
        this.waiting.delete(key);
        return data as T;
      });
    this.waiting.set(key, promise);
    return promise;
  }
}
