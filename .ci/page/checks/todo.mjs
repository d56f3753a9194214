// What must hold of the to-do list and of a case's sum: red lines first, links that show what they count, equations that hold.
import assert from "node:assert/strict";
import { join } from "node:path";
import { blocks, changed } from "../page.mjs";
import { at, opened } from "./kit.mjs";

/** Offices with their cases and findings. */
function* offices(file) {
  const data = blocks(file);
  const head = data.get("head");
  for (const office of head.offices) {
    const known = head.blocks[office.id];
    if (known) yield { head, office, cases: data.get(`c${known.at}`), findings: data.get(`f${known.at}`) };
  }
}

/** Red lines of an office that hold or may hold. */
function reds({ head, cases, findings }) {
  const found = [];
  for (let row = 0, i = 0; row < cases.n; row += 1) {
    const rubric = head.rubrics.find((r) => r.id === at(cases.rubric, row));
    for (let n = at(findings.count, row); n > 0; n -= 1, i += 1) {
      const line = rubric?.red_lines.find((r) => r.id === at(findings.criterion, i));
      if (line && ["unmet", "pending", "unclear", "failed"].includes(at(findings.outcome, i)))
        found.push({ row, line, holds: at(findings.outcome, i) === "unmet", grade: at(cases.grade, row) });
    }
  }
  return found;
}

/** A job as the page names it. */
const headOf = ({ act, what: [zh] }) => (act === "complete" ? zh.replace(/^补正“(.*)”一项$/, "按要求改正：$1") : zh.replace(/^核实：/, ""));
const fill = (template, args) => template.replaceAll(/[\ue000-\ue0ff]/g, (mark) => args.split("\u0001")[mark.charCodeAt(0) - 0xe000]);

