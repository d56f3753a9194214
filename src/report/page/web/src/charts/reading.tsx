// How to read the funnel, in words that need no statistics; the exact ones are there for whoever asks. Must not judge anybody.
import type { Office } from "../data/types.ts";
import { to } from "../route.ts";
import { listed, say } from "../words.ts";

type Named = { office: Office; words: string };

/** So many are named; the chart has them all. */
const NAMED = 12;

function Names({ title, all }: { title: string; all: Named[] }) {
  return (
    <div>
      <dt>{title}</dt>
      <dd>
        {all.length === 0 && say("没有", "none")}
        {all.slice(0, NAMED).map(({ office, words }, i) => (
          <span key={office.id}>
            {i > 0 && listed(["", ""])}
            <a href={to(["office", office.id])}>{office.name}</a> {words}
          </span>
        ))}
        {all.length > NAMED && say(` 等 ${all.length} 个`, ` and ${all.length - NAMED} more`)}
      </dd>
    </div>
  );
}

export function Reading(props: {
  low: Named[];
  high: Named[];
  name: string;
  n: number;
  isWide: boolean;
  isAll: boolean;
  centre: string;
  total: string | undefined;
  hasOpen: boolean;
  hasMixed: boolean;
}) {
  const { low, high, name, n, isWide, isAll, centre, total, hasOpen, hasMixed } = props;
  return (
    <>
      <dl class="outsides">
        <Names title={say(`低于界线（${low.length} 个）`, `Below the limits (${low.length})`)} all={low} />
        <Names title={say(`高于界线（${high.length} 个）`, `Above the limits (${high.length})`)} all={high} />
      </dl>
      <p class="note">
        {say(
          "点在两条 95% 界线之间，差别可能只是偶然。界线以外只说明值得看一看：案件构成、抽样、评查宽严不同都会如此，不是对质量的结论。",
          "Between the two 95 % limits a difference may be mere chance. Outside means worth a look; the mix of cases, the sample or lenient reviewers can do it. It is no verdict.",
        )}
        {isAll
          ? say(`中线 ${centre} 为 ${n} 个机构合计的${name}。`, ` The centre, ${centre}, is the ${name} of all ${n} offices.`)
          : say(
              `中线 ${centre} 只计${name}已定的 ${n} 个机构，不是全部机构的${name}${total ? `（${total}）` : ""}。`,
              ` The centre, ${centre}, counts only the ${n} offices whose ${name} is settled; it is not the ${name} of all${total ? ` (${total})` : ""}.`,
            )}
        {hasOpen &&
          say(
            "空心点有未定案件，按已确定的件数画，虚竖线为可能的范围。",
            " Hollow points have undecided cases: drawn at what is sure, the dashed line is what is possible.",
          )}
        {hasMixed &&
          say(
            "点外加圈的，是几个机构同在一点、其中有未定的，名称后写明待定的件数。",
            " A ring round a point: of several offices at one spot some are undecided, with the number beside the name.",
          )}
        {hasOpen &&
          !isAll &&
          say("有未定案件的机构不列入界线以外。", " Offices with undecided cases are not listed as outside.")}
      </p>
      <details>
        <summary>{say("界线怎么算", "How the limits are made")}</summary>
        <p class="note">
          {say(
            "内外两对界线为二项分布 95% 与 99.8% 的精确界线。",
            "The inner and the outer pair are exact binomial limits, 95 % and 99.8 %.",
          )}
          {isWide &&
            say(
              "已定的机构不到三个，所以中线是一个范围，界线按它的两端放宽；整段都在界线以外的才列出。",
              " Fewer than three offices are settled, so the centre is a range and the limits are as wide; only those wholly outside are listed.",
            )}
        </p>
      </details>
    </>
  );
}
