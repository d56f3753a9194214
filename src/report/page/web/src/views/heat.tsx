// 指标热力图: which share of its cases lost points, criterion by office. Must not show 0 where nothing applied, nor what is open as settled.
import { scaleThreshold } from "d3-scale";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { Cell, Office, Rubric } from "../data/types.ts";
import { count, counts, FEW, percents, shortTitle } from "../format.ts";
import { cellOf, type Loss, lostCases, losses } from "../grid.ts";
import { useNarrow, usePrinting, useStore } from "../hooks.ts";
import { Scroll, Section, useSome } from "../parts/pieces.tsx";
import { OrderSwitch, printed, PrintedNote } from "../parts/rows.tsx";
import { to } from "../route.ts";
import { between, bracketed, said, say } from "../words.ts";

const STEPS = [0.0001, 0.1, 0.2, 0.35, 0.5];
const tone = scaleThreshold(STEPS, ["h0", "h1", "h2", "h3", "h4", "h5"]);

/** So many offices fit on the page at once; wider tables scroll, and on paper they go on below. */
const FIT = 24;

type Part = { rubric: Rubric; lines: Loss[] };

/** Of fewer cases a share says nothing, and never has the darkest shade. */
const HARDLY = 3;

/** Whole per cent; only none and all are 0 and 100. */
function whole(k: number, n: number): string {
  const shown = Math.round((k * 100) / n);
  if (shown === 0 && k > 0) return "<1";
  if (shown === 100 && k < n) return ">99";
  return String(shown);
}

/** What stands in a cell: a share, or its ends; the counts where there are few cases. */
function words(cell: Cell): string {
  const { ends } = lostCases(cell);
  if (cell[0] < FEW) return `${ends[0] === ends[1] ? ends[0] : ends.join("–")}/${cell[0]}`;
  const [low, high] = ends.map((k) => whole(k, cell[0]));
  return low === high ? `${low}` : `${low}–${high}`;
}

/** The colour of what is sure. */
function shade([n, lost]: Cell): string {
  const dark = tone(lost / n);
  return n < HARDLY && dark === "h5" ? "h4" : dark;
}

function Share({ office, loss }: { office: Office; loss: Loss }) {
  const store = useStore();
  const { rubric, criterion } = loss;
  const cell = cellOf(store, office, rubric.id, criterion.id);
  if (!cell) return <td class="blank" />;
  const { ends, open } = lostCases(cell);
  const isOpen = open > 0 || ends[1] > ends[0];
  const also = open > 0 ? say(`，另 ${count(open)} 件待定`, `, ${count(open)} more open`) : "";
  const title = `${office.name} ${criterion.id} ${percents(ends, cell[0])}${bracketed(`${counts(ends)}/${count(cell[0])}${also}`)}`;
  const shown = words(cell);
  return (
    <td class={`${shade(cell)}${isOpen ? " open" : ""}${shown.length > 4 ? " long" : ""}`} title={title}>
      {ends[1] + open > 0 && store.head.blocks[office.id] ? (
        <a href={to(["office", office.id, "cases"], { criterion: `${rubric.id}:${criterion.id}`, lost: isOpen ? null : "sure" })} tabIndex={-1}>
          {shown}
        </a>
      ) : (
        shown
      )}
    </td>
  );
}

