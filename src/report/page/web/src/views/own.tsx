// What rubrics about offices and firms themselves came to (机构本身的考核). Must not mix it with the cases of the office.
import { at } from "../data/column.ts";
import type { Store } from "../data/store.ts";
import type { Office } from "../data/types.ts";
import { range, shortTitle } from "../format.ts";
import { gradesOf } from "../grades.ts";
import { useManyCases, useStore } from "../hooks.ts";
import { Grade, Section } from "../parts/pieces.tsx";
import { useRows } from "../parts/rows.tsx";
import { to } from "../route.ts";
import { bracketed, say, subject } from "../words.ts";

/** Blocks of so many cases are opened for the links to the single lines; of more, the links go to the office. */
const MOST = 5000;

/** Where a line of an office's own results has its page; the office's where its block is not open. */
function hrefOf(store: Store, office: Office, rubric: string, nth: number): string {
  const cases = store.cases(office.id);
  let seen = 0;
  for (let row = 0; cases && row < cases.n; row += 1) {
    if (at(cases.subject, row) === "case" || at(cases.rubric, row) !== rubric) continue;
    if (seen === nth) return to(["office", office.id, "case", `~${row + 1}`]);
    seen += 1;
  }
  return to(["office", office.id]);
}

function linesOf(store: Store, offices: Office[]) {
  return offices.flatMap((office) =>
    (office.own ?? []).map((own, i) => {
      const rubric = store.rubrics.get(own.rubric);
      const nth = (office.own ?? []).slice(0, i).filter((o) => o.rubric === own.rubric).length;
      return { office, own, title: rubric ? shortTitle(rubric.title) : own.rubric, href: hrefOf(store, office, own.rubric, nth) };
    }),
  );
}

const markOf = (own: NonNullable<Office["own"]>[number]) => (own.marks ? `${range([own.marks.low, own.marks.high])}/${own.marks.total}` : "—");

/** On the page of the office. */
export function Own({ office }: { office: Office }) {
  const store = useStore();
  const grades = gradesOf(store.head);
  const lines = linesOf(store, [office]);
  if (lines.length === 0) return null;
  return (
    <Section id="own" title={say("机构本身的考核", "The office itself")}>
      <ul class="own">
        {lines.map(({ own, title, href }, i) => (
          <li key={i}>
            {store.cases(office.id) ? <a href={href}>{title}</a> : title}
            <span class="mark">{markOf(own)}</span>
            <Grade grade={own.grade} possible={own.possible} grades={grades} />
            <small>{subject(own.subject)}</small>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** On the first page: a row for each. */
export function OwnOfAll({ offices }: { offices: Office[] }) {
  const store = useStore();
  const grades = gradesOf(store.head);
  const having = offices.filter((o) => o.own?.length);
  const asked = having.filter((o) => store.head.blocks[o.id]);
  const isNear = asked.reduce((n, o) => n + (store.head.blocks[o.id]?.n ?? 0), 0) <= MOST;
  useManyCases(isNear ? asked : [], false);
  const lines = linesOf(store, having);
  const { shown, more } = useRows(lines, 30);
  if (lines.length === 0) return null;
  const several = new Set(lines.map((l) => l.own.rubric)).size > 1;
  return (
    <Section
      id="own"
      title={say("机构本身的考核", "The offices themselves")}
      note={say(
        several ? "按考核机构本身的标准评出，与案件质量分开计算。" : `按“${lines[0]?.title}”评出，与案件质量分开计算。`,
        "By rubrics about the office itself, apart from the quality of its cases.",
      )}
    >
      <table class="plain">
        <thead>
          <tr>
            <th scope="col">{say("机构", "Office")}</th>
            <th scope="col">{say("考核", "What was assessed")}</th>
            <th scope="col" class="num">
              {say("得分", "Mark")}
            </th>
            <th scope="col">{say("拟定等次", "Grade")}</th>
          </tr>
        </thead>
        <tbody>
          {shown.map(({ office, own, title, href }, i) => (
            <tr key={i}>
              <th scope="row">
                <a href={href}>{office.name}</a>
              </th>
              <td>
                {title}
                {own.subject !== "office" && <small>{bracketed(subject(own.subject))}</small>}
              </td>
              <td class="num">{markOf(own)}</td>
              <td>
                <Grade grade={own.grade} possible={own.possible} grades={grades} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {more}
    </Section>
  );
}
