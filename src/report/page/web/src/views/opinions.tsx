// What reviewers gave, and how it became the result. Must not weigh one reviewer against another.
import type { Review } from "../data/decode.ts";
import type { CasePanel, Rubric } from "../data/types.ts";
import { range } from "../format.ts";
import type { Grades } from "../grades.ts";
import { Grade, Section } from "../parts/pieces.tsx";
import { redLine } from "../red.ts";
import { bracketed, how, objection, outcome, remark, said, say, turn } from "../words.ts";

/** A criterion or a red line with its title. */
function named(rubric: Rubric | undefined, id: string): string {
  const line = redLine(rubric, id);
  const title = line
    ? say(`红线：${said(line.title)}`, `red line: ${said(line.title)}`)
    : said(rubric?.criteria.find((c) => c.id === id)?.title);
  return `${id} ${title}`;
}

export function PanelView({ panel, rubric, grades }: { panel: CasePanel; rubric: Rubric | undefined; grades: Grades }) {
  const title = (id: string) => named(rubric, id);
  const opinions = panel.opinions ?? [];
  // Without names, the same remark of several reviewers is one.
  const remarks = (panel.remarks ?? []).filter(
    (r, i, all) => r.reviewer || all.findIndex((o) => o.kind === r.kind && o.text === r.text) === i,
  );
  return (
    <Section id="panel" title={say("评议", "The panel")}>
      <p>
        {how(panel.how)}
        {said(panel.why) && say("：", ": ")}
        {said(panel.why)}
        {panel.needs > 0 && <strong>{say(` 还需 ${panel.needs} 人评`, ` ${panel.needs} more marks needed`)}</strong>}
      </p>
      {opinions.length > 0 && (
        <table class="plain reviews">
          <thead>
            <tr>
              <th scope="col">{say("评次", "Turn")}</th>
              <th scope="col">{say("评估专家", "Reviewers")}</th>
              <th scope="col" class="num">
                {say("得分", "Mark")}
              </th>
              <th scope="col">{say("等次", "Grade")}</th>
            </tr>
          </thead>
          <tbody>
            {opinions.map((o, i) => (
              <tr key={i}>
                <th scope="row">{turn(o.turn)}</th>
                <td>
                  {o.reviewers.join("、")}
                  {!o.complete && <small>{say("未填完", "incomplete")}</small>}
                </td>
                <td class="num">{o.low === null || o.high === null ? "—" : range([o.low, o.high])}</td>
                <td>
                  <Grade grade={o.grade} possible={[]} grades={grades} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {panel.overridden && panel.overridden.length > 0 && (
        <>
          <h3>{say("专家不采用的程序结论", "Machine outcomes set aside")}</h3>
          <ul class="told">
            {panel.overridden.map((o, i) => (
              <li key={i}>
                {title(o.criterion)}
                {say("：", ": ")}
                {outcome(o.outcome)}
                {say("；", "; ")}
                {said(o.message)}
                <br />
                <strong>{said(o.by)}</strong>
              </li>
            ))}
          </ul>
        </>
      )}
      {panel.objections && panel.objections.length > 0 && (
        <>
          <h3>{say("申诉", "Objections")}</h3>
          <ul class="told">
            {panel.objections.map((o, i) => (
              <li key={i}>
                {title(o.criterion)}
                {say("：", ": ")}
                <strong>{objection(o.state)}</strong> {o.by}
                {o.reason && say(`：${o.reason}`, `: ${o.reason}`)} {said(o.said)}
                {o.before && o.after && ` ${o.before} → ${o.after}`}
              </li>
            ))}
          </ul>
        </>
      )}
      {remarks.length > 0 && (
        <>
          <h3>{say("评语", "Remarks")}</h3>
          <ul class="told">
            {remarks.map((r, i) => (
              <li key={i}>
                {remark(r.kind)}
                {r.reviewer && bracketed(r.reviewer)}
                {say("：", ": ")}
                {r.text}
              </li>
            ))}
          </ul>
        </>
      )}
    </Section>
  );
}

export function Reviews({ reviews, rubric }: { reviews: Review[]; rubric: Rubric | undefined }) {
  if (reviews.length === 0) return null;
  const hasWords = reviews.some((r) => r.reason || r.situation || r.pages);
  const hasNames = reviews.some((r) => r.reviewer);
  return (
    <Section id="reviews" title={say("人工评分", "Marks by reviewers")}>
      <table class="plain dense reviews">
        <thead>
          <tr>
            <th scope="col">{say("指标", "Criterion")}</th>
            <th scope="col" class="num">
              {say("给分", "Given")}
            </th>
            {hasNames && <th scope="col">{say("评估专家", "Reviewer")}</th>}
            {hasWords && <th scope="col">{say("理由", "Reason")}</th>}
          </tr>
        </thead>
        <tbody>
          {reviews.map((r, i) => {
            const criterion = rubric?.criteria.find((c) => c.id === r.criterion);
            return (
              <tr key={i}>
                <th scope="row">{named(rubric, r.criterion)}</th>
                <td class="num">
                  {r.given}
                  {criterion?.points != null && /^[\d.]+$/.test(r.given) && `/${criterion.points}`}
                </td>
                {hasNames && <td>{r.reviewer}</td>}
                {hasWords && (
                  <td>
                    {[r.situation, r.reason, r.pages && say(`卷内 ${r.pages} 页`, `pp. ${r.pages}`)].filter(Boolean).join(say("；", "; "))}
                  </td>
                )}
              </tr>
            );
          })}
        </tbody>
      </table>
    </Section>
  );
}
