// Findings of a case, each with what was seen, where, on what basis, and what can be done. Must not call what is open a fault.
import type { Finding } from "../data/decode.ts";
import type { Head, Office, Rubric } from "../data/types.ts";
import { range } from "../format.ts";
import { useStore } from "../hooks.ts";
import { Places, Section } from "../parts/pieces.tsx";
import { afterwards, redLine, ruling } from "../red.ts";
import { to } from "../route.ts";
import { noBackdating, opens, outcome, remedy, say, said, severity } from "../words.ts";

/** What a finding is about: a criterion, a red line, or a check that no rubric has. */
export function titleOf(head: Head, rubric: Rubric | undefined, id: string): string {
  const named = rubric?.criteria.find((c) => c.id === id) ?? rubric?.red_lines.find((r) => r.id === id);
  return named ? said(named.title) : (head.titles[`builtin:${id}`] ?? id);
}

export const isUndecided = (finding: Finding): boolean => ["unclear", "pending", "failed"].includes(finding.outcome);

/** The points that it costs, or that it decides the grade. */
function cost(finding: Finding, rubric: Rubric | undefined, others: Finding[]): string {
  const { low, high, criterion } = finding;
  const isOpen = isUndecided(finding);
  if (redLine(rubric, criterion)) return isOpen ? say("可能决定等次", "may decide the grade") : say("决定等次", "decides the grade");
  if (rubric?.scheme === "levels") return "";
  if (high > 0)
    return isOpen
      ? say(`可能失 ${range([low, high])} 分`, `may lose ${range([low, high])}`)
      : say(`失 ${range([low, high])} 分`, `lost ${range([low, high])}`);
  // Its points went with another finding, or the criterion takes none.
  const isCounted = finding.because !== null || others.some((f) => f !== finding && f.criterion === criterion && f.high > 0);
  return isCounted ? say("不再扣分", "no more points off") : say("不扣分", "no points off");
}

/** What must be so before the remedy is due; for a mark that was given, what the remedy cannot do. */
export function condition(finding: Finding, isHuman: boolean, isRed: boolean): string {
  if (isRed) return "";
  if (finding.outcome === "pending") return say("待评估专家评分，评后失分的：", "once a reviewer has marked it, if points are lost: ");
  if (isUndecided(finding)) return say("先核实，属实的：", "verify first; if it is so: ");
  if (isHuman && finding.high > 0)
    return say("评估专家已评分，只写说明不加分。", "A reviewer has marked it: an explanation alone adds nothing. ");
  return "";
}

/** Whether it can be mended; what names no paper and no field is corrected, not completed. */
function mending({ remedy: kind, about }: Finding): string {
  return kind === "complete" && about === null ? say("可更正", "can be corrected") : remedy(kind);
}

/** How bad it is; while nobody knows whether it is so, that it is open and nothing more. */
export function Badge({ finding, isRed }: { finding: Finding; isRed: boolean }) {
  if (!isUndecided(finding)) return <span class={`sev ${finding.severity}`}>{severity(finding.severity)}</span>;
  return <span class="sev open">{isRed ? say("红线待认定", "red line undecided") : opens(finding.outcome)}</span>;
}

/** What is a fault, and what is only open: 问题 3 处，待认定 1 处，待核 1 处. */
function title(findings: Finding[], rubric: Rubric | undefined): string {
  const open = findings.filter(isUndecided);
  const reds = open.filter((f) => redLine(rubric, f.criterion));
  const pending = open.filter((f) => !reds.includes(f) && f.outcome === "pending").length;
  const unclear = open.length - reds.length - pending;
  const settled = findings.length - open.length;
  return say(
    [
      `问题 ${settled} 处`,
      reds.length > 0 && `待认定 ${reds.length} 处`,
      unclear > 0 && `待核 ${unclear} 处`,
      pending > 0 && `待评 ${pending} 处`,
    ]
      .filter(Boolean)
      .join("，"),
    [
      `Findings: ${settled}`,
      reds.length > 0 && `red lines undecided: ${reds.length}`,
      unclear > 0 && `open: ${unclear}`,
      pending > 0 && `to be marked: ${pending}`,
    ]
      .filter(Boolean)
      .join(", "),
  );
}

