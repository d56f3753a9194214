// What must hold of the first page: what is undecided and why, order, labels, the heat map, paper. Each check throws where it does not.
import assert from "node:assert/strict";
import { join } from "node:path";
import { blocks, changed } from "../page.mjs";
import { all, at, go, opened, settle, text } from "./kit.mjs";

const number = (n) => n.toLocaleString("en-US");

/** Undecided cases of a page that a red line alone keeps open, out of the findings themselves. */
function awaiting(data, at) {
  const head = data.get("head");
  let [red, n] = [0, 0];
  for (const office of head.offices) {
    const block = head.blocks[office.id];
    if (!block) continue;
    const [cases, findings] = [data.get(`c${block.at}`), data.get(`f${block.at}`)];
    for (let row = 0, first = 0; row < cases.n; first += at(findings.count, row), row += 1) {
      const isOpen = at(cases.grade, row) === null && at(cases.possible, row).length > 0;
      if (!isOpen || at(cases.subject, row) !== "case" || at(cases.scope, row) !== "selected") continue;
      n += 1;
      const mine = Array.from({ length: at(findings.count, row) }, (_, i) => first + i);
      if (at(cases.low, row) === at(cases.high, row) && mine.some((i) => /^V/.test(at(findings.criterion, i)) && at(findings.outcome, i) === "pending")) red += 1;
    }
  }
  return { red, n };
}

/** What a selector finds while the page is being printed. */
async function paper(page, selector) {
  await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
  await settle(page);
  const found = await page.$$(selector);
  await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
  await settle(page);
  return found;
}

