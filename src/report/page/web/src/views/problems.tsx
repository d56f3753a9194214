// What could not be read or used, and what concerns several offices. Must not change anything by being looked at: none of it bears on marks.
import type { Problem } from "../data/types.ts";
import { useStore } from "../hooks.ts";
import { Empty, Places, Scroll, Section, useSome } from "../parts/pieces.tsx";
import { bracketed, listed, say, said } from "../words.ts";

/** Places shown of a problem. */
const PLACES = 5;

/** Whether a problem only tells what was done, and asks for nothing. */
export function isNote({ advice }: { advice: { zh: string } }): boolean {
  return advice.zh.startsWith("无须处理");
}

function Where({ problem: { places, message } }: { problem: Problem }) {
  const rest = places.slice(PLACES);
  // How many there are stands in the message; not all of them have a place in the data.
  const all = Number(/^有 (\d+) [个行处份件]/.exec(message.zh)?.[1] ?? 0);
  return (
    <>
      <Places places={places.slice(0, PLACES)} />
      {rest.length > 0 && (
        <details>
          <summary>
            {all > places.length
              ? say(`只列前 ${PLACES} 处，共 ${all} 处`, `The first ${PLACES} of ${all}`)
              : say(`另有 ${rest.length} 处`, `${rest.length} more`)}
          </summary>
          <Places places={rest} />
          {all > places.length && (
            <p>{say(`只列前 ${places.length} 处，共 ${all} 处。`, `The first ${places.length} of ${all}.`)}</p>
          )}
        </details>
      )}
    </>
  );
}

function Table({ name, problems }: { name: string; problems: Problem[] }) {
  const { offices } = useStore();
  const { shown, more } = useSome(problems, 100);
  return (
    <>
      <Scroll name={name}>
        <table class="plain problems">
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
                <td class="office">{p.office === null ? "—" : (offices.get(p.office)?.name ?? p.office)}</td>
                <td>
                  {said(p.message)}
                  <p class="how">{said(p.advice)}</p>
                </td>
                <td>
                  <Where problem={p} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {more}
    </>
  );
}

export function ProblemsPage() {
  const { head } = useStore();
  const all = head.problems ?? [];
  const asking = all.filter((p) => !isNote(p));
  const notes = all.filter(isNote);
  const cross = head.cross ?? [];
  return (
    <>
      <h1 tabIndex={-1}>{say("数据问题", "Problems of the data")}</h1>
      <Section id="problems" title={say(`要看要办的 ${asking.length} 条`, `${asking.length} to look at`)}>
        {asking.length === 0 ? <Empty>{say("没有。", "None.")}</Empty> : <Table name={say("数据问题表", "Table of problems")} problems={asking} />}
      </Section>
      {notes.length > 0 && (
        <Section
          id="notes"
          title={say(`提示 ${notes.length} 条`, `${notes.length} ${notes.length === 1 ? "note" : "notes"}`)}
          note={say("程序已经处理，说明是怎样处理的，一般不用再办。", "What the program did by itself; as a rule nothing is to be done.")}
        >
          <Table name={say("提示表", "Table of notes")} problems={notes} />
        </Section>
      )}
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
                {said(c.message)}
                {bracketed(listed(c.offices))}
                <Places places={c.places} />
              </li>
            ))}
          </ul>
        )}
      </Section>
    </>
  );
}
