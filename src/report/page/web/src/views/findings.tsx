// Findings of a case, each with what was seen, where, on what basis, and what can be done. Must not call what is open a fault.
import type { Finding } from "../data/decode.ts";
import type { Head, Office, Rubric } from "../data/types.ts";
import { range } from "../format.ts";
import { useStore } from "../hooks.ts";
import { Places, Section } from "../parts/pieces.tsx";
import { to } from "../route.ts";
import { noBackdating, outcome, remedy, say, said, severity } from "../words.ts";

/** What a finding is about: a criterion, a red line, or a check that no rubric has. */
export function titleOf(head: Head, rubric: Rubric | undefined, id: string): string {
  const named = rubric?.criteria.find((c) => c.id === id) ?? rubric?.red_lines.find((r) => r.id === id);
  return named ? said(named.title) : (head.titles[`builtin:${id}`] ?? id);
}

function One({ finding, rubric, office, caseId }: { finding: Finding; rubric: Rubric | undefined; office: Office; caseId: string }) {
  const { head } = useStore();
  const criterion = rubric?.criteria.find((c) => c.id === finding.criterion);
  const title = titleOf(head, rubric, finding.criterion);
  const isOpen = ["unclear", "pending", "failed"].includes(finding.outcome);
  const isLost = finding.high > 0;
  return (
    <li class={`finding ${finding.severity} ${isOpen ? "isopen" : ""}`} id={`f-${finding.id}`} tabIndex={-1}>
      <div class="findinghead">
        <span class={`sev ${finding.severity}`}>{severity(finding.severity)}</span>
        <span class="outcome">{outcome(finding.outcome)}</span>
        {criterion && rubric ? (
          <a href={to(["criterion", rubric.id, criterion.id])}>
            {finding.criterion} {title}
          </a>
        ) : (
          <span>
            {finding.criterion} {title}
          </span>
        )}
        <span class="lost">
          {isLost
            ? isOpen
              ? say(`可能失 ${range([finding.low, finding.high])} 分`, `may lose ${range([finding.low, finding.high])}`)
              : say(`失 ${range([finding.low, finding.high])} 分`, `lost ${range([finding.low, finding.high])}`)
            : say("不另失分", "no points of its own")}
        </span>
        <a
          class="link noprint"
          href={to(["office", office.id, "case", caseId, finding.id])}
          aria-label={say(`${finding.id} 的链接`, `Link to ${finding.id}`)}
        >
          #
        </a>
      </div>
      <p class="message">{said(finding.message)}</p>
      <dl class="about">
        {finding.places.length > 0 && (
          <div>
            <dt>{say("出处", "Where")}</dt>
            <dd>
              <Places places={finding.places} />
            </dd>
          </div>
        )}
        {said(finding.basis) && (
          <div>
            <dt>{say("依据", "Basis")}</dt>
            <dd>{said(finding.basis)}</dd>
          </div>
        )}
        {said(finding.fix) && (
          <div>
            <dt>{isOpen ? say("如属实", "If it is so") : say("怎么办", "What to do")}</dt>
            <dd>
              <span class={`remedy ${finding.remedy}`}>{remedy(finding.remedy)}</span>
              {said(finding.fix)}
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
  const sorted = [...findings].sort((a, b) => b.high - a.high || b.low - a.low);
  return (
    <Section id="findings" title={say(`问题 ${findings.length} 处`, `Findings: ${findings.length}`)} note={noBackdating()}>
      <ol class="findings">
        {sorted.map((f) => (
          <One key={f.id} finding={f} rubric={rubric} office={office} caseId={caseId} />
        ))}
      </ol>
    </Section>
  );
}
