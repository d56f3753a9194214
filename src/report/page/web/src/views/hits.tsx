// Cases in whose findings the words of a search stand, and where. Must not hide that there are more than it shows, or offices it could not read.
import { useEffect, useState } from "preact/hooks";
import { at } from "../data/column.ts";
import { findingsOf } from "../data/decode.ts";
import { keyOf } from "../data/keys.ts";
import type { Office } from "../data/types.ts";
import type { Asked, Row } from "../filter.ts";
import { cases as inCases, count } from "../format.ts";
import { useStore } from "../hooks.ts";
import { Section } from "../parts/pieces.tsx";
import { wordsOf } from "../plain.ts";
import { redLine } from "../red.ts";
import { to } from "../route.ts";
import { type Found, type Part, search, SHOWN, standing } from "../search.ts";
import { language, listed, say } from "../words.ts";
import { Badge, titleOf } from "./findings.tsx";

/** Findings shown of a case, and offices by name. */
const [MOST, OFFICES] = [3, 12];
/** So many milliseconds without a key before the search begins. */
const TYPED = 250;

export type Hits = { q: string; of: number; found: Found | null };

type State = { key: string; found: Found };
/** The last search, so that the way back ends at what was found. */
let last: State | null = null;

/** The search as it goes on; it ends when something else is asked for. */
export function useHits(offices: Office[], want: Asked): Hits | null {
  const store = useStore();
  const key = to([language(), ...offices.map((o) => o.id)], { ...want, sort: "" });
  const [state, setState] = useState(last);
  const isAsked = wordsOf(want.q).length > 0;
  useEffect(() => {
    if (!isAsked || (last?.key === key && last.found.done)) return;
    let gone = false;
    const tell = (found: Found) => {
      last = { key, found };
      setState(last);
    };
    const timer = setTimeout(() => void search(store, offices, want, () => gone, tell), TYPED);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [key]);
  const known = [state, last].find((s) => s?.key === key);
  return isAsked ? { q: want.q.trim(), of: offices.length, found: known?.found ?? null } : null;
}

export const sum = (found: Found | null): number => (found?.cases ?? []).reduce((a, b) => a + b, 0);

/** How far the search is, and what it came to, above the list of cases; `alone` where that is empty and not shown. */
export function HitNote({ hits, alone }: { hits: Hits | null; alone: boolean }) {
  if (!hits) return null;
  const { q, of, found } = hits;
  const n = sum(found);
  const so = say(
    `已搜 ${found?.searched ?? 0}/${of} 个机构，已有 ${count(n)} 件`,
    `${found?.searched ?? 0} of ${of} offices, ${inCases(n)} so far`,
  );
  return (
    <p class="note hitnote" role="status" aria-busy={!found?.done}>
      {!found?.done
        ? say(`正在问题里查“${q}”：${so}`, `Looking for “${q}” in findings: ${so}`)
        : n === 0
          ? say(`问题里没有“${q}”。`, `“${q}” stands in no finding.`)
          : alone
            ? say(
                `案号、承办人等没有符合的；问题里有“${q}”的案件 ${count(n)} 件：`,
                `No number, lawyer and so on matches; “${q}” stands in findings of ${inCases(n)}:`,
              )
            : say(`问题里有“${q}”的案件 ${count(n)} 件，`, `“${q}” stands in findings of ${inCases(n)}, `)}
      {n > 0 && !alone && (
        <button type="button" class="noprint" onClick={() => document.getElementById("hits")?.focus()}>
          {say("列在案件表下面", "listed below the cases")}
        </button>
      )}
      {found?.done && found.failed.length > 0 && (
        <strong>
          {say(
            `${listed(found.failed.map((o) => o.name))}的问题读不出来，没有查。`,
            `Findings of ${listed(found.failed.map((o) => o.name))} cannot be read and were not searched.`,
          )}
        </strong>
      )}
    </p>
  );
}

const PARTS: Record<Part, () => string> = { 0: () => "", 1: () => say("办法：", "What to do: "), 2: () => say("出处：", "Where: ") };

function Hit({ row: { block, row }, words, several }: { row: Row; words: string[]; several: boolean }) {
  const store = useStore();
  const { cases, office } = block;
  const all = store.findings(office.id);
  const [no, stage] = [at(cases.case_no, row) ?? "", at(cases.stage, row)];
  const path = ["office", office.id, "case", keyOf(cases, row)];
  const rubric = store.rubrics.get(at(cases.rubric, row) ?? "");
  const found = (all ? findingsOf(all, cases, row) : [])
    .flatMap((finding) => {
      const at = standing(finding, words);
      return at ? [{ finding, ...at }] : [];
    })
    .sort((a, b) => a.part - b.part);
  const shown = found.filter((f) => f.part === found[0]?.part).slice(0, MOST);
  return (
    <li>
      <p>
        <a href={to(path)}>{no || say("（无案号）", "(no number)")}</a>
        {stage && <small>{stage}</small>}
        {several && <small>{office.name}</small>}
      </p>
      <ul>
        {shown.map(({ finding, part, excerpt }) => (
          <li key={finding.id}>
            <Badge finding={finding} isRed={redLine(rubric, finding.criterion) !== undefined} />
            <a href={to([...path, finding.id])}>
              {finding.criterion} {titleOf(store.head, rubric, finding.criterion)}
            </a>
            <span class="excerpt">
              {PARTS[part]()}
              {excerpt.before}
              <mark>{excerpt.hit}</mark>
              {excerpt.after}
            </span>
          </li>
        ))}
        {found.length > shown.length && (
          <li class="rest">{say(`这一件另有 ${found.length - shown.length} 处`, `${found.length - shown.length} more of this case`)}</li>
        )}
      </ul>
    </li>
  );
}

export function HitList({ hits, path, query }: { hits: Hits | null; path: string[]; query: Record<string, string> }) {
  const n = sum(hits?.found ?? null);
  if (!hits?.found || n === 0) return null;
  const { q, of, found } = hits;
  const [message, fix, place] = found.cases;
  const offices = [...found.offices].sort((a, b) => b[1] - a[1]);
  return (
    <Section
      id="hits"
      title={say(`问题里有“${q}”的案件 ${count(n)} 件`, `“${q}” in findings: ${inCases(n)}`)}
      note={say(
        `在问题描述里的 ${count(message)} 件，只在办法里的 ${count(fix)} 件，只在出处（文件名、表名）里的 ${count(place)} 件，依次列出。`,
        `In the message ${count(message)}, only in what to do ${count(fix)}, only in the name of a file or sheet ${count(place)}, in this order.`,
      )}
    >
      {of > 1 && (
        <p class="also noprint">
          {offices.slice(0, OFFICES).map(([office, k]) => (
            <a key={office.id} href={to(path, { ...query, office: office.id })}>
              {office.name} {count(k)}
            </a>
          ))}
          {offices.length > OFFICES && say(`等 ${offices.length} 个机构`, `and ${offices.length - OFFICES} more offices`)}
        </p>
      )}
      <ol class="hits" id="hits" tabIndex={-1}>
        {found.shown.map((row) => (
          <Hit key={`${row.block.office.id}/${row.row}`} row={row} words={wordsOf(q)} several={of > 1} />
        ))}
      </ol>
      {n > found.shown.length && (
        <p class="note">
          {say(
            `列出前 ${SHOWN} 件，另有 ${count(n - found.shown.length)} 件没有列出；多打几个字或加上筛选，可以缩小范围。`,
            `The first ${SHOWN} cases; ${count(n - found.shown.length)} more are not listed. More words or a filter narrow it down.`,
          )}
        </p>
      )}
    </Section>
  );
}
