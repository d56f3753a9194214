// What could not be read or used, and what concerns several offices. Must not change anything by being looked at: none of it bears on marks.
import { useStore } from "../hooks.ts";
import { Empty, Places, Section, useSome } from "../parts/pieces.tsx";
import { listed, say, said } from "../words.ts";

export function ProblemsPage() {
  const { head } = useStore();
  const problems = head.problems ?? [];
  const { shown, more } = useSome(problems, 100);
  const cross = head.cross ?? [];
  return (
    <>
      <h1 tabIndex={-1}>{say("数据问题", "Problems of the data")}</h1>
      <Section id="problems" title={say(`没有读出或没有用上的 ${problems.length} 处`, `${problems.length} that could not be read or used`)}>
        {problems.length === 0 ? (
          <Empty>{say("没有。", "None.")}</Empty>
        ) : (
          <table class="plain">
            <thead>
              <tr>
                <th scope="col">{say("代码", "Code")}</th>
                <th scope="col">{say("机构", "Office")}</th>
                <th scope="col">{say("情况和办法", "What, and what to do")}</th>
                <th scope="col">{say("出处", "Where")}</th>
              </tr>
            </thead>
            <tbody>
              {shown.map((p, i) => (
                <tr key={i}>
                  <th scope="row">{p.code}</th>
                  <td>{p.office ?? "—"}</td>
                  <td>
                    {said(p.message)}
                    <p class="how">{said(p.advice)}</p>
                  </td>
                  <td>
                    <Places places={p.places.slice(0, 5)} />
                    {p.places.length > 5 && <small>{say(`等 ${p.places.length} 处`, `${p.places.length} places`)}</small>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
        {more}
      </Section>
      <Section
        id="cross"
        title={say("跨机构问题", "Across offices")}
        note={say("只供核查，不影响得分。", "To be looked into; never changes marks.")}
      >
        {cross.length === 0 ? (
          <Empty>{say("没有。", "None.")}</Empty>
        ) : (
          <ul class="told">
            {cross.map((c, i) => (
              <li key={i}>
                {said(c.message)}（{listed(c.offices)}）<Places places={c.places} />
              </li>
            ))}
          </ul>
        )}
      </Section>
    </>
  );
}
