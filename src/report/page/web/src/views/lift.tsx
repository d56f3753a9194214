// What would lift a case (怎样提升): the fewest fixes as the program computed them. Must not compute anything itself, and must not promise
// that an explanation brings points back.
import type { Finding } from "../data/decode.ts";
import type { Lift, LiftFix, LiftSet, Rubric } from "../data/types.ts";
import { points, range } from "../format.ts";
import { Grade, Section } from "../parts/pieces.tsx";
import type { Grades } from "../grades.ts";
import { bandOf, because, ceiling, hanging, isAbove, type Red } from "../red.ts";
import { act, bracketed, listed, noBackdating, said, say } from "../words.ts";

type Shared = { findings: Finding[]; rubric: Rubric | undefined; grades: Grades };

/** Whether reviewers gave the mark, so that an explanation changes nothing: they alone can. */
const isMarked = ([, what, human]: LiftFix): boolean => human && what !== "raise";

/** Whether somebody must agree before a fix counts. */
export function needsConsent([, what, human]: LiftFix): boolean {
  return human || what !== "complete";
}

function worthOf([, what, human, , worth]: LiftFix): string {
  const most = points(worth[1]);
  if (human && what !== "raise") {
    const alone =
      what === "explain"
        ? say("仅作说明不加分", "an explanation alone adds nothing")
        : say("未经复核不加分", "without another look nothing is added");
    return worth[1] > 0
      ? say(`如评估专家复核后改判，最多可加 ${most}；${alone}`, `At most ${most} more if reviewers change their mark; ${alone}`)
      : alone;
  }
  if (human) return say("须评估专家认可", "A reviewer must agree");
  if (what === "explain")
    return worth[1] > 0
      ? say(`说明经认可的，最多可加 ${most}；只写说明不一定加分`, `At most ${most} more if the explanation is accepted`)
      : say("只写说明不一定加分", "An explanation alone may add nothing");
  return "";
}

