// Search: by number, and by the words of findings.
import assert from "node:assert/strict";
import { join } from "node:path";
import { blocks, changed } from "../page.mjs";
import { all, at, go, known, opened, settle, settled, text } from "./kit.mjs";

const flat = (t) => (t ?? "").normalize("NFKC").toLowerCase().replaceAll(/\s/g, "");
const fill = (template, args) => template.replaceAll(/[\ue000-\ue0ff]/g, (mark) => args.split("\u0001")[mark.charCodeAt(0) - 0xe000]);

/** The Chinese texts of the findings of every selected case, read from the blocks without the page. */
function said(file) {
  const data = blocks(file);
  const found = [];
  for (const office of data.get("head").offices) {
    const block = data.get("head").blocks[office.id];
    if (!block) continue;
    const [cases, all] = [data.get(`c${block.at}`), data.get(`f${block.at}`)];
    let [finding, place] = [0, 0];
    for (let row = 0; row < cases.n; row += 1) {
      const mine = { office, row, no: at(cases.case_no, row), said: [], others: [] };
      for (let n = at(all.count, row); n > 0; n -= 1, finding += 1) {
        const args = at(all.args, finding) ?? "";
        mine.said.push(args ? fill(at(all.said, finding)[0], args) : at(all.said, finding)[0]);
        mine.others.push(at(all.fix, finding)?.[0] ?? "");
        for (let k = at(all.np, finding); k > 0; k -= 1, place += 1)
          mine.others.push(at(all.places.file, place).split("/").at(-1), at(all.places.sheet, place));
        // Words before and behind a word that differs from case to case.
        const over = /[\u3400-\u9fff]+[\ue000-\ue0ff][\u3400-\u9fff]+|[\u3400-\u9fff]+ [\ue000-\ue0ff] [\u3400-\u9fff]+/.exec(
          at(all.said, finding)[0],
        );
        if (args && over) mine.over = flat(fill(over[0], args));
      }
      if (at(cases.subject, row) === "case" && at(cases.scope, row) === "selected") found.push(mine);
    }
  }
  return found;
}

const q = (words) => `#/cases?q=${encodeURIComponent(words)}`;

export const CHECKS = {
  async search({ browser, file }) {
    const { no } = known(file);
    const page = await opened(browser, file);
    await page.keyboard.press("/");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "search", "the key / goes to the search");
    // In other brackets than it is written.
    await page.keyboard.type(no.replaceAll("〔", "[").replaceAll("〕", "]"));
    await page.keyboard.press("Enter");
    await settle(page);
    await settled(page);
    const found = await all(page, ".listbody .row .c-no a");
    assert.ok(found.length > 0 && found.every((f) => f.includes(no)), `${no} in ${found}`);
    await go(page, "#/cases?q=%E6%B2%A1%E6%9C%89%E8%BF%99%E6%A0%B7%E7%9A%84%E8%AF%8D");
    assert.equal((await page.$$(".listbody .row")).length, 0, "nothing matches");
    assert.deepEqual(page.wrong, []);
  },

  async words({ browser, file, temp }) {
    const cases = said(file);
    const stands = (words) => cases.filter((c) => [...c.said, ...c.others].some((t) => flat(t).includes(flat(words))));
    const shown = async (page) => {
      const told = await text(page, ".hitnote");
      return { n: Number(/案件 ([\d,]+) 件/.exec(told)?.[1].replaceAll(",", "") ?? 0), told };
    };
    const page = await opened(browser, file);
    // In a message, over the borders of what differs from case to case, in what to do, in the name of a file.
    const one = cases.find((c) => c.over) ?? cases.find((c) => c.said.length > 0);
    const fix = cases.flatMap((c) => c.others).find((t) => /^[\u3400-\u9fff]{6}/.test(t ?? ""));
    const sheet = cases.flatMap((c) => c.others).find((t) => /\.[a-z]{3,4}$/.test(t ?? ""));
    for (const words of [one.over ?? one.said[0].slice(0, 6), one.said[0].slice(-4), fix?.slice(1, 6), sheet]) {
      if (!words) continue;
      await go(page, q(words));
      const want = stands(words);
      assert.equal((await shown(page)).n, want.length, `cases with ${words} in findings`);
      assert.equal((await page.$$(".hits > li")).length, Math.min(200, want.length), `${words} is listed`);
      if (want.length > 200)
        assert.ok((await text(page, "main")).includes(`另有 ${(want.length - 200).toLocaleString("en-US")} 件没有列出`));
      // An empty table does not stand above what is found.
      const isEmpty = (await page.$$(".listbody .row")).length === 0;
      assert.equal((await page.$(".list")) === null, isEmpty && want.length > 0, `${words}: a table only where it has rows`);
      const marked = await all(page, ".hits mark");
      assert.ok(
        marked.length >= Math.min(200, want.length) && marked.every((m) => flat(m) === flat(words)),
        `marked: ${marked.slice(0, 3)}`,
      );
    }
    const words = one.over ?? one.said[0].slice(0, 6);
    await go(page, `${q(words)}&office=${one.office.id}`);
    assert.equal((await shown(page)).n, stands(words).filter((c) => c.office === one.office).length, "of one office");
    // From where the words stand to the finding, and back.
    const top = await page.evaluate(() => {
      document.querySelector(".hits ul a").scrollIntoView();
      return window.scrollY;
    });
    await page.evaluate(() => document.querySelector(".hits ul a").click());
    await settled(page);
    assert.equal(await page.evaluate(() => document.activeElement?.className.includes("finding")), true, "the finding is in focus");
    assert.ok(flat(await text(page, ".finding:focus")).includes(flat(words)), "and it has the words");
    await page.goBack();
    await page.waitForSelector(".list, .hits");
    await settle(page);
    assert.ok((await page.$$(".hits > li")).length > 0, "what was found is still there");
    assert.equal(await page.evaluate(() => window.scrollY), top, "where it was left");
    // What is typed on counts, not what was typed before; spaces stay as they are typed.
    await go(page, "#/cases");
    await page.type(".filters input", "结");
    await page.type(".filters input", " 没有这样的词");
    await settled(page);
    assert.equal(await page.$eval(".filters input", (e) => e.value), "结 没有这样的词");
    assert.ok((await shown(page)).told.includes("问题里没有“结 没有这样的词”"), await text(page, ".hitnote"));
    assert.equal((await page.$$(".hits > li")).length, 0, "nothing is listed");
    // An office whose findings cannot be read is named.
    const at = blocks(file).get("head").blocks[one.office.id].at;
    const cut = changed(file, join(temp, "cut.html"), (id, data) => (id === `f${at}` ? undefined : data));
    const other = await opened(browser, cut, q(words));
    const { told } = await shown(other);
    assert.ok(told.includes(`${one.office.name}的问题读不出来`), told);
    assert.deepEqual([...page.wrong, ...other.wrong], []);
  },
};
