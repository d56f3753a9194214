// What must hold where a file is damaged, an address is strange, a page is narrow, and on the way back. Each check throws where it does not.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { all, at, go, known, opened, settle, settled, text } from "./kit.mjs";
import { blocks, changed } from "../page.mjs";

const shown = async (page) => Number((await text(page, "main p[role=status]")).split("件")[0].replaceAll(/\D/g, ""));
/** Offices with cases, at least two. */
const several = (head) => head.offices.filter((o) => head.blocks[o.id] && o.selected > 0);
const active = (page) => page.evaluate(() => Number(document.activeElement?.getAttribute("data-row") ?? -1));

export const CHECKS = {
  async damaged({ browser, file, temp }) {
    const { head, office } = known(file);
    const block = head.blocks[office.id].at;
    const html = readFileSync(file, "utf8");
    const write = (name, whole) => {
      const path = join(temp, name);
      writeFileSync(path, whole);
      return path;
    };
    const start = html.indexOf(`id="c${block}">`) + 20;
    const last = several(head).reduce((a, b) => (head.blocks[a.id].at > head.blocks[b.id].at ? a : b));
    const damaged = [
      [office, changed(file, join(temp, "missing.html"), (id, data) => (id === `c${block}` ? undefined : data))],
      [office, write("spoilt.html", `${html.slice(0, start)}AAAA${html.slice(start + 4)}`)],
      [last, write("cut.html", html.slice(0, html.lastIndexOf("</script>") - 40))],
    ];
    for (const [of, path] of damaged) {
      const page = await opened(browser, path, "#/cases");
      const notice = await text(page, "main .notice.strict").catch(() => assert.fail(`${path} is taken for whole`));
      assert.ok(notice.includes(of.name) && notice.includes("重新复制"), `${path}: ${notice}`);
      if (of === office && head.offices.length > 1) assert.equal(await shown(page), several(head).reduce((n, o) => n + (o === of ? 0 : o.selected), 0));
      await go(page, `#/office/${of.id}/case/~1`);
      assert.match(await text(page, "main"), /读不出来|没有复制完整/, "the case says so");
      await page.close();
    }
    // Cut within the program: nothing runs, and a line that stands there says why.
    const program = write("program.html", html.slice(0, html.lastIndexOf("<script>") + 5000));
    const page = await browser.newPage();
    await page.goto(`file://${program}`);
    assert.match(await text(page, "#app"), /没有复制完整/);
    await page.close();
    // A view that fails leaves the ways out.
    const bad = changed(file, join(temp, "bad.html"), (id, data) => {
      if (id === "head") for (const o of [...data.offices, ...data.groups]) o.rates = null;
      return data;
    });
    const failed = await opened(browser, bad, "#/");
    assert.match(await text(failed, "main"), /这一页打不开/);
    await go(failed, "#/standard");
    assert.doesNotMatch(await text(failed, "main"), /这一页打不开/, "other views go on");
  },

  async strange({ browser, file }) {
    const { office } = known(file);
    const page = await opened(browser, file, "#/cases");
    const n = await shown(page);
    for (const query of ["sort=__proto__", "sort=-hasOwnProperty", "sort=constructor", "grade=", "severity="]) {
      await go(page, `#/cases?${query}`);
      assert.equal(await shown(page), n, query);
    }
    for (const query of ["criterion=constructor:x", "criterion=__proto__:ids", "severity=toString", "criterion=:&lost=sure"]) {
      await go(page, `#/cases?${query}`);
      assert.ok(await page.$(".list"), query);
    }
    for (const [hash, words] of [
      [`#/office/${office.id}/case/~99999`, "没有这个案号"],
      [`#/office/${office.id}/case/~0`, "没有这个案号"],
      ["#/group/nosuch", "没有"],
      ["#/criterion/__proto__/x", ""],
      ["#/standard/__proto__", ""],
      ["#/office/__proto__", "没有这个机构"],
    ]) {
      await go(page, hash);
      const main = await text(page, "main");
      assert.ok(main.includes(words) && !main.includes("这一页打不开"), `${hash}: ${main}`);
    }
    assert.deepEqual(page.wrong, []);
  },

  async offices({ browser, file }) {
    const { head } = known(file);
    if (several(head).length < 2) return;
    const page = await opened(browser, file, "#/cases");
    for (const one of several(head).slice(0, 4)) {
      await go(page, `#/cases?office=${one.id}`);
      assert.equal(await shown(page), one.selected, one.name);
      const links = await page.$$eval(".listbody .c-no a", (as) => as.map((a) => a.getAttribute("href")));
      assert.ok(links.length > 0 && links.every((l) => l.startsWith(`#/office/${one.id}/`)), `${one.name}: ${links[0]}`);
    }
    // From the page of one office to that of another, whose list stands in the same place.
    for (const one of several(head).slice(0, 4)) {
      await go(page, `#/office/${one.id}/cases`);
      const links = await page.$$eval(".listbody .c-no a", (as) => as.map((a) => a.hash));
      assert.ok(links.length > 0 && links.every((l) => l.startsWith(`#/office/${one.id}/`)), `page of ${one.name}: ${links[0]}`);
    }
  },

  async twins({ browser, file, temp }) {
    const { head, office, cases } = known(file);
    if (cases.n < 2) return;
    const no = at(cases.case_no, 0);
    const twins = changed(file, join(temp, "twins.html"), (id, data) => {
      if (id !== `c${head.blocks[office.id].at}`) return data;
      const row = (column, i) => at(column, i) ?? null;
      const same = (column) => ({ v: Array.from({ length: data.n }, (_, i) => row(column, i < 2 ? 0 : i)) });
      return { ...data, case_no: same(data.case_no), stage: same(data.stage), scope: { d: ["selected"] }, subject: { d: ["case"] } };
    });
    const page = await opened(browser, twins, `#/office/${office.id}/cases`);
    const links = await page.$$eval(".listbody .c-no a", (as, no) => as.filter((a) => a.textContent.startsWith(no)).map((a) => a.hash), no);
    assert.ok(new Set(links).size >= 2, `two cases of one number: ${links}`);
    for (const [i, link] of links.slice(0, 2).entries()) {
      await go(page, link);
      assert.ok((await text(page, ".neighbours")).includes(`${i + 1}/${cases.n}`), `${link} is row ${i + 1}`);
    }
  },

  async sure({ browser, file }) {
    // A criterion, and only those that surely lost points: as many as the sums of the first block say.
    const { head, office, cases, findings } = known(file);
    const page = await opened(browser, file, `#/office/${office.id}/cases`);
    for (const [rubric, criteria] of Object.entries(head.grids[office.id]).filter(([id]) => head.rubrics.some((r) => r.id === id))) {
      for (const [id, cell] of Object.entries(criteria).filter(([, c]) => c[1] + c[2] > 0).slice(0, 6)) {
        await go(page, `#/office/${office.id}/cases?criterion=${rubric}:${id}&lost=sure`);
        assert.equal(await shown(page), cell[1], `${rubric}:${id}: surely lost`);
      }
    }
    // With a severity, one finding must have both; of red lines too.
    const has = new Map();
    for (let i = 0, row = 0; row < cases.n; row += 1) {
      const mine = new Set();
      for (let k = 0; k < at(findings.count, row); k += 1, i += 1)
        if (["unmet", "unclear", "pending", "failed"].includes(at(findings.outcome, i)))
          mine.add(`${at(cases.rubric, row)}:${at(findings.criterion, i)} ${at(findings.severity, i)}`);
      if (at(cases.scope, row) === "selected" && at(cases.subject, row) === "case") for (const m of mine) has.set(m, (has.get(m) ?? 0) + 1);
    }
    const isListed = (name) => {
      const [rubric, id] = name.split(":");
      const known = head.rubrics.find((r) => r.id === rubric);
      return [...(known?.criteria ?? []), ...(known?.red_lines ?? [])].some((c) => c.id === id);
    };
    for (const name of new Set([...has.keys()].map((key) => key.split(" ")[0]).filter(isListed).slice(0, 8))) {
      for (const severity of ["error", "warning", "info"]) {
        await go(page, `#/office/${office.id}/cases?criterion=${name}&severity=${severity}`);
        assert.equal(await shown(page), has.get(`${name} ${severity}`) ?? 0, `${name} ${severity}`);
      }
    }
    assert.deepEqual(page.wrong, []);
  },

  async seek({ browser, file }) {
    const { head, office, no } = known(file);
    const page = await opened(browser, file, "#/cases?severity=error");
    const n = await shown(page);
    await page.keyboard.press("/");
    await page.keyboard.type(`${no} ${office.name} `);
    await settle(page);
    await settled(page);
    assert.ok(page.url().includes("severity=error"), "the search at the head keeps the filters");
    assert.equal(await page.$eval("#search", (e) => e.value), `${no} ${office.name} `, "what is typed stays as it is typed");
    const found = await all(page, ".listbody .row .c-no a");
    assert.ok(found.length > 0 && found.every((f) => f.startsWith(no)), `every word must be there: ${found}`);
    await page.keyboard.press("Escape");
    await settle(page);
    await settled(page);
    assert.ok(!page.url().includes("q="), "escape empties the search");
    assert.equal(await shown(page), n);
    // Chinese is composed: half a word is not searched for.
    await page.evaluate(() => {
      const field = document.querySelector("#search");
      field.value = "zhong";
      field.dispatchEvent(new InputEvent("input", { bubbles: true, isComposing: true }));
    });
    await settle(page);
    assert.ok(!page.url().includes("q="), "nothing is asked for while a word is composed");
    await page.evaluate(() => {
      const field = document.querySelector("#search");
      field.value = "没有这个词";
      field.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true }));
    });
    await settle(page);
    assert.ok(page.url().includes("q="), "but when it is done");
    const rubric = head.rubrics[0];
    await go(page, `#/cases?q=${rubric.criteria[0].id.toLowerCase()}`);
    assert.match(await text(page, ".list .empty"), new RegExp(`在 ${rubric.criteria[0].id} 失分或未定的案件`), "an id of a criterion");
  },

  async back({ browser, file }) {
    const { office } = known(file);
    const page = await opened(browser, file, "#/cases?sort=-mark");
    const rows = await shown(page);
    await page.focus(".listbody .row");
    await page.keyboard.press("End");
    await settle(page);
    assert.equal(await active(page), rows - 1);
    // The wheel moves the list away from the active row, which stays where the keys are.
    await page.$eval(".listbody", (e) => e.scrollTo(0, 0));
    await settle(page);
    assert.equal(await active(page), rows - 1, "scrolling does not lose the focus");
    const title = await page.title();
    await page.keyboard.press("Enter");
    await settle(page);
    await settled(page);
    assert.ok(page.url().includes("/case/"));
    assert.notEqual(await page.title(), title, "a title for each view");
    await page.keyboard.press("Escape");
    await settle(page);
    await settled(page);
    assert.ok(page.url().includes("sort=-mark"), "back to the list with its order");
    assert.equal(await active(page), rows - 1, "and to the row");
    // A link within the page to a finding brings it into sight.
    await go(page, `#/office/${office.id}/cases`);
    await go(page, `#/office/${office.id}/case/~${known(file).row + 1}`);
    const target = await page.evaluate(() => {
      const link = [...document.querySelectorAll(".findings .link")].at(-1);
      link.click();
      return link.hash;
    });
    await settle(page);
    assert.ok(page.url().endsWith(target) && (await page.evaluate(() => document.activeElement.className.includes("finding"))), "the finding");
    await go(page, "#/");
    await page.evaluate((hash) => {
      const link = document.createElement("a");
      link.href = hash;
      document.querySelector("main").append(link);
      link.click();
      link.remove();
    }, target);
    await settle(page);
    assert.ok(await page.evaluate(() => document.activeElement.className.includes("finding")), "the finding, from another view");
    assert.deepEqual(page.wrong, []);
  },

  async narrow({ browser, file }) {
    const { head, office, row } = known(file);
    const page = await opened(browser, file);
    await page.setViewport({ width: 320, height: 640 });
    for (const hash of [
      "#/",
      `#/office/${office.id}`,
      `#/office/${office.id}/cases`,
      "#/cases?q=1",
      `#/office/${office.id}/case/~${row + 1}`,
      `#/office/${office.id}/todo`,
      "#/standard",
      "#/problems",
      `#/criterion/${head.rubrics[0].id}/${head.rubrics[0].criteria[0].id}`,
    ]) {
      await go(page, hash);
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320, `${hash} is wider than a narrow page`);
    }
  },
};
