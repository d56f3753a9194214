// 评议情况: how reviewers' marks became results, and how far they agree. Must not name who marked what; the case says that.
import type { Head } from "../data/types.ts";
import { count } from "../format.ts";
import { Section } from "../parts/pieces.tsx";
import { how, say, said } from "../words.ts";

export function Review({ panel }: { panel: NonNullable<Head["panel"]> }) {
  return (
    <Section id="review" title={say("评议情况", "The round of review")}>
      <dl class="figures small">
        {panel.draw && (
          <div class="figure">
            <dt>{say("抽取案件", "Cases drawn")}</dt>
            <dd>
              <strong>{count(panel.draw.drawn)}</strong>
              <small>{say(`抽签号码 ${panel.draw.seed}（供复核）`, `number of the draw ${panel.draw.seed}, to check it by`)}</small>
            </dd>
          </div>
        )}
        <div class="figure">
          <dt>{say("等次已确认", "Grades confirmed")}</dt>
          <dd>
            <strong>{count(panel.confirmed)}</strong>
          </dd>
        </div>
        <div class="figure">
          <dt>{say("还需加评", "Need more marks")}</dt>
          <dd>
            <strong>{count(panel.needing)}</strong>
          </dd>
        </div>
        <div class="figure">
          <dt>{say("申诉", "Objections")}</dt>
          <dd>
            <strong>{count(panel.objections.all)}</strong>
            <small>
              {say(
                `变更 ${panel.objections.upheld}，已决定 ${panel.objections.decided}`,
                `${panel.objections.upheld} upheld of ${panel.objections.decided} decided`,
              )}
            </small>
          </dd>
        </div>
      </dl>
      <h3>{say("成绩怎样定的（件数）", "How results were settled (cases)")}</h3>
      <dl class="figures small">
        {Object.entries(panel.how).map(([id, n]) => (
          <div class="figure" key={id}>
            <dt>{how(id)}</dt>
            <dd>
              <strong>{count(n)}</strong>
            </dd>
          </div>
        ))}
      </dl>
      {panel.agreement.length > 0 && (
        <details>
          <summary>
            {say(
              `评分一致性（${panel.agreement.length} 项统计，只供了解，不改动得分）`,
              `Agreement (${panel.agreement.length} statistics; told, never applied)`,
            )}
          </summary>
          <ul class="told">
            {panel.agreement.map((f, i) => (
              <li key={i}>
                <strong>{said(f.name)}</strong>
                {say("：", ": ")}
                {said(f.plain)}
              </li>
            ))}
          </ul>
        </details>
      )}
    </Section>
  );
}
