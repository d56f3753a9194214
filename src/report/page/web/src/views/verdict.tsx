// The verdict of a case: its mark, its grade, and why the grade is not that of the mark where a red line decides. Must not say a grade is
// settled while it is only proposed.
import { MarkBar } from "../charts/mark.tsx";
import type { CasePanel, Rubric } from "../data/types.ts";
import { range } from "../format.ts";
import type { Grades } from "../grades.ts";
import { Grade } from "../parts/pieces.tsx";
import { because, hanging, type Red } from "../red.ts";
import { listed, say } from "../words.ts";

export function Verdict({
  marks,
  total,
  grade,
  possible,
  superset,
  confirmed,
  rubric,
  reds,
  grades,
}: {
  marks: [number, number] | null;
  total: number | null;
  grade: string | null;
  possible: string[];
  superset: boolean;
  confirmed: CasePanel["confirmed"] | undefined;
  rubric: Rubric | undefined;
  reds: Red[];
  grades: Grades;
}) {
  const given = confirmed?.grade ?? grade;
  const why = rubric ? [because(rubric, reds, given), given ? "" : hanging(rubric, reds, marks)].filter(Boolean) : [];
  return (
    <div class="verdict">
      {marks && total !== null && (
        <div class="score">
          <strong>{range(marks)}</strong>
          <span>
            /{total}
            {say(" 分", "")}
          </span>
        </div>
      )}
      <div class="given">
        <span class="label">{confirmed ? say("评定等次", "Grade") : say("拟定等次", "Proposed grade")}</span>
        <Grade grade={given} possible={possible} grades={grades} />
        {confirmed && (
          <small>
            {confirmed.by.length > 0
              ? say(`${confirmed.by.join("、")} ${confirmed.on} 确认`, `confirmed by ${listed(confirmed.by)} on ${confirmed.on}`)
              : say(`${confirmed.on} 确认`, `confirmed on ${confirmed.on}`)}
          </small>
        )}
        {superset && <small>{say("所列等次可能多于实际", "may list more than is possible")}</small>}
      </div>
      {rubric && marks && total !== null && <MarkBar low={marks[0]} high={marks[1]} total={total} rubric={rubric} grades={grades} />}
      {why.map((words) => (
        <p class="why" key={words}>
          {words}
        </p>
      ))}
    </div>
  );
}