export const CHECKS = {
  async remedies({ browser, file }) {
    // Case by case: every remedy whole, for it ends with what keeps it honest; what is wrong, and where.
    let seen = 0;
    for (const { head, office, cases, findings } of offices(file)) {
      const isRed = (j) => head.rubrics.some((r) => r.id === j.rubric && j.criteria.every((id) => r.red_lines.some((l) => l.id === id)));
      const jobs = findings.todo.filter((j) => !isRed(j));
      if (jobs.length === 0 || seen > 4) continue;
      seen += 1;
      const page = await opened(browser, file, `#/office/${office.id}/todo?by=case`);
      const shown = await page.$$eval(".bycase > li", (items) => items.map((i) => [i.querySelector("a").hash.split("/").at(-1), i.textContent]));
      const said = shown.map(([, text]) => text).join("\n");
      for (const { act, what, fix } of jobs)
        if (act !== "verify" || !what[0].startsWith("核实：")) assert.ok(said.includes(fix[0]), `${fix[0]} is not cut`);
      assert.ok(!said.includes("“情况”一栏"), "no column of another paper");
      const keys = new Map(shown.map(([key, text]) => [decodeURIComponent(key), text]));
      for (let row = 0, i = 0, place = 0; row < cases.n; row += 1) {
        for (let n = at(findings.count, row); n > 0; place += at(findings.np, i), n -= 1, i += 1) {
          const text = keys.get([at(cases.case_no, row), at(cases.stage, row)].filter(Boolean).join("@"));
          if (!text || at(findings.outcome, i) !== "unmet" || !["complete", "none"].includes(at(findings.remedy, i))) continue;
          const message = fill(at(findings.said, i)[0], at(findings.args, i) ?? "");
          assert.ok(text.includes(message), `${at(cases.case_no, row)}: ${message}`);
          if (at(findings.np, i) > 0) assert.ok(text.includes(at(findings.places.file, place)), `${message}: where`);
        }
      }
      assert.deepEqual(page.wrong, []);
      await page.close();
    }
  },

  async unsettled({ browser, file, temp }) {
    // What nobody has settled is no fault: it has no severity and is not counted as one.
    let seen = 0;
    for (const { office, cases, findings } of offices(file)) {
      for (let row = 0, i = 0; row < cases.n; row += 1) {
        const mine = [];
        for (let n = at(findings.count, row); n > 0; n -= 1, i += 1) mine.push(at(findings.outcome, i));
        const open = mine.filter((o) => ["unclear", "pending", "failed"].includes(o)).length;
        if (open === 0 || seen > 5) continue;
        seen += 1;
        const page = await opened(browser, file, `#/office/${office.id}/case/~${row + 1}`);
        assert.match(await page.$eval("#h-findings", (e) => e.innerText), new RegExp(`^问题 ${mine.length - open} 处，待`));
        assert.equal((await page.$$(".findings .isopen .sev.open")).length, open, "each says that it is open");
        assert.equal((await page.$$(".findings .isopen .sev:not(.open)")).length, 0, "and nothing of how bad it is");
        await page.close();
      }
    }
    // As a column of the list, and as a filter; every number is seen whole.
    const four = changed(file, join(temp, "four.html"), (id, data) =>
      /^c\d+$/.test(id) ? { ...data, severity: { v: Array.from({ length: data.n }, (_, row) => (row === 0 ? [12, 3, 4, 7] : [1, 0, 0, 0])) } } : data,
    );
    const [{ office, cases }] = [...offices(file)].filter((o) => at(o.cases.scope, 0) === "selected" && at(o.cases.subject, 0) === "case").concat([{}]);
    if (!office) return;
    const page = await opened(browser, four, `#/office/${office.id}/cases?severity=open`);
    const rows = await page.$$eval(".listbody .row", (all) =>
      all.map((row) => ({
        no: row.querySelector(".c-no a").textContent,
        text: row.querySelector(".c-found").textContent,
        isCut: [...row.querySelectorAll(".sev")].some((s) => {
          const [mine, cell] = [s.getBoundingClientRect(), s.parentElement.getBoundingClientRect()];
          return mine.right > cell.right + 1 || mine.bottom > row.getBoundingClientRect().bottom + 1;
        }),
      })),
    );
    assert.equal(rows.length, 1, "those that have something open");
    assert.ok(rows[0].no.startsWith(at(cases.case_no, 0)) && rows[0].text.includes("待核 7"), rows[0].text);
    assert.ok(!rows[0].isCut, "no number is cut off");
  },

  async redlines({ browser, file }) {
    let seen = 0;
    for (const all of offices(file)) {
      const want = reds(all);
      if (want.length === 0 || seen > 4) continue;
      seen += 1;
      const page = await opened(browser, file, `#/office/${all.office.id}/todo`);
      const shown = await page.$$eval(".reds > li", (items) => items.map((i) => i.innerText));
      assert.equal(shown.length, want.length, "every red line stands in the to-do list");
      for (const { line } of want)
        assert.ok(
          shown.some((s) => s.includes(line.title.zh)),
          line.title.zh,
        );
      const jobs = await page.$$eval(".todo tbody td", (cells) => cells.map((c) => c.innerText).join("\n"));
      for (const { line } of want) assert.ok(!new RegExp(`\\b${line.id}\\b`).test(jobs), `${line.id} is no job to explain`);
      const place = await page.evaluate(() =>
        document.querySelector(".reds").compareDocumentPosition(document.querySelector(".todo") ?? document.body),
      );
      assert.ok(place & 4 || place & 8, "red lines come first");
      const held = want.find((r) => r.holds && r.grade);
      if (held) {
        const one = await opened(browser, file, `#/office/${all.office.id}/case/~${held.row + 1}`);
        assert.ok((await one.$eval(".verdict", (e) => e.innerText)).includes(held.line.title.zh), "why the grade is not that of the mark");
        assert.ok(
          (await one.$eval(".findings > li", (e) => e.innerText)).includes(held.line.title.zh),
          "the red line is the first finding",
        );
        await one.close();
      }
      await page.close();
    }
  },

  async job({ browser, file }) {
    for (const { office, findings } of offices(file)) {
      if (findings.todo.length < 2) continue;
      const page = await opened(browser, file, `#/office/${office.id}/todo`);
      const rows = await page.$$eval(".todo tbody tr", (all) =>
        all.flatMap((row) => {
          const link = row.querySelector("td.num a");
          return link ? [{ href: link.getAttribute("href"), n: Number(link.innerText), what: row.querySelector("strong").innerText }] : [];
        }),
      );
      assert.ok(rows.length > 0, "a job links to its cases");
      for (const { href, n, what } of rows.slice(0, 6)) {
        const job = findings.todo.find((j) => what.startsWith(headOf(j)) && j.cases.length === n);
        assert.ok(job, `${what} is a job of the data`);
        const one = await opened(browser, file, href);
        assert.ok((await one.$eval("main h2", (e) => e.innerText)).includes(headOf(job)), `${href} is about ${what}`);
        assert.equal((await one.$$(".onejob > li")).length, n, "exactly the cases of the job");
        assert.equal((await one.$$(".onejob > li:has(.situation)")).length, n, "each with what is wrong");
        assert.deepEqual(one.wrong, []);
        await one.close();
      }
      assert.deepEqual(page.wrong, []);
      return;
    }
  },

  async sum({ browser, file, temp }) {
    // Every equation must hold with the digits that are printed.
    let seen = 0;
    const look = async (name, hash) => {
      const page = await opened(browser, name, hash);
      const words = await page.$eval(".result strong", (e) => e.innerText).catch(() => "");
      await page.close();
      const [, got, of, total, gain, mark] =
        /得分 ([\d.～]+) ÷ 应评分 ([\d.]+) × 满分 (\d+)(?: \+ 加分 ([\d.～]+))? [=≈] ([\d.～]+)/.exec(words) ?? [];
      if (!got) return;
      const ends = (text = "0") => [Number(text.split("～")[0]), Number(text.split("～").at(-1))];
      for (const i of [0, 1]) {
        const again = Math.min((ends(got)[i] / Number(of)) * Number(total) + ends(gain)[i], Number(total));
        assert.ok(Math.abs(again - ends(mark)[i]) <= 0.005001, `${words}: ${again}`);
      }
      seen += 1;
    };
    for (const { office, cases } of offices(file)) {
      for (let row = 0; row < cases.n && row < 4; row += 1)
        if (at(cases.low, row) !== null) await look(file, `#/office/${office.id}/case/~${row + 1}`);
      if (seen > 8) break;
    }
    assert.ok(seen > 0, "no sum was seen");
    // A recorded mark that the criteria do not come to: no equation, but the record.
    const first = [...offices(file)].find(({ cases }) => [...Array(cases.n).keys()].some((row) => at(cases.low, row) !== null));
    const row = [...Array(first.cases.n).keys()].find((r) => at(first.cases.low, r) !== null);
    const off = changed(file, join(temp, "off.html"), (id, data) => {
      if (data.low && id.startsWith("c")) {
        for (const key of ["low", "high"])
          data[key] = { v: [...Array(data.n).keys()].map((r) => at(data[key], r) && at(data[key], r) - 0.01) };
        data.exact = { d: [null] };
      }
      return data;
    });
    const page = await opened(browser, off, `#/office/${first.office.id}/case/~${row + 1}`);
    const words = await page.$eval(".result", (e) => e.innerText);
    assert.ok(!/[=≈]/.test(words) && words.includes("以记录为准"), `no equation that is off by 0.01: ${words}`);
  },
};