function One({
  finding,
  rubric,
  office,
  caseId,
  others,
}: {
  finding: Finding;
  rubric: Rubric | undefined;
  office: Office;
  caseId: string;
  others: Finding[];
}) {
  const { head } = useStore();
  const criterion = rubric?.criteria.find((c) => c.id === finding.criterion);
  const red = redLine(rubric, finding.criterion);
  const name = titleOf(head, rubric, finding.criterion);
  const isOpen = isUndecided(finding);
  // An open one has it in its badge, but for what the program could not check.
  const told = red ? (isOpen ? "" : say("红线已成立", "red line holds")) : isOpen && finding.outcome !== "failed" ? "" : outcome(finding.outcome);
  const fix = red && !isOpen ? afterwards(finding.fix) : finding.fix;
  return (
    <li class={`finding ${isOpen ? "isopen" : finding.severity}`} id={`f-${finding.id}`} tabIndex={-1}>
      <div class="findinghead">
        <Badge finding={finding} isRed={red !== undefined} />
        {told && <span class="outcome">{told}</span>}
        {criterion && rubric ? (
          <a href={to(["criterion", rubric.id, criterion.id])}>
            {finding.criterion} {name}
          </a>
        ) : (
          <span>
            {finding.criterion} {name}
          </span>
        )}
        <span class="lost">{cost(finding, rubric, others)}</span>
        <a
          class="link noprint"
          href={to(["office", office.id, "case", caseId, finding.id])}
          aria-label={say(`${finding.id} 的链接`, `Link to ${finding.id}`)}
        >
          #
        </a>
      </div>
      <p class="message">
        {said(finding.message)}
        {red &&
          rubric &&
          (isOpen
            ? say(`；成立则${ruling(rubric, red.grade)}`, `; if it holds, ${ruling(rubric, red.grade)}`)
            : say(`；${ruling(rubric, red.grade)}`, `; ${ruling(rubric, red.grade)}`))}
      </p>
      <dl class="about">
        {finding.places.length > 0 && (
          <div>
            <dt>{say("出处", "Where")}</dt>
            <dd>
              <Places places={finding.places} computed={rubric?.about !== undefined} />
            </dd>
          </div>
        )}
        {said(finding.basis) && (
          <div>
            <dt>{say("依据", "Basis")}</dt>
            <dd>{said(finding.basis)}</dd>
          </div>
        )}
        {said(fix) && (
          <div>
            <dt>{say("怎么办", "What to do")}</dt>
            <dd>
              {condition(finding, criterion?.human ?? false, red !== undefined)}
              {!red && <span class={`remedy ${finding.remedy}`}>{mending(finding)}</span>}
              {said(fix)}
            </dd>
          </div>
        )}
        {finding.because && (
          <div>
            <dt>{say("缘由", "Because")}</dt>
            <dd>{say(`由 ${finding.because} 的问题引起`, `follows from ${finding.because}`)}</dd>
          </div>
        )}
      </dl>
    </li>
  );
}

export function FindingList({
  findings,
  rubric,
  office,
  caseId,
}: {
  findings: Finding[];
  rubric: Rubric | undefined;
  office: Office;
  caseId: string;
}) {
  const isRed = (f: Finding): number => (redLine(rubric, f.criterion) ? 1 : 0);
  const sorted = [...findings].sort((a, b) => isRed(b) - isRed(a) || b.high - a.high || b.low - a.low);
  return (
    <Section id="findings" title={title(findings, rubric)} note={noBackdating()}>
      <ol class="findings">
        {sorted.map((f) => (
          <One key={f.id} finding={f} rubric={rubric} office={office} caseId={caseId} others={findings} />
        ))}
      </ol>
    </Section>
  );
}