function SetView({
  title,
  set,
  isWhole,
  lid,
  settled,
  findings,
  rubric,
  grades,
}: Shared & { title: string; set: LiftSet; isWhole: boolean; lid: string | null; settled: boolean }) {
  const [worst, best] = set.grades;
  // After the grade is confirmed, and of a better band than a red line leaves, a total would be read as a promise.
  const isHidden = settled || (rubric && set.marks?.some((m) => isAbove(rubric, bandOf(rubric, m) ?? "", lid)));
  return (
    <div class="liftset">
      <p>
        <strong>{title}</strong>
        {set.marks && !isHidden && !isWhole && (
          <>
            {set.todo.some(needsConsent) ? say("，都经认可时得分 ", ", if all is accepted marks ") : say("，得分到 ", ", marks ")}
            {range(set.marks)}
          </>
        )}{" "}
        {!settled && !isWhole && <Grade grade={worst === best ? best : null} possible={[best, worst]} grades={grades} />}
      </p>
      <ol>
        {set.todo.map((fix) => {
          const [criterion, what, , ids, worth, level] = fix;
          const found = ids.flatMap((id) => findings.filter((f) => f.id === id));
          const note = settled || (isWhole && isMarked(fix)) ? "" : worthOf(fix);
          return (
            <li key={criterion}>
              {!isMarked(fix) && <span class={`act ${what}`}>{act(what)}</span>} {criterion} {said(rubric?.criteria.find((c) => c.id === criterion)?.title)}
              {level && bracketed(level)}
              {worth[1] > 0 && !settled && !needsConsent(fix) && <span class="worth">+{range(worth)}</span>}
              {note && <small class="only">{note}</small>}
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

/** What must happen where marks that reviewers gave are part of it: only they can change them, and the sentence says all of it. */
function onlyReviewers({ todo, marks }: LiftSet, target: string): string {
  const of = (test: (fix: LiftFix) => boolean): number => todo.filter(test).length;
  const completed = of((fix) => !isMarked(fix) && fix[1] === "complete");
  const others = todo.filter((fix) => !isMarked(fix)).length - completed;
  const again = listed(
    todo.filter(isMarked).map(([id, , , , worth]) => say(`${id}（最多加 ${points(worth[1])} 分）`, `${id} (at most ${points(worth[1])} more)`)),
  );
  const mark = marks ? say(`（${range(marks)} 分）`, ` (${range(marks)})`) : "";
  const zh = [completed > 0 && `补齐 ${completed} 处`, others > 0 && `${others} 处经认可`].filter(Boolean).join("、");
  const en = [completed > 0 && `${completed} completed`, others > 0 && `${others} accepted`].filter(Boolean).join(", ");
  return say(
    `评估专家已评分的不因说明而改变。只有${zh && `${zh}，并且`}评估专家复核后改判 ${again}，才可到“${target}”${mark}。`,
    `An explanation changes no mark of a reviewer. Only if ${en && `${en}, and `}reviewers look again and change ${again}, it comes to “${target}”${mark}.`,
  );
}

const fixes = (n: number): string => (n === 1 ? "1 fix" : `${n} fixes`);

/** What a set is for; the more sure it is, the plainer. `isWhole` where that says all there is to say. */
function titles(lift: Lift, isHeld: boolean, settled: boolean): [set: LiftSet | undefined, title: string, isWhole?: boolean][] {
  if (settled) {
    const set = lift.sure ?? lift.agreed ?? lift.all ?? lift.hoped;
    return set?.fixes ? [[set, say(`可先办的 ${set.fixes} 处`, `${set.fixes} to begin with`)]] : [];
  }
  const next = lift.target ? say(`到“${lift.target}”`, `to “${lift.target}”`) : "";
  const sets: [LiftSet | undefined, string, boolean?][] = [];
  for (const set of [lift.sure, lift.agreed]) {
    if (!set) continue;
    const n = set.fixes;
    if (lift.target && set.todo.some(isMarked)) {
      sets.push([set, onlyReviewers(set, lift.target), true]);
      continue;
    }
    sets.push([
      set,
      set.todo.some(needsConsent)
        ? say(`说明须经认可：${n} 处都经评估专家认可的，可${next}`, `Needs consent: ${fixes(n)}, if accepted, ${n === 1 ? "leads" : "lead"} ${next}`)
        : say(`补齐原件即可：补齐 ${n} 处，确定${next}`, `The papers suffice: ${n} completed surely ${n === 1 ? "leads" : "lead"} ${next}`),
    ]);
  }
  const hoped = lift.hoped?.fixes ? say(`补正 ${lift.hoped.fixes} 处，`, `${fixes(lift.hoped.fixes)}, `) : say("不用补正，", "no fixes, ");
  const all = lift.all?.fixes ?? 0;
  return [
    ...sets,
    [lift.hoped, say(`${hoped}未定各项都好时才可${next}`, `${hoped}only if all that is open turns out well ${next}`)],
    [
      lift.all,
      isHeld
        ? say(`能补正的 ${all} 处，补正只用于归卷和下次评查`, `${all} that can be fixed: for the file and the next assessment only`)
        : say(`能补正的 ${all} 处全部补正，仍不能确定${next}`, `All ${all} that can be fixed do not surely lead ${next}`),
    ],
  ];
}

export function LiftView({
  lift,
  reds,
  marks,
  settled,
  ...shared
}: Shared & { lift: Lift; reds: Red[]; marks: [number, number] | null; settled: boolean }) {
  const { rubric } = shared;
  const held = reds.filter((r) => r.holds);
  const lid = rubric ? ceiling(rubric, held) : null;
  const isHeld = lid !== null && lift.target !== null && rubric !== undefined && isAbove(rubric, lift.target, lid);
  // A red line is said once, in the words of the verdict.
  const first = (lift.first ?? []).filter((t) => !(rubric && reds.some((r) => t.zh.includes("红线") && t.zh.includes(r.line.title.zh))));
  // Where nothing but a red line is open, that is all there is to say.
  const onlyRed = reds.some((r) => !r.holds) && first.length === 0 && lift.hoped?.fixes === 0;
  const told = [
    ...(settled
      ? [say("等次已确认，补正只用于归卷和下次评查。", "The grade is confirmed: fixes are for the file and the next assessment only.")]
      : []),
    ...(rubric ? [because(rubric, reds, null), hanging(rubric, reds, marks)] : []),
    ...(isHeld ? [say("补正其他问题不能改变等次。", "Nothing else that is mended changes the grade.")] : []),
    ...first.map(said),
  ].filter(Boolean);
  const sets = titles(onlyRed ? { ...lift, hoped: undefined } : lift, isHeld, settled);
  return (
    <Section id="lift" title={say("怎样提升", "What would lift it")} note={noBackdating()}>
      {lift.unknown && <p>{said(lift.unknown)}</p>}
      {told.length > 0 && (
        <ul class="told">
          {told.map((words) => (
            <li key={words}>{words}</li>
          ))}
        </ul>
      )}
      {sets.map(([set, title, isWhole = false]) => set && <SetView key={title} title={title} set={set} isWhole={isWhole} lid={lid} settled={settled} {...shared} />)}
      {!lift.unknown && !onlyRed && !settled && sets.every(([set]) => !set) && (
        <p>{say("没有可补正的问题能使它升等。", "Nothing that can be mended would lift it.")}</p>
      )}
    </Section>
  );
}
