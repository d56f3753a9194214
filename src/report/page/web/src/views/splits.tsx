// By case type and by group of recipients. Must not add groups up: they may overlap.
import { RateBar } from "../charts/bars.tsx";
import type { Office, Split } from "../data/types.ts";
import { count, FEW, rate as rateText } from "../format.ts";
import { Section } from "../parts/pieces.tsx";
import { headline } from "../rank.ts";
import { say } from "../words.ts";

function One({ name, splits, rate }: { name: string; splits: Record<string, Split>; rate: string }) {
  const all = Object.entries(splits).sort((a, b) => b[1].n - a[1].n);
  if (all.length === 0) return null;
  return (
    <table class="plain charted">
      <thead>
        <tr>
          <th scope="col">{name}</th>
          <th scope="col" class="num">
            {say("件数", "Cases")}
          </th>
          <th scope="col" class="num">
            {rate}
          </th>
          <th scope="col" class="wide">
            <span class="hidden">{say("图", "Chart")}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {all.map(([title, s]) => (
          <tr key={title}>
            <th scope="row">
              {title}
              {s.n < FEW && <span class="few">{say("件数少", "few")}</span>}
            </th>
            <td class="num">{count(s.n)}</td>
            <td class="num">{rateText(s)}</td>
            <td class="wide">
              <RateBar name={title} rate={{ ...s, id: title, name: rate, headline: true, ci95: null }} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

export function Splits({ office }: { office: Office }) {
  const rate = headline(office)?.name ?? "";
  const { case_type: types, recipient_group: groups } = office.by ?? {};
  if (office.selected === 0 || (Object.keys(types ?? {}).length === 0 && Object.keys(groups ?? {}).length === 0)) return null;
  return (
    <Section
      id="splits"
      title={say("按案件类型和受援人", "By case type and recipients")}
      note={say("受援人类别可以重叠，各类相加可能多于总件数。", "Groups of recipients may overlap.")}
    >
      <div class="two">
        <One name={say("案件类型", "Case type")} splits={types ?? {}} rate={rate} />
        <One name={say("受援人类别", "Recipients")} splits={groups ?? {}} rate={rate} />
      </div>
    </Section>
  );
}
