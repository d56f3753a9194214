// Grades of all rubrics in one order, and which of five colours each has. Must not decide a grade.
import type { Head, Office } from "./data/types.ts";

export type Grades = { titles: string[]; tone: (title: string) => number };

/** Tones of 1 to 5 grades: the best is 0 and the worst 4, whatever lies between. */
const TONES = [[0], [0, 4], [0, 3, 4], [0, 1, 3, 4], [0, 1, 2, 3, 4]];

export function gradesOf(head: Head): Grades {
  const titles: string[] = [];
  const tones = new Map<string, number>();
  for (const rubric of [...head.rubrics, ...(head.own_rubrics ?? [])]) {
    const steps = TONES[Math.min(rubric.grades.length, 5) - 1] ?? [0];
    rubric.grades.forEach((grade, i) => {
      if (!rubric.about && !titles.includes(grade.title)) titles.push(grade.title);
      if (!tones.has(grade.title)) tones.set(grade.title, steps[Math.min(i, steps.length - 1)] ?? 2);
    });
  }
  return { titles, tone: (title) => tones.get(title) ?? 2 };
}

/** Cases by grade, the best first, only grades that some office of the batch counts. */
export function shares(office: Office, grades: Grades): { title: string; n: number }[] {
  return grades.titles.flatMap((title) => {
    const n = office.grades[title];
    return n === undefined ? [] : [{ title, n }];
  });
}