export const CHECKS = {
  async undecided({ browser, file }) {
    const data = blocks(file);
    const head = data.get("head");
    const page = await opened(browser, file);
    const main = head.offices.length === 1 ? head.offices[0] : head.groups.find((g) => g.selected > 0);
    const rate = main?.rates.find((r) => r.headline);
    if (rate?.n) {
      const lead = await text(page, ".lead");
      for (const n of rate.k_low === rate.n ? [rate.n] : [rate.n, rate.k_low])
        assert.ok(n === 0 || lead.includes(`${number(n)} 件`), `${n} in ${lead}`);
      const not = rate.n - rate.k_high;
      assert.equal(/([\d,]+) 件(确定)?不达/.exec(lead)?.[1] ?? "0", number(not), `${not} in ${lead}`);
    }
    const { red, n } = awaiting(data, at);
    if (n === 0 || !head.undecided) return;
    const why = await text(page, ".why");
    assert.ok(why.startsWith(`${number(n)} 件未定：`), why);
    const words = red === n ? /：均为红线待专人认定/ : red === 0 ? /均为材料不足或待评/ : new RegExp(`：${number(red)} 件只因红线待专人认定.*；${number(n - red)} 件`);
    assert.match(why, words);
    assert.deepEqual(page.wrong, []);
  },

  async last({ browser, file, temp }) {
    // Who is named as last stands in the last third whatever becomes of what is open.
    const ranked = (data) => data.offices.filter((o) => o.rates.some((r) => r.headline && r.n > 0));
    const head = blocks(file).get("head");
    if (ranked(head).length < 3) return;
    const told = async (page) => {
      await page.evaluate(() => document.querySelectorAll(".more button[aria-expanded=false]").forEach((b) => b.click()));
      await settle(page);
      const rows = await page.$$eval(".ranking tbody tr:not(.without)", (trs) =>
        trs.map((tr) => [tr.querySelector("th a").textContent, tr.querySelector(".place").textContent.split("～").map(Number)]),
      );
      return { places: new Map(rows), names: await all(page, ".lead a"), lead: await text(page, ".lead") };
    };
    const holds = ({ places, names, lead }) => {
      for (const name of names) assert.ok(places.get(name)[0] * 3 > places.size * 2, `${name}, place ${places.get(name)}, in ${lead}`);
    };
    const page = await opened(browser, file);
    for (const hash of ["#/", ...head.groups.map((g) => `#/group/${g.id}`)]) {
      await go(page, hash);
      if (await page.$(".lead")) holds(await told(page));
    }
    // Everything about the last one is open; then everything about all of them.
    const last = [...(await told(await opened(browser, file))).places.keys()].at(-1);
    for (const isAll of [false, true]) {
      const wide = changed(file, join(temp, "wide.html"), (id, data) => {
        for (const o of id === "head" ? ranked(data).filter((r) => isAll || r.name === last) : [])
          [o.undecided, o.rates] = [1, o.rates.map((r) => ({ ...r, k_low: 0, k_high: r.n, ci95: null }))];
        return data;
      });
      const found = await told(await opened(browser, wide));
      holds(found);
      assert.ok(!found.names.includes(last), `${last} may be the first: ${found.lead}`);
      if (isAll && !/误差/.test(found.lead)) assert.match(found.lead, /有未定案件，还看不出谁靠后。/);
    }
    assert.deepEqual(page.wrong, []);
  },

  async order({ browser, file, temp }) {
    if (blocks(file).get("head").offices.length < 2) return;
    // More than are printed: each office many times over.
    const many = changed(file, join(temp, "many.html"), (id, data) => {
      if (id !== "head") return data;
      const times = Math.ceil(160 / data.offices.length);
      const copies = (o) => Array.from({ length: times }, (_, i) => (i === 0 ? o : { ...o, id: `${o.id}x${i}`, name: `${o.name}${i}` }));
      const grids = Object.fromEntries(data.offices.flatMap((o) => copies(o).map((c) => [c.id, data.grids[o.id] ?? {}])));
      return { ...data, offices: data.offices.flatMap(copies), grids };
    });
    const { offices } = blocks(many).get("head");
    const page = await opened(browser, many);
    const printed = (await paper(page, ".ranking tbody tr")).length;
    assert.equal(printed, 20 + offices.filter((o) => o.selected === 0).length, "the first and the last on paper");
    const rows = await all(page, "[aria-labelledby=h-lost] tbody th");
    assert.equal((await paper(page, "[aria-labelledby=h-lost] tbody tr")).length, rows.length, "as many criteria on paper as on the page");
    const names = async (table) => {
      await page.evaluate(() => document.querySelectorAll(".more button[aria-expanded=false]").forEach((b) => b.click()));
      await settle(page);
      return all(page, `${table} tbody tr:not(.without):not(.total) th a:first-child`);
    };
    const down = await names(".ranking");
    await page.evaluate(() => document.querySelector(".order button").click());
    await settle(page);
    assert.ok(page.url().endsWith("order=up"), "the order stands in the address");
    const up = await names(".ranking");
    assert.deepEqual(up, [...down].reverse(), "lowest first");
    const filing = await names("[aria-labelledby=h-filing] table");
    assert.deepEqual(filing.slice(0, up.length), up, "and so in the other tables");
    assert.deepEqual(page.wrong, []);
  },

  async labels({ browser, file, temp }) {
    // Two offices at one spot, one of them undecided; and others that lie close together.
    const same = changed(file, join(temp, "same.html"), (id, data) => {
      const [one, two] = data.offices ?? [];
      if (one && two) two.rates = one.rates.map((r) => ({ ...r, k_high: Math.min(r.n, r.k_high + 1) }));
      for (const [i, office] of (data.offices ?? []).slice(2).entries())
        if (i < 4) office.rates = office.rates.map((r) => ({ ...r, n: 100, k_low: 90 + i, k_high: 90 + i }));
      return data;
    });
    const { offices } = blocks(same).get("head");
    for (const lang of ["zh", "en"]) {
      const page = await opened(browser, same);
      if (lang === "en") await page.evaluate(() => document.querySelector("header button.choice").click());
      await settle(page);
      if (!(await page.$(".funnel"))) return;
      const boxes = await page.$$eval(".funnel .name", (texts) =>
        texts.map((t) => {
          const { x, y, width, height } = t.getBoundingClientRect();
          return { x, y, width, height, text: t.textContent };
        }),
      );
      boxes.forEach((a, i) =>
        boxes.slice(i + 1).forEach((b) => {
          const meets = a.x + 1 < b.x + b.width && b.x + 1 < a.x + a.width && a.y + 3 < b.y + b.height && b.y + 3 < a.y + a.height;
          assert.ok(!meets, `${lang}: ${a.text} lies on ${b.text}`);
        }),
      );
      const told = await page.$$eval(".funnel a", (as) => as.map((a) => a.getAttribute("aria-label")).join());
      for (const o of offices.filter((o) => o.selected > 0)) assert.ok(told.includes(o.name), `${o.name} is a point`);
      const spots = new Set(offices.flatMap((o) => o.rates.filter((r) => r.headline && r.n).map((r) => `${r.n} ${r.k_low}`)));
      assert.equal((await page.$$(".funnel .point")).length, spots.size, "one point a spot");
      const mixed = [...spots].filter((spot) => {
        const rates = offices.flatMap((o) => o.rates.filter((r) => r.headline && `${r.n} ${r.k_low}` === spot));
        return new Set(rates.map((r) => r.k_low < r.k_high)).size > 1;
      });
      assert.equal((await page.$$(".funnel .ring")).length, mixed.length, "a ring where only some are undecided");
      if (mixed.length > 0 && offices.length <= 14) assert.match((await all(page, ".funnel .name")).join(), lang === "zh" ? /（1 件待定）/ : /\(1 open\)/);
      await page.close();
    }
  },

  async heat({ browser, file, temp }) {
    // What is open is no settled 0, and what is little is not none.
    let name = "";
    const open = changed(file, join(temp, "open.html"), (id, data) => {
      if (id !== "head") return data;
      const office = data.offices.find((o) => o.selected > 0);
      name = office.name;
      const [, criteria] = Object.entries(data.grids[office.id]).find(([r]) => data.rubrics.some((x) => x.id === r));
      const [one, two] = Object.values(criteria);
      Object.values(criteria)[2]?.splice(0, 6, 2, 2, 0, 200_000, 200_000, 2);
      one.splice(0, 6, 400, 1, 199, 50_000, 90_000, 200);
      two.splice(0, 6, 400, 0, 3, 40_000, 80_000);
      return data;
    });
    if (blocks(file).get("head").offices.length < 2) return;
    const page = await opened(browser, open);
    const cells = await page.$$eval(".heat td.open", (tds) => tds.map((td) => [td.textContent, td.title]));
    const mine = cells.filter(([, title]) => title.startsWith(name));
    assert.ok(mine.some(([words]) => words === "<1–50"), `a range in ${JSON.stringify(mine)}`);
    assert.ok(mine.some(([, title]) => title.includes("另 3 件待定")), `open cases in ${JSON.stringify(mine)}`);
    const few = await page.$$eval(".heat td", (tds) => tds.filter((td) => td.textContent === "2/2").map((td) => td.className));
    assert.ok(few.length > 0 && few.every((tone) => !tone.includes("h5")), `two of two is not the loudest: ${few}`);
    const lost = await all(page, "[aria-labelledby=h-lost] tbody tr");
    assert.ok(lost.some((row) => row.includes("～")), "a range of points");
    const href = await page.$eval(".heat td.open a", (a) => a.getAttribute("href"));
    await go(page, href);
    assert.ok(await page.$(".filters"), "a cell leads to its cases");
    assert.deepEqual(page.wrong, []);
  },
};