function Table({ offices, parts }: { offices: Office[]; parts: Part[] }) {
  const store = useStore();
  const table = useRef<HTMLTableElement>(null);
  const isEven = offices.length <= FIT;
  // Columns of one width, none narrower than what stands in it.
  useLayoutEffect(() => table.current?.style.setProperty("--columns", String(offices.length)), [offices.length]);
  return (
    <table class={isEven ? "heat even" : "heat"} ref={table}>
      <thead>
        <tr>
          <th scope="col" class="corner">
            {say("指标", "Criterion")}
          </th>
          {offices.map((o) => (
            <th key={o.id} scope="col">
              <a href={to(["office", o.id])}>
                <span>{o.name}</span>
              </a>
            </th>
          ))}
        </tr>
      </thead>
      {parts.map(({ rubric: part, lines }) => (
        <tbody key={part.id}>
          {store.head.rubrics.length > 1 && (
            <tr>
              <th scope="rowgroup" class="part">
                {shortTitle(part.title)}
              </th>
            </tr>
          )}
          {lines.map((loss) => (
            <tr key={`${loss.rubric.id}:${loss.criterion.id}`}>
              <th scope="row">
                <a href={to(["criterion", loss.rubric.id, loss.criterion.id])}>
                  {loss.criterion.id} {said(loss.criterion.title)}
                </a>
              </th>
              {offices.map((o) => (
                <Share key={o.id} office={o} loss={loss} />
              ))}
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

/** Parts of nearly one length, none longer than `size`. */
function parted<T>(all: T[], size: number): T[][] {
  const parts = Math.ceil(all.length / size);
  const each = Math.ceil(all.length / parts);
  return Array.from({ length: parts }, (_, i) => all.slice(i * each, (i + 1) * each));
}

export function Heat({ offices }: { offices: Office[] }) {
  const store = useStore();
  const all = losses(store, offices)
    .filter((l) => l.cell[1] > 0 || l.cell[2] > 0 || l.cell[4] > 0)
    .sort((a, b) => b.cell[3] - a.cell[3] || b.cell[4] - a.cell[4]);
  const printing = usePrinting();
  const narrow = useNarrow();
  const hasCases = offices.some((o) => store.head.blocks[o.id]);
  const { shown, more } = useSome(all, 20);
  if (all.length === 0) return null;
  const onPaper = printed(offices);
  const sheets = printing && onPaper.length > FIT ? parted(onPaper, FIT) : [printing ? onPaper : offices];
  const parts: Part[] = store.head.rubrics
    .map((rubric) => ({ rubric, lines: shown.filter((l) => l.rubric === rubric) }))
    .filter((p) => p.lines.length > 0);
  const label = (from: number, end?: number) => (end === undefined ? `≥${from * 100}%` : between(from * 100, `${end * 100}%`));
  return (
    <Section
      id="heat"
      title={say("指标热力图", "Heat map of criteria")}
      note={
        say(
          `格内为失分案件占适用案件的百分比，不足 ${FEW} 件的格子写失分件数/适用件数，不足 ${HARDLY} 件的不着最深的颜色；空格为没有适用的案件，不是 0。失分多的指标在前；件数少的格子起伏大。`,
          `Per cent of the cases that a criterion applied to which lost points; of fewer than ${FEW} cases the counts, and of fewer than ${HARDLY} never the darkest colour; blank where it applied to none, which is not 0. Costliest first.`,
        ) +
        (printing || !hasCases ? "" : say("点格子看案件和件数。", " A cell leads to its cases and their number.")) +
        (narrow && !printing ? say("左右滑动看各机构。", " Swipe sideways for the offices.") : "")
      }
    >
      <ul class="legend" aria-label={say("图例", "Legend")}>
        {["0", label(0, 0.1), label(0.1, 0.2), label(0.2, 0.35), label(0.35, 0.5), label(0.5)].map((words, i) => (
          <li key={words}>
            <span class={`swatch h${i}`} aria-hidden="true" />
            {words}
          </li>
        ))}
        <li>
          <span class="swatch open" aria-hidden="true" />
          {say("其中有待核、待评的案件（颜色按确定失分的）", "some cases are open (the colour is by what is sure)")}
        </li>
      </ul>
      <OrderSwitch n={offices.length} />
      <Scroll name={say("指标热力图", "Heat map")} tall>
        {sheets.map((mine) => (
          <Table key={mine[0]?.id} offices={mine} parts={parts} />
        ))}
      </Scroll>
      {printing && <PrintedNote n={offices.length} />}
      {more}
    </Section>
  );
}
