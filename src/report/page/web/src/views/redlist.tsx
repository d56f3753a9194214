// Red lines of an office, first in its to-do list: those that a person must decide, then those that hold. Must not list one as a job to explain.
import { at } from "../data/column.ts";
import type { Cases, Office } from "../data/types.ts";
import { useStore } from "../hooks.ts";
import type { Ordered } from "../jobs.ts";
import { Section } from "../parts/pieces.tsx";
import { afterwards, because, hanging } from "../red.ts";
import { say, said } from "../words.ts";
import { CaseLink } from "./jobs.tsx";
import { Situation } from "./situation.tsx";

export function RedList({ office, cases, reds }: { office: Office; cases: Cases; reds: Ordered["reds"] }) {
  const store = useStore();
  if (reds.length === 0) return null;
  const open = reds.filter(({ red }) => !red.holds).length;
  const held = reds.length - open;
  const parts = [open > 0 && say(`待认定 ${open} 处`, `${open} undecided`), held > 0 && say(`已成立 ${held} 处`, `${held} ${held === 1 ? "holds" : "hold"}`)].filter(
    Boolean,
  );
  return (
    <Section id="red" title={say(`红线：${parts.join("，")}`, `Red lines: ${parts.join(", ")}`)}>
      <ul class="reds">
        {reds.map(({ row, red }, i) => {
          const rubric = store.rubrics.get(at(cases.rubric, row) ?? "");
          const [low, high] = [at(cases.low, row), at(cases.high, row)];
          const grade = at(cases.grade, row);
          const marks: [number, number] | null = low !== null && high !== null ? [low, high] : null;
          return (
            <li key={i} class={red.holds ? "held" : "open"}>
              <span class="box" aria-hidden="true" />
              <strong>
                {red.holds ? say("红线已成立：", "Red line holds: ") : say("红线待认定：", "Red line undecided: ")}
                {said(red.line.title)}
              </strong>{" "}
              <CaseLink office={office} cases={cases} row={row} />
              <Situation findings={[red.finding]} />
              <p class="how">
                {red.holds ? (
                  <>
                    {rubric && because(rubric, [red], grade)}
                    {say("；补正其他问题不能改变。", "; nothing else that is mended changes it. ")}
                    {said(afterwards(red.finding.fix))}
                  </>
                ) : (
                  <>
                    {said(red.finding.fix)}
                    {rubric && grade === null && (
                      <b>
                        {say("认定前等次不定：", "Until then the grade is open: ")}
                        {hanging(rubric, [red], marks, false)}
                        {say("。", ".")}
                      </b>
                    )}
                  </>
                )}
              </p>
            </li>
          );
        })}
      </ul>
    </Section>
  );
}
