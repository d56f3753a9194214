// What the page shows of its data: the overview, filters, the way down to a finding, places.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { blocks } from "../page.mjs";
import { all, at, go, known, opened, settle, settled, text } from "./kit.mjs";

export const CHECKS = {
  async open({ browser, file }) {
    const page = await opened(browser, file);
    assert.deepEqual(page.wrong, []);
    const { head } = { head: blocks(file).get("head") };
    assert.equal(await page.title().then((t) => t.startsWith(head.batch.title)), true, "the title");
    const isOne = head.offices.length === 1;
    const whole = isOne ? head.offices[0] : head.groups.length === 1 ? head.groups[0] : head.groups.find((g) => g.id === "all");
    if (!whole) return;
    assert.equal((await text(page, ".scope .n strong")).replaceAll(",", ""), String(whole.selected), "n stands first");
    if (whole.selected === 0) {
      // What keeps cases from being graded comes instead of figures of nothing.
      if (head.problems?.length) assert.ok(await page.$("#h-why"), "what to look at first");
      assert.equal(await page.$("#h-lost"), null, "no points of no cases");
      return;
    }
    const rate = whole.rates.find((r) => r.headline);
    const shown = await text(page, ".figure.main");
    if (rate.n) assert.ok(shown.includes(`/${rate.n.toLocaleString("en-US")}`), `k of n in ${shown}`);
    if (!isOne) assert.ok((await all(page, ".ranking tbody tr")).length >= Math.min(30, head.offices.length), "every office is ranked");
    const several = ["h-ranking", "h-funnel", "h-sides", "h-heat"];
    for (const id of isOne ? ["h-lost", "h-filing"] : [...several, "h-lost", "h-filing"]) {
      // Of one office a criterion may be about a single case, which the public is not told.
      const isHidden = head.audience === "public" && ["h-sides", "h-heat"].includes(id);
      assert.equal((await page.$(`#${id}`)) !== null, !isHidden, id);
    }
  },

  async filter({ browser, file }) {
    const { head } = known(file);
    const page = await opened(browser, file, "#/cases");
    const shown = async () => Number((await text(page, "main [role=status]")).split("件")[0].replaceAll(/\D/g, ""));
    const n = await shown();
    assert.equal(
      n,
      head.offices.reduce((sum, o) => sum + o.selected, 0),
      "all cases",
    );
    let graded = 0;
    for (const grade of Object.keys(head.offices[0].grades)) {
      await go(page, `#/cases?grade=${encodeURIComponent(grade)}`);
      const want = head.offices.reduce((sum, o) => sum + (o.grades[grade] ?? 0), 0);
      assert.equal(await shown(), want, grade);
      graded += want;
    }
    await go(page, `#/cases?grade=${encodeURIComponent("未定")}`);
    assert.equal(await shown(), n - graded, "undecided");
    const office = head.offices.find((o) => o.selected > 0);
    await go(page, "#/cases");
    if (Object.keys(head.blocks).length > 1) {
      await page.select(".filters select", office.id);
      await settled(page);
      assert.equal(await shown(), office.selected, "one office");
      assert.ok(page.url().includes(`office=${office.id}`), "the filter stands in the address");
    }
    // A criterion, against the sums of the first block: who surely lost or is open.
    const [rubric, criteria] = Object.entries(head.grids[office.id]).find(([id]) => head.rubrics.some((r) => r.id === id)) ?? ["", {}];
    const [id] = Object.entries(criteria).find(([, c]) => c[1] > 0) ?? [];
    if (id) {
      await go(page, `#/office/${office.id}/cases?criterion=${rubric}:${id}`);
      const k = await shown();
      assert.ok(k >= criteria[id][1] && k <= criteria[id][1] + criteria[id][2], `${rubric}:${id}: ${k} of ${criteria[id]}`);
    }
    assert.deepEqual(page.wrong, []);
  },

  async drill({ browser, file }) {
    const { head, office, no, cases, findings, row } = known(file);
    const page = await opened(browser, file);
    await page.evaluate((name) => [...document.querySelectorAll("main a")].find((a) => a.textContent === name)?.click(), office.name);
    await settled(page);
    assert.equal(await text(page, "main h1"), office.name);
    await page.evaluate(() => document.querySelectorAll(".tabs a")[1].click());
    await settled(page);
    await page.evaluate((name) => [...document.querySelectorAll(".list .row a")].find((a) => a.textContent.startsWith(name))?.click(), no);
    await settled(page);
    assert.ok((await text(page, "main h1")).startsWith(no), "the case");
    assert.equal((await page.$$(".findings > li")).length, at(findings.count, row), "every finding");
    const mark = (await text(page, ".score strong")).split("～")[0];
    if (at(cases.low, row) !== null) assert.equal(Number(mark), at(cases.low, row), "the mark");
    // An office is not told the places in sheets of reviewers.
    const told = await text(page, ".findings");
    for (const word of ["出处", "依据"]) assert.ok(told.includes(word), word);
    assert.ok((await text(page, ".result")).includes("得分"), "how the mark comes about");
    // A finding's own address, opened afresh.
    const link = await page.$eval(".findings .link", (a) => a.getAttribute("href"));
    const again = await opened(browser, file, link);
    assert.equal(await again.evaluate(() => document.activeElement?.className.includes("finding")), true, "the finding is in focus");
    const wrong = again.wrong;
    await again.close();
    // And the way back.
    await page.goBack();
    await settled(page);
    assert.equal(await text(page, "main h1"), office.name);
    await page.evaluate(() => document.querySelectorAll(".tabs a")[2].click());
    await settled(page);
    assert.ok((await page.$$(".todo tbody tr")).length > 0, "a to-do list");
    assert.ok((await text(page, "main")).includes("不得倒签"), "the warning beside it");
    const criterion = Object.entries(head.grids[office.id][at(cases.rubric, row)])[0][0];
    await go(page, `#/criterion/${at(cases.rubric, row)}/${criterion}`);
    assert.ok((await text(page, "main h1")).startsWith(criterion), "a criterion");
    assert.deepEqual([...page.wrong, ...wrong], []);
  },

  async places({ browser, file }) {
    // Where `rank.json` of the same result lies beside the page (PAGE.rank.json), both give the same places in the same order.
    const beside = file.replace(/\.html$/, ".rank.json");
    if (!existsSync(beside)) return;
    const page = await opened(browser, file);
    await page.evaluate(() => document.querySelector(".ranking ~ .more button")?.click());
    await settle(page);
    const shown = await page.$$eval(".ranking tbody tr:not(.without)", (rows) =>
      rows.map((row) => [row.querySelector("th a").textContent, row.querySelector(".place").textContent]),
    );
    const { units } = JSON.parse(readFileSync(beside, "utf8")).years.at(-1);
    const want = units.filter((u) => u.range).map((u) => [u.name, u.range[0] === u.range[1] ? `${u.range[0]}` : u.range.join("～")]);
    assert.deepEqual(shown, want);
  },
};
