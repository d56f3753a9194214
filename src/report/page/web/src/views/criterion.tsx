// One criterion: what it asks, on what basis, and how each office did; and the standards as a whole. Must not leave out that a basis is not verified.
import type { Rubric } from "../data/types.ts";
import { count, counts, percents, points, range, shortTitle } from "../format.ts";
import { cellOf, lostCases } from "../grid.ts";
import { useStore } from "../hooks.ts";
import { Share } from "../charts/bars.tsx";
import { Crumbs, Empty, Section } from "../parts/pieces.tsx";
import { ruling } from "../red.ts";
import { to } from "../route.ts";
import { kind, remedy, say, said } from "../words.ts";

export function CriterionPage({ rubric: id, criterion: name, office: only }: { rubric: string; criterion: string; office: string | null }) {
  const store = useStore();
  const rubric = store.rubrics.get(id);
  const criterion = rubric?.criteria.find((c) => c.id === name);
  if (!rubric || !criterion)
    return (
      <>
        <h1 tabIndex={-1}>{name}</h1>
        <Empty>{say("没有这个指标。", "There is no such criterion.")}</Empty>
      </>
    );
  const rows = store.head.offices
    .flatMap((office) => {
      const cell = cellOf(store, office, id, name);
      return cell && (!only || office.id === only) ? [{ office, cell, ...lostCases(cell) }] : [];
    })
    .sort((a, b) => b.cell[1] / b.cell[0] - a.cell[1] / a.cell[0] || b.cell[3] - a.cell[3]);
  const facts: [string, string][] = [
    [say("所属", "Group"), `${criterion.group}（${kind(criterion.kind)}）`],
    [say("分值", "Points"), criterion.points === null ? say("按等级", "by level") : points(criterion.points)],
    [say("扣分办法", "Deduction"), said(criterion.deduct)],
    [say("由谁评", "Decided by"), criterion.human ? say("人工评分", "a reviewer") : say("程序检查", "the program")],
    [say("依据", "Basis"), said(criterion.basis)],
    [say("能否补正", "Remedy"), remedy(criterion.remedy)],
    [say("怎么办", "What to do"), said(criterion.fix)],
  ];
  return (
    <>
      <Crumbs
        steps={[
          [say("总览", "Overview"), to([])],
          [shortTitle(rubric.title), to(["standard", id])],
          [name, null],
        ]}
      />
      <h1 tabIndex={-1}>
        {name} {said(criterion.title)}
      </h1>
      <dl class="about wideabout">
        {facts
          .filter(([, v]) => v)
          .map(([k, v]) => (
            <div key={k}>
              <dt>{k}</dt>
              <dd>{v}</dd>
            </div>
          ))}
      </dl>
      {store.head.audience !== "public" && (
        <Section
          id="by-office"
          title={say("各机构", "By office")}
          note={say(
            "适用的评查案件中，确定失分和待核、待评的件数；范围的两端为确定失分的，和连同可能失分的。",
            "Of the cases it applied to: how many lost points, and how many are open; a range goes from what is sure to what is possible.",
          )}
        >
          {rows.length === 0 ? (
            <Empty>{say("没有适用的案件。", "It applied to no case.")}</Empty>
          ) : (
            <table class="plain">
              <thead>
                <tr>
                  <th scope="col">{say("机构", "Office")}</th>
                  <th scope="col" class="num">
                    {say("适用", "Applied")}
                  </th>
                  <th scope="col" class="num">
                    {say("失分", "Lost")}
                  </th>
                  <th scope="col" class="num">
                    {say("占比", "Share")}
                  </th>
                  <th scope="col" class="wide">
                    <span class="hidden">{say("图", "Chart")}</span>
                  </th>
                  <th scope="col" class="num">
                    {say("未定", "Open")}
                  </th>
                  <th scope="col" class="num">
                    {say("失去的分数", "Points lost")}
                  </th>
                </tr>
              </thead>
              <tbody>
                {rows.map(({ office, cell, ends, open }) => (
                  <tr key={office.id}>
                    <th scope="row">
                      {store.head.blocks[office.id] ? (
                        <a href={to(["office", office.id, "cases"], { criterion: `${id}:${name}` })}>{office.name}</a>
                      ) : (
                        office.name
                      )}
                    </th>
                    <td class="num">{count(cell[0])}</td>
                    <td class="num">{counts(ends)}</td>
                    <td class="num">
                      {open > 0 && "≥"}
                      {percents(ends, cell[0])}
                    </td>
                    <td class="wide">
                      <Share of={[cell[1], Math.min(cell[0], ends[1] + open)]} most={cell[0]} />
                    </td>
                    <td class="num">{count(cell[2])}</td>
                    <td class="num">{range([cell[3], cell[4]])}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </Section>
      )}
    </>
  );
}

/** 优秀 ≥90, and the lowest by where the next begins: 不合格 <60. */
function bandOf(grade: Rubric["grades"][number], better: Rubric["grades"][number] | undefined): string {
  if (grade.from === null) return grade.title;
  return grade.from === 0 && better?.from ? `${grade.title} <${better.from}` : `${grade.title} ≥${grade.from}`;
}

function One({ rubric }: { rubric: Rubric }) {
  return (
    <Section
      id={rubric.id}
      title={`${shortTitle(rubric.title)} ${rubric.version}`}
      note={
        <>
          {rubric.adopted ? "" : say("参考样式，非官方标准。", "A sample, no official standard. ")}
          {rubric.grades.map((g, i) => bandOf(g, rubric.grades[i - 1])).join(say("，", ", "))}
          {say("。", ".")} {rubric.counting === "exclusive" ? say("各等次分别计算。", "Grades are counted apart.") : ""}
          <span class="code">SHA-256 {rubric.sha256.slice(0, 16)}…</span>
        </>
      }
    >
      <table class="plain dense">
        <thead>
          <tr>
            <th scope="col">{say("指标", "Criterion")}</th>
            <th scope="col">{say("组别", "Group")}</th>
            <th scope="col">{say("类别", "Kind")}</th>
            <th scope="col" class="num">
              {say("分值", "Points")}
            </th>
            <th scope="col">{say("扣分办法", "Deduction")}</th>
            <th scope="col">{say("依据", "Basis")}</th>
          </tr>
        </thead>
        <tbody>
          {rubric.criteria.map((c) => (
            <tr key={c.id}>
              <th scope="row">
                <a href={to(["criterion", rubric.id, c.id])}>
                  {c.id} {said(c.title)}
                </a>
              </th>
              <td class="short">{c.group}</td>
              <td class="short">{kind(c.kind)}</td>
              <td class="num">{c.points === null ? "—" : points(c.points)}</td>
              <td>{said(c.deduct)}</td>
              <td>{said(c.basis)}</td>
            </tr>
          ))}
          {rubric.red_lines.map((r) => (
            <tr key={r.id}>
              <th scope="row">
                {r.id} {said(r.title)}
              </th>
              <td class="short">{say("红线", "red line")}</td>
              <td>—</td>
              <td class="num">—</td>
              <td>
                {say(`成立的，${ruling(rubric, r.grade)}`, `if it holds, ${ruling(rubric, r.grade)}`)}
                {r.human && say("，须由专人决定", "; a person decides")}
              </td>
              <td>{said(r.basis)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

export function StandardPage({ id }: { id: string | null }) {
  const store = useStore();
  const all = [...store.rubrics.values()].filter((r) => !id || r.id === id);
  return (
    <>
      <h1 tabIndex={-1}>{say("评估标准", "Standards")}</h1>
      {all.map((r) => (
        <One key={r.id} rubric={r} />
      ))}
    </>
  );
}
