// Cases in whose findings words stand, office by office. Must not hold up the page, nor pass over an office in silence.
import { at, passing, values } from "./data/column.ts";
import { begins, type Finding, filled } from "./data/decode.ts";
import type { Store } from "./data/store.ts";
import type { Findings, Office } from "./data/types.ts";
import { type Asked, matching, type Row } from "./filter.ts";
import { type Excerpt, excerpt, plain, wordsOf } from "./plain.ts";
import { said } from "./words.ts";

/** So many cases are shown; all are counted. */
export const SHOWN = 200;
/** So many milliseconds before the browser has its turn, and before progress is told again. */
const [BUSY, TOLD] = [12, 150];

/** In the message, in what to do, in the place: in this order cases are shown. */
export type Part = 0 | 1 | 2;
export type Found = {
  cases: [message: number, fix: number, place: number];
  offices: Map<Office, number>;
  shown: Row[];
  searched: number;
  failed: Office[];
  done: boolean;
};

/** The folders before it are not searched: the name of an office stands in them, and so would find all its findings. */
const fileName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** Where plain words stand in a finding: all of them in one of its texts, of which the first is shown. */
export function standing(finding: Finding, words: string[]): { part: Part; excerpt: Excerpt } | null {
  const texts: [Part, string][] = [
    [0, said(finding.message)],
    [1, said(finding.fix)],
    ...finding.places.flatMap(({ file, sheet }): [Part, string][] => [
      [2, fileName(file)],
      [2, sheet ?? ""],
    ]),
  ];
  for (const [part, text] of texts) {
    const flat = plain(text);
    const found = words.every((word) => flat.includes(word)) && excerpt(text, words[0] ?? "");
    if (found) return { part, excerpt: found };
  }
  return null;
}

type Test = (finding: number) => boolean;

/** Template and words are put together before they are compared, for a hit may lie across; each different pair once. */
function inMessage(all: Findings, has: (text: string) => boolean): Test {
  const flat = new Map<string, string>();
  const once = (text: string): string => {
    const known = flat.get(text) ?? plain(text);
    flat.set(text, known);
    return known;
  };
  const pairs = new Map<string, Map<string, boolean>>();
  return (finding) => {
    const [template, args] = [said(at(all.said, finding)), at(all.args, finding) ?? ""];
    let mine = pairs.get(template);
    if (!mine) pairs.set(template, (mine = new Map()));
    let is = mine.get(args);
    if (is === undefined) mine.set(args, (is = has(filled(once(template), once(args)))));
    return is;
  };
}

function inPlace(all: Findings, has: (text: string) => boolean, places: number[]): Test {
  const isFile = (file: string | null) => file !== null && has(plain(fileName(file)));
  const isSheet = (sheet: string | null) => sheet !== null && has(plain(sheet));
  const { file, sheet } = all.places;
  if (!values(file).some(isFile) && !values(sheet).some(isSheet)) return () => false;
  const [files, sheets] = [passing(file, isFile), passing<string | null>(sheet, isSheet)];
  return (finding) => {
    for (let i = places[finding] ?? 0; i < (places[finding + 1] ?? 0); i += 1) if (files(i) || sheets(i)) return true;
    return false;
  };
}

function some(test: Test, from: number, to: number): boolean {
  for (let i = from; i < to; i += 1) if (test(i)) return true;
  return false;
}

/** Lets the browser draw and take what is typed. */
const pause = () => new Promise<void>((done) => setTimeout(done, 0));

/** Searches what is asked for, telling what it has; `isGone` ends it. */
export async function search(
  store: Store,
  offices: Office[],
  want: Asked,
  isGone: () => boolean,
  tell: (found: Found) => void,
): Promise<void> {
  const words = wordsOf(want.q);
  const has = (flat: string) => words.every((word) => flat.includes(word));
  const found: Omit<Found, "shown"> = { cases: [0, 0, 0], offices: new Map(), searched: 0, failed: [], done: false };
  const kept: [Row[], Row[], Row[]] = [[], [], []];
  const show = () => tell({ ...found, shown: kept.flat().slice(0, SHOWN) });
  let [rested, told] = [performance.now(), performance.now()];
  for (const office of offices) {
    try {
      const [cases, all] = [await store.loadCases(office.id), await store.loadFindings(office.id)];
      if (isGone()) return;
      const { findings, places } = begins(all, cases.n);
      const fix = passing(all.fix, (pair) => has(plain(said(pair))));
      const tests: [Test, Test, Test] = [inMessage(all, has), fix, inPlace(all, has, places)];
      for (const row of matching([{ office, cases, findings: all }], { ...want, q: "" })) {
        const [from, to] = [findings[row.row] ?? 0, findings[row.row + 1] ?? 0];
        const part = tests.findIndex((test) => some(test, from, to)) as Part | -1;
        if (part !== -1) {
          found.cases[part] += 1;
          found.offices.set(office, (found.offices.get(office) ?? 0) + 1);
          if (kept[part].length < SHOWN) kept[part].push(row);
        }
        if (performance.now() - rested > BUSY) {
          await pause();
          if (isGone()) return;
          rested = performance.now();
        }
      }
    } catch {
      found.failed.push(office);
    }
    found.searched += 1;
    if (performance.now() - told > TOLD) {
      show();
      told = performance.now();
    }
  }
  found.done = true;
  if (!isGone()) show();
}
