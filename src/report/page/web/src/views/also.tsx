// What else a search means: offices, criteria, and the cases that lost points under them. Must not take an id of a criterion for a word of a case.
import type { Criterion, Rubric } from "../data/types.ts";
import { shortTitle } from "../format.ts";
import { useStore } from "../hooks.ts";
import { plain, wordsOf } from "../plain.ts";
import { to } from "../route.ts";
import { say, said } from "../words.ts";

/** So many of each at most. */
const MOST = 8;

type Meant = { rubric: Rubric; criterion: Pick<Criterion, "id" | "title">; isRedLine: boolean };

function useMeant(q: string): Meant[] {
  const { rubrics } = useStore().head;
  const words = wordsOf(q);
  if (words.length === 0) return [];
  const isMeant = ({ id, title }: Pick<Criterion, "id" | "title">) => {
    const flat = plain(`${id} ${title.zh} ${title.en}`);
    return words.every((word) => flat.includes(word));
  };
  return rubrics
    .flatMap((rubric): Meant[] => [
      ...rubric.criteria.filter(isMeant).map((criterion) => ({ rubric, criterion, isRedLine: false })),
      ...rubric.red_lines.filter(isMeant).map((criterion) => ({ rubric, criterion, isRedLine: true })),
    ])
    .slice(0, MOST);
}

export function Also({ q }: { q: string }) {
  const store = useStore();
  const words = wordsOf(q);
  const meant = useMeant(q).filter((m) => !m.isRedLine);
  if (words.length === 0) return null;
  const offices = store.head.offices.filter((o) => words.every((word) => plain(o.name).includes(word))).slice(0, MOST);
  if (offices.length + meant.length === 0) return null;
  return (
    <p class="also">
      {offices.length > 0 && (
        <>
          {say("机构：", "Offices: ")}
          {offices.map((o) => (
            <a key={o.id} href={to(["office", o.id])}>
              {o.name}
            </a>
          ))}
        </>
      )}
      {meant.length > 0 && (
        <>
          {say("指标：", "Criteria: ")}
          {meant.map(({ rubric, criterion }) => (
            <a key={`${rubric.id}${criterion.id}`} href={to(["criterion", rubric.id, criterion.id])}>
              {criterion.id} {said(criterion.title)}
            </a>
          ))}
        </>
      )}
    </p>
  );
}

/** In place of a list in which the words of a search stand nowhere. */
export function NoCase({ q, path, office }: { q: string; path: string[]; office: string }) {
  const meant = useMeant(q);
  if (wordsOf(q).length === 0) return <>{say("没有符合的案件。", "No case matches.")}</>;
  return (
    <>
      {say(
        `没有案号、机构、承办人、律所或案由含“${q.trim()}”的案件`,
        `No case has “${q.trim()}” in its number, office, lawyer, firm or cause`,
      )}
      {meant.length === 0 ? say("。", ".") : say("；查看 ", "; see ")}
      <OnMeant q={q} path={path} office={office} />
    </>
  );
}

/** Lists of the cases that lost points under what the words may mean. */
export function OnMeant({ q, path, office }: { q: string; path: string[]; office: string }) {
  const several = useStore().head.rubrics.length > 1;
  const meant = useMeant(q);
  return (
    <>
      {meant.map(({ rubric, criterion, isRedLine }) => (
        <p key={`${rubric.id}${criterion.id}`}>
          <a href={to(path, { office, criterion: `${rubric.id}:${criterion.id}` })}>
            {isRedLine
              ? say(`触及或待核红线 ${criterion.id} 的案件 →`, `cases with red line ${criterion.id} crossed or open →`)
              : say(`在 ${criterion.id} 失分或未定的案件 →`, `cases that lost points on ${criterion.id} or are open →`)}
          </a>
          {several && <small> {shortTitle(rubric.title)}</small>}
        </p>
      ))}
    </>
  );
}
