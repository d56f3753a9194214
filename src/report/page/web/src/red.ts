// Red lines (红线) of a case: which hold, which a person has yet to decide, and what grade each leaves. Must not decide any of them.
import type { Finding } from "./data/decode.ts";
import type { Rubric, Text } from "./data/types.ts";
import { say, said } from "./words.ts";

type Line = Rubric["red_lines"][number];
export type Red = { line: Line; finding: Finding; holds: boolean };

export function redLine(rubric: Rubric | undefined, id: string): Line | undefined {
  return rubric?.red_lines.find((r) => r.id === id);
}

/** Red lines that hold or may hold. */
export function redLines(rubric: Rubric | undefined, findings: Finding[]): Red[] {
  return findings.flatMap((finding) => {
    const line = redLine(rubric, finding.criterion);
    const holds = finding.outcome === "unmet";
    return line && (holds || ["pending", "unclear", "failed"].includes(finding.outcome)) ? [{ line, finding, holds }] : [];
  });
}

const place = (rubric: Rubric, grade: string): number => rubric.grades.findIndex((g) => g.title === grade);

/** The best grade that red lines leave; nothing where there are none. */
export function ceiling(rubric: Rubric, reds: Red[]): string | null {
  const worst = Math.max(-1, ...reds.map((r) => place(rubric, r.line.grade)));
  return rubric.grades[worst]?.title ?? null;
}

/** Whether a grade is better than a ceiling. */
export function isAbove(rubric: Rubric, grade: string, lid: string | null): boolean {
  return lid !== null && place(rubric, grade) < place(rubric, lid);
}

/** The grade of so many points, where grades have bands. */
export function bandOf(rubric: Rubric, mark: number): string | null {
  return rubric.scheme === "points" ? (rubric.grades.find((g) => g.from !== null && mark >= g.from)?.title ?? null) : null;
}

/** What a red line does to the grade. */
export function ruling(rubric: Rubric, grade: string): string {
  return place(rubric, grade) === rubric.grades.length - 1
    ? say(`不论得分评为${grade}`, `the grade is ${grade} whatever the mark`)
    : say(`最高只能评为${grade}`, `no better than ${grade}`);
}

const names = (reds: Red[]): string => reds.map((r) => `“${said(r.line.title)}”`).join(say("、", ", "));

/** Why the grade is not that of the mark: 因红线“…”成立，不论得分评为不合格. */
export function because(rubric: Rubric, reds: Red[], grade: string | null): string {
  const held = reds.filter((r) => r.holds);
  const lid = ceiling(rubric, held);
  if (lid === null) return "";
  const words = say(`因红线${names(held)}成立，${ruling(rubric, lid)}`, `the red line ${names(held)} holds: ${ruling(rubric, lid)}`);
  return grade && isAbove(rubric, grade, lid) ? words + say("；所示等次由专人确认", "; the grade shown was confirmed by persons") : words;
}

/** What hangs on red lines that nobody has decided: 不成立则为良好，成立则为不合格; `named` where their titles do not stand beside it. */
export function hanging(rubric: Rubric, reds: Red[], marks: [number, number] | null, named = true): string {
  const open = reds.filter((r) => !r.holds);
  if (open.length === 0) return "";
  const [zh, en] = named ? [`红线${names(open)}待认定：`, `the red line ${names(open)} is undecided: `] : ["", ""];
  const held = ceiling(
    rubric,
    reds.filter((r) => r.holds),
  );
  const all = ceiling(rubric, reds) ?? "";
  const bands = marks ? [...new Set([marks[1], marks[0]].map((m) => bandOf(rubric, m)))] : [];
  const lidded = [...new Set(bands.map((b) => (b !== null && held !== null && isAbove(rubric, b, held) ? held : b)))];
  const [only] = lidded;
  const without = lidded.length === 1 && only ? say(`则为${only}`, `the grade is ${only}`) : say("则按其余指标确定", "the rest decides");
  // Where the mark alone is no better than the red line leaves it, nothing hangs on it.
  if (lidded.length === 1 && only && !isAbove(rubric, only, all)) return say(`${zh}不论成立与否，均为${only}`, `${en}${only} either way`);
  const end = say(place(rubric, all) === rubric.grades.length - 1 ? `则为${all}` : `则最高为${all}`, `if it does, ${ruling(rubric, all)}`);
  return say(`${zh}不成立${without}，成立${end}`, `${en}if it does not hold, ${without}; ${end}`);
}

/** The remedy without what held only until it was decided. */
export function afterwards(fix: Text): Text {
  const zh = (text: string): string => text.replace(/[；，。]?认定前[^；。]*/g, "").replace(/^[；，]/, "");
  return { zh: zh(fix.zh), en: zh(fix.en) };
}
