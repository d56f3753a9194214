// What would lift a case (怎样提升): the fewest fixes as the program computed them. Must not compute anything itself.
import type { Finding } from "../data/decode.ts";
import type { Lift, LiftSet, Rubric } from "../data/types.ts";
import { range } from "../format.ts";
import { Grade, Section } from "../parts/pieces.tsx";
import type { Grades } from "../grades.ts";
import { act, noBackdating, say, said } from "../words.ts";

function SetView({
  title,
  set,
  findings,
  rubric,
  grades,
}: {
  title: string;
  set: LiftSet;
  findings: Finding[];
  rubric: Rubric | undefined;
  grades: Grades;
}) {
  const [worst, best] = set.grades;
  return (
    <div class="liftset">
      <p>
        <strong>{title}</strong>
        {set.marks && say(`，得分到 ${range(set.marks)}`, `, marks ${range(set.marks)}`)}{" "}
        <Grade grade={worst === best ? best : null} possible={[best, worst]} grades={grades} />
      </p>
      <ol>
        {set.todo.map(([criterion, what, human, ids, worth, level]) => {
          const found = ids.flatMap((id) => findings.filter((f) => f.id === id));
          const title_ = rubric?.criteria.find((c) => c.id === criterion)?.title;
          return (
            <li key={criterion}>
              <span class={`act ${what}`}>{act(what)}</span> {criterion} {said(title_)}
              {level && `（${level}）`}
              {worth[1] > 0 && <span class="worth">+{range(worth)}</span>}
              {human && <small>{say("由评估专家认可", "a reviewer must agree")}</small>}
              {found.map((f) => (
                <small key={f.id}>{said(f.message)}</small>
              ))}
            </li>
          );
        })}
      </ol>
    </div>
  );
}

export function LiftView({
  lift,
  findings,
  rubric,
  grades,
}: {
  lift: Lift;
  findings: Finding[];
  rubric: Rubric | undefined;
  grades: Grades;
}) {
  const next = lift.target ? say(`到“${lift.target}”`, `to “${lift.target}”`) : "";
  const sets: [LiftSet | undefined, string][] = [
    [lift.sure, say(`补正 ${lift.sure?.fixes} 处，确定${next}`, `${lift.sure?.fixes} fixes surely lead ${next}`)],
    [
      lift.agreed,
      say(
        `${lift.agreed?.fixes} 处，含须评估专家认可的，可${next}`,
        `${lift.agreed?.fixes} fixes, some of which a reviewer must agree to, lead ${next}`,
      ),
    ],
    [
      lift.hoped,
      say(
        `${lift.hoped?.fixes ? `补正 ${lift.hoped.fixes} 处` : "不用补正"}，未定各项都好时可${next}`,
        `${lift.hoped?.fixes} fixes lead ${next} if all that is open turns out well`,
      ),
    ],
    [
      lift.all,
      say(
        `能补正的 ${lift.all?.fixes} 处全部补正，仍不能确定${next}`,
        `All ${lift.all?.fixes} that can be fixed do not surely lead ${next}`,
      ),
    ],
  ];
  return (
    <Section id="lift" title={say("怎样提升", "What would lift it")} note={noBackdating()}>
      {lift.unknown && <p>{said(lift.unknown)}</p>}
      {lift.first && lift.first.length > 0 && (
        <ul class="told">
          {lift.first.map((t, i) => (
            <li key={i}>{said(t)}</li>
          ))}
        </ul>
      )}
      {sets.map(
        ([set, title]) => set && <SetView key={title} title={title} set={set} findings={findings} rubric={rubric} grades={grades} />,
      )}
      {!lift.unknown && sets.every(([set]) => !set) && (
        <p>{say("没有可补正的问题能使它升等。", "Nothing that can be mended would lift it.")}</p>
      )}
    </Section>
  );
}
