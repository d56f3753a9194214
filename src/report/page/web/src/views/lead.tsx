// The batch in two sentences: how many reach the grades of the main rate, and which offices stand last. Must not name as last whom chance may have put there.
import type { Head, Office, Rate } from "../data/types.ts";
import { cases, count, FEW, fraction, of, rate as rateText } from "../format.ts";
import { useStore } from "../hooks.ts";
import { headline, type Standing } from "../rank.ts";
import { to } from "../route.ts";
import { bracketed, listed, say } from "../words.ts";

const MOST = 5;
/** Of so many cases a rate says more than two counts. */
const MUCH = 100;
/** In a batch of so many offices at least three are named. */
const MANY = 20;

/** What a case must be to count for a rate: “良好以上” where all rubrics take the best grades down to that. */
export function reaching(head: Head, rate: Rate, k = 2): [zh: string, en: string] {
  const last = head.rubrics.map((rubric) => {
    const grades = rubric.rates?.find((r) => r.id === rate.id)?.grades ?? [];
    const best = rubric.grades.slice(0, grades.length).map((g) => g.title);
    return grades.length > 0 && best.every((title) => grades.includes(title)) ? (best[best.length - 1] ?? "") : "";
  });
  const [title = ""] = last;
  if (!title || last.some((t) => t !== title)) return [`计入${rate.name}`, `${k === 1 ? "counts" : "count"} for ${rate.name}`];
  const reach = k === 1 ? "reaches" : "reach";
  const isBest = head.rubrics.every((r) => r.grades[0]?.title === title);
  return isBest ? [`达到${title}`, `${reach} ${title}`] : [`达到${title}以上`, `${reach} ${title} or better`];
}

/** Those whose best place lies in the last third, the very last of them; or whether only what is open hides who stands there. */
export function lowest(ranked: Standing[]): { last: Standing[]; isOpen: boolean } {
  const n = ranked.length;
  if (n < 3) return { last: [], isOpen: false };
  const isLow = (place: number) => place * 3 > n * 2;
  const sure = ranked.filter(({ place }) => isLow(place[0])).sort((a, b) => b.place[0] - a.place[0] || b.place[1] - a.place[1]);
  const end = sure[Math.min(n >= MANY ? 3 : 1, sure.length) - 1];
  if (end) return { last: sure.filter(({ place }) => place[0] >= end.place[0]), isOpen: false };
  return { last: [], isOpen: ranked.some(({ place }) => place[0] < place[1] && isLow(place[1])) };
}

/** Why nobody is named: cases, or marks alone, are open. */
function NotYet({ ranked }: { ranked: Standing[] }) {
  const hasCases = ranked.some(({ office }) => office.undecided > 0);
  const hasMarks = ranked.some(({ office }) => office.mean && office.mean[0] !== office.mean[1]);
  if (hasCases) return <>{say("有未定案件，还看不出谁靠后。", "Cases are undecided, so it cannot be told yet who stands last. ")}</>;
  if (hasMarks) return <>{say("有得分未定的案件，还看不出谁靠后。", "Marks are open, so it cannot be told yet who stands last. ")}</>;
  return null;
}

function Last({ ranked }: { ranked: Standing[] }) {
  const { last, isOpen } = lowest(ranked);
  if (ranked.length > 2 && ranked.every((r) => r.sampled && r.sampled[0] === 1 && r.sampled[1] === ranked.length))
    return <>{say("在抽样误差内，各机构分不出高下。", "Within sampling error no office is better than another. ")}</>;
  if (isOpen) return <NotYet ranked={ranked} />;
  if (last.length === 0) return null;
  const figures = last.map(({ rate }) => (rate.n < MUCH ? of(rate) : rateText(rate)));
  const isSame = last.length > 1 && figures.every((f) => f === figures[0]);
  const shown = last.slice(0, MOST);
  const isFew = last.some(({ rate }) => rate.n < FEW) && ranked.some(({ rate }) => rate.n >= FEW);
  return (
    <>
      {last[0]?.sampled ? say("按抽到的案件，靠后：", "Last, by the cases drawn: ") : say("靠后：", "Last: ")}
      {shown.map(({ office }, i) => (
        <>
          {i > 0 && listed(["", ""])}
          <a href={to(["office", office.id])}>{office.name}</a>
          {!isSame && bracketed(figures[i] ?? "")}
        </>
      ))}
      {last.length > MOST && say(`等 ${last.length} 个`, ` and ${last.length - MOST} more`)}
      {isSame && say(`（各 ${figures[0]}）`, ` (${figures[0]} each)`)}
      {isFew && (last.length === 1 ? say("，件数少", ", few cases") : say("，其中有的件数少", ", some with few cases"))}
      {say("。", ". ")}
    </>
  );
}

export function Lead({ office, ranked }: { office: Office; ranked: Standing[] }) {
  const { head } = useStore();
  const rate = headline(office);
  if (!rate || rate.n === 0) return null;
  const [open, not] = [rate.k_high - rate.k_low, rate.n - rate.k_high];
  const [zh, en] = reaching(head, rate, rate.k_low);
  const sample = rate.ci95 && rate.ci95[1] > rate.ci95[0] ? rate.ci95 : null;
  const parts =
    rate.k_low === rate.n
      ? [say(`全部${zh}`, rate.n === 1 ? `it ${en}` : `all ${en}`)]
      : [
          say(`中 ${count(rate.k_low)} 件${open ? "确定" : ""}${zh}`, `${count(rate.k_low)} ${open ? "surely " : ""}${en}`),
          not > 0 ? say(`${count(not)} 件${open ? "确定不达" : "不达"}`, `${count(not)} ${open ? "surely " : ""}${not === 1 ? "does" : "do"} not`) : "",
          open === 0
            ? ""
            : open === office.undecided
              ? say(`${count(open)} 件未定`, `${count(open)} ${open === 1 ? "is" : "are"} undecided`)
              : say(`${count(open)} 件能否达到未定`, `of ${count(open)} it is undecided`),
        ];
  const isDrawn = office.selected !== office.in_scope || head.batch.scope.selection !== "all";
  const allFew = ranked.length > 1 && ranked.every((r) => r.rate.n < FEW);
  return (
    <p class="lead">
      {say(`${isDrawn ? "抽查的 " : ""}${count(rate.n)} 件`, `Of ${cases(rate.n)}${isDrawn ? " drawn" : ""}, `)}
      {parts.filter(Boolean).join(say("，", ", "))}
      {sample &&
        say(
          `（推及全部案件，${rate.name}的 95% 区间为 ${fraction(sample[0])}～${fraction(sample[1])}）`,
          ` (for all cases, the 95 % interval is ${fraction(sample[0])} to ${fraction(sample[1])})`,
        )}
      {say("。", ". ")}
      {ranked.length > 1 && <Last ranked={ranked} />}
      {allFew
        ? say(`每个机构不足 ${FEW} 件，比较只作参考。`, `Every office has fewer than ${FEW} cases: for orientation only.`)
        : rate.n < FEW && say(`不足 ${FEW} 件，只作参考。`, `Fewer than ${FEW} cases: for orientation only.`)}
    </p>
  );
}
