// 指标热力图: which share of its cases lost points, criterion by office. Must not show 0 where nothing applied.
import { scaleThreshold } from "d3-scale";
import type { Office, Rubric } from "../data/types.ts";
import { count, percent, shortTitle } from "../format.ts";
import { cellOf, type Loss, losses } from "../grid.ts";
import { usePrinting, useStore } from "../hooks.ts";
import { Scroll, Section, useSome } from "../parts/pieces.tsx";
import { to } from "../route.ts";
import { say, said } from "../words.ts";

const STEPS = [0.0001, 0.1, 0.2, 0.35, 0.5];
const tone = scaleThreshold(STEPS, ["h0", "h1", "h2", "h3", "h4", "h5"]);

/** So many offices fit on the page at once; wider tables scroll, and on paper they go on below. */
const FIT = 24;

type Part = { rubric: Rubric; lines: Loss[] };

function Table({ offices, parts }: { offices: Office[]; parts: Part[] }) {
  const store = useStore();
  return (
    <table class={offices.length <= FIT ? "heat even" : "heat"}>
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
          {lines.map(({ rubric, criterion }) => (
            <tr key={`${rubric.id}:${criterion.id}`}>
              <th scope="row">
                <a href={to(["criterion", rubric.id, criterion.id])}>
                  {criterion.id} {said(criterion.title)}
                </a>
              </th>
              {offices.map((o) => {
                const cell = cellOf(store, o, rubric.id, criterion.id);
                if (!cell) return <td key={o.id} class="blank" />;
                const share = cell[1] / cell[0];
                return (
                  <td
                    key={o.id}
                    class={tone(share)}
                    title={`${o.name} ${criterion.id} ${percent(cell[1], cell[0])}（${count(cell[1])}/${count(cell[0])}）`}
                  >
                    {Math.round(share * 100)}
                  </td>
                );
              })}
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
    .filter((l) => l.cell[1] > 0)
    .sort((a, b) => b.cell[3] - a.cell[3]);
  const printing = usePrinting();
  const { shown, more } = useSome(all, 20);
  if (all.length === 0) return null;
  const sheets = printing && offices.length > FIT ? parted(offices, FIT) : [offices];
  const parts: Part[] = store.head.rubrics
    .map((rubric) => ({ rubric, lines: shown.filter((l) => l.rubric === rubric) }))
    .filter((p) => p.lines.length > 0);
  const label = (from: number, end?: number) => (end === undefined ? `≥${from * 100}%` : `${from * 100}～${end * 100}%`);
  return (
    <Section
      id="heat"
      title={say("指标热力图", "Heat map of criteria")}
      note={say(
        "格内为失分案件占适用案件的百分比；空格为没有适用的案件，不是 0。失分多的指标在前；件数少的格子起伏大，停在格上可看件数。",
        "Per cent of the cases that a criterion applied to which lost points; blank where it applied to none, which is not 0. Costliest first; hover for the counts.",
      )}
    >
      <ul class="legend" aria-label={say("图例", "Legend")}>
        {["0", label(0, 0.1), label(0.1, 0.2), label(0.2, 0.35), label(0.35, 0.5), label(0.5)].map((words, i) => (
          <li key={words}>
            <span class={`swatch h${i}`} aria-hidden="true" />
            {words}
          </li>
        ))}
      </ul>
      <Scroll name={say("指标热力图", "Heat map")} tall>
        {sheets.map((mine) => (
          <Table key={mine[0]?.id} offices={mine} parts={parts} />
        ))}
      </Scroll>
      {more}
    </Section>
  );
}
