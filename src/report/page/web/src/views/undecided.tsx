// Why cases are undecided (未定): a red line that awaits a person, or papers and marks that are missing. Must not tell before it is known.
import { useEffect, useState } from "preact/hooks";
import { at } from "../data/column.ts";
import { begins } from "../data/decode.ts";
import type { Store } from "../data/store.ts";
import type { Office } from "../data/types.ts";
import { count } from "../format.ts";
import { useStore } from "../hooks.ts";
import { to } from "../route.ts";
import { listed, say } from "../words.ts";

/** Where offices have more cases than this, their findings are not opened for one sentence. */
const MOST = 5000;
const NAMED = 8;

/** Undecided cases by a red line alone, by a red line and an open mark, by neither; and cases that an established red line decides. */
export type Why = { red: number; both: number; other: number; decided: number };

function counted(store: Store, office: Office): Why | null {
  if (store.head.undecided) {
    const told = store.head.undecided[office.id];
    return { red: told?.red_line ?? 0, both: 0, other: told?.other ?? 0, decided: told?.established ?? 0 };
  }
  const [cases, findings] = [store.cases(office.id), store.findings(office.id)];
  if (!cases || !findings) return null;
  const { findings: starts } = begins(findings, cases.n);
  const why: Why = { red: 0, both: 0, other: 0, decided: 0 };
  for (let row = 0; row < cases.n; row += 1) {
    if (at(cases.subject, row) !== "case" || at(cases.scope, row) !== "selected") continue;
    const [grade, possible] = [at(cases.grade, row), at(cases.possible, row) ?? []];
    const [low, high] = [at(cases.low, row), at(cases.high, row)];
    const rubric = store.rubrics.get(at(cases.rubric, row) ?? "");
    const red = (outcomes: string[]) => {
      for (let i = starts[row] ?? 0; i < (starts[row + 1] ?? 0); i += 1) {
        const line = rubric?.red_lines.find((r) => r.id === at(findings.criterion, i));
        if (line && outcomes.includes(at(findings.outcome, i) ?? "")) return line;
      }
      return undefined;
    };
    if (grade === null) {
      if (possible.length === 0) continue;
      if (!red(["pending", "unclear", "failed"])) why.other += 1;
      else if (low !== high) why.both += 1;
      else why.red += 1;
    } else if (rubric && red(["unmet"])?.grade === grade) {
      // Only where the mark alone would give a better grade.
      const place = (title: string) => rubric.grades.findIndex((g) => g.title === title);
      const byMark = rubric.grades.find((g) => low === null || g.from === null || low >= g.from);
      if (byMark && place(byMark.title) < place(grade)) why.decided += 1;
    }
  }
  return why;
}

/** For each of the offices, as soon as it is known for all of them. */
function useWhy(offices: Office[]): { office: Office; why: Why }[] | null {
  const store = useStore();
  const [, tick] = useState(0);
  const capped = new Set([...store.rubrics.values()].flatMap((r) => r.red_lines.map((line) => line.grade)));
  const asked = offices.filter((o) => o.undecided > 0 || [...capped].some((grade) => (o.grades[grade] ?? 0) > 0));
  const blocks = asked.map((o) => store.head.blocks[o.id]?.n ?? Infinity);
  const isNear = store.head.undecided !== undefined || blocks.reduce((a, b) => a + b, 0) <= MOST;
  const key = isNear ? asked.map((o) => o.id).join("\n") : "";
  useEffect(() => {
    let gone = false;
    const open = async () => {
      for (const { id } of asked) {
        if (gone) return;
        await Promise.all([store.loadCases(id), store.loadFindings(id)]);
      }
      if (!gone) tick((n) => n + 1);
    };
    // What cannot be read is told where it is asked for; here only the sentence is left out.
    if (key && !store.head.undecided) open().catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [key]);
  if (!isNear) return null;
  const all = asked.map((office) => ({ office, why: counted(store, office) }));
  return all.every((one): one is { office: Office; why: Why } => one.why !== null) ? all : null;
}

/** Names with their counts, each a link to the cases; nothing where there is one office. */
function Names({ all, grade }: { all: [office: Office, n: number][]; grade: string }) {
  const store = useStore();
  const some = all.filter(([, n]) => n > 0);
  return (
    <>
      {say("（", " (")}
      {some.slice(0, NAMED).map(([office, n], i) => (
        <>
          {i > 0 && listed(["", ""])}
          {store.head.blocks[office.id] ? (
            <a href={to(["office", office.id, "cases"], { grade })}>
              {office.name} {count(n)}
            </a>
          ) : (
            `${office.name} ${count(n)}`
          )}
        </>
      ))}
      {some.length > NAMED && say(` 等 ${some.length} 个机构`, ` and ${some.length - NAMED} more`)}
      {say("）", ")")}
    </>
  );
}

export function Undecided({ offices }: { offices: Office[] }) {
  const store = useStore();
  const all = useWhy(offices);
  if (!all) return null;
  const one = offices.length === 1 ? offices[0] : undefined;
  const n = offices.reduce((sum, o) => sum + o.undecided, 0);
  const sum = (get: (why: Why) => number) => all.reduce((s, { why }) => s + get(why), 0);
  const names = (get: (why: Why) => number, grade: string) =>
    one ? null : <Names all={all.map(({ office, why }) => [office, get(why)])} grade={grade} />;
  const isRed = (why: Why) => why.red + why.both;
  const [red, both, other, decided] = [sum(isRed), sum((w) => w.both), sum((w) => w.other), sum((w) => w.decided)];
  if (red + other !== n || (n === 0 && decided === 0)) return null;
  const path = one ? ["office", one.id, "cases"] : ["cases"];
  const hasList = store.withCases.length > 0 && (one !== undefined || offices.length === store.head.offices.length);
  const words = say(`${count(n)} 件未定`, `${count(n)} undecided`);
  const grades = [...new Set([...store.rubrics.values()].flatMap((r) => r.red_lines.map((line) => line.grade)))];
  const also = both > 0 ? say(`，其中 ${count(both)} 件得分也未定`, `, ${count(both)} of them with an open mark too`) : "";
  const open = (w: Why) => w.other;
  return (
    <>
      {n > 0 && (
        <p class="why">
          {hasList ? <a href={to(path, { grade: "未定" })}>{words}</a> : words}
          {say("：", ": ")}
          {red > 0 && (
            <>
              {other > 0
                ? say(`${count(red)} 件有红线待专人认定`, `${count(red)} by a red line that awaits a person`)
                : both > 0
                  ? say("均有红线待专人认定", "all by a red line that awaits a person")
                  : say("均为红线待专人认定", "all only by a red line that awaits a person")}
              {also}
              {names(isRed, "未定")}
            </>
          )}
          {red > 0 && other > 0 && say("；", "; ")}
          {other > 0 && (
            <>
              {red > 0
                ? say(`${count(other)} 件材料不足或待评`, `${count(other)} by papers or reviewers outstanding`)
                : say("均为材料不足或待评", "all by papers or reviewers outstanding")}
              {names(open, "未定")}
            </>
          )}
        </p>
      )}
      {decided > 0 && (
        <p class="why">
          {say(
            `${count(decided)} 件因红线已认定成立而定为${grades.join("或")}`,
            `${count(decided)} ${grades.join(" or ")} because a red line is established`,
          )}
          {names((w) => w.decided, grades[0] ?? "")}
        </p>
      )}
    </>
  );
}
