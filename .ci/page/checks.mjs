// What must hold of report.html in a browser. Each check throws where it does not; prove.mjs breaks the page to see that each can.
import { createRequire } from "node:module";
import assert from "node:assert/strict";
import { join } from "node:path";
import { existsSync, readFileSync } from "node:fs";
import { overview } from "./overview.mjs";
import { blocks, changed, texts } from "./page.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const settle = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30))));

/** Opens a page at a fragment; everything that a console would show as wrong is kept in `page.wrong`. */
export async function opened(browser, file, hash = "#/", theme = "light") {
  const page = await browser.newPage();
  page.wrong = [];
  page.on("console", (m) => ["error", "warn"].includes(m.type()) && page.wrong.push(m.text()));
  page.on("pageerror", (e) => page.wrong.push(String(e)));
  page.on("request", (r) => !/^(file|data):/.test(r.url()) && page.wrong.push(`asked for ${r.url()}`));
  await page.setViewport({ width: 1280, height: 900 });
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
  await page.goto(`file://${file}${hash}`);
  await page.waitForSelector("main h1", { timeout: 5000 });
  await settled(page);
  return page;
}

/** Waits until nothing is being opened any more. */
async function settled(page) {
  await page.waitForFunction(
    () => !document.querySelector(".waiting") && !/正在展开/.test(document.querySelector("main [role=status]")?.textContent ?? ""),
    { timeout: 20000 },
  );
  await settle(page);
}

async function go(page, hash) {
  await page.evaluate((h) => (location.hash = h), hash);
  await settle(page);
  await settled(page);
}

const text = (page, selector) => page.$eval(selector, (e) => e.textContent);
const all = (page, selector) => page.$$eval(selector, (es) => es.map((e) => e.textContent));
const at = (column, row) =>
  column.v
    ? column.v[row]
    : column.i === undefined
      ? column.d[0]
      : column.d[column.i.charCodeAt(row) - 0x30 - (column.i.charCodeAt(row) > 0x5c ? 1 : 0)];

/** The first office with findings, and a case of it that has some. */
function known(file) {
  const data = blocks(file);
  const head = data.get("head");
  for (const office of head.offices) {
    const block = head.blocks[office.id];
    if (!block) continue;
    const [cases, findings] = [data.get(`c${block.at}`), data.get(`f${block.at}`)];
    for (let row = 0; row < cases.n; row += 1) {
      if (at(findings.count, row) > 1 && at(cases.subject, row) === "case" && at(cases.scope, row) === "selected")
        return { head, office, cases, findings, row, no: at(cases.case_no, row) };
    }
  }
  throw new Error("the page has no case with findings");
}

export const CHECKS = {
  ...overview({ opened, settle, go, text, all, at }),

  async open({ browser, file }) {
    const page = await opened(browser, file);
    assert.deepEqual(page.wrong, []);
    const { head } = { head: blocks(file).get("head") };
    assert.equal(await page.title().then((t) => t.startsWith(head.batch.title)), true, "the title");
    const isOne = head.offices.length === 1;
    const whole = isOne ? head.offices[0] : head.groups.length === 1 ? head.groups[0] : head.groups.find((g) => g.id === "全部机构");
    if (!whole) return;
    assert.equal((await text(page, ".scope .n strong")).replaceAll(",", ""), String(whole.selected), "n stands first");
    const rate = whole.rates.find((r) => r.headline);
    const shown = await text(page, ".figure.main");
    if (rate.n) assert.ok(shown.includes(`/${rate.n.toLocaleString("en-US")}`), `k of n in ${shown}`);
    if (!isOne) assert.ok((await all(page, ".ranking tbody tr")).length >= Math.min(30, head.offices.length), "every office is ranked");
    for (const id of isOne ? ["h-lost", "h-filing"] : ["h-ranking", "h-funnel", "h-lost", "h-sides", "h-heat", "h-filing"])
      assert.ok(await page.$(`#${id}`), id);
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
    const first = await text(page, ".findings > li");
    for (const word of ["出处", "依据"]) assert.ok(first.includes(word), word);
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

  async print({ browser, file }) {
    const { head, office } = known(file);
    const page = await opened(browser, file, `#/office/${office.id}/cases`, "dark");
    const sizes = [];
    for (const hash of ["#/", `#/office/${office.id}/todo`, "#/cases"]) {
      await go(page, hash);
      const pdf = Buffer.from(await page.pdf({ preferCSSPageSize: true, printBackground: true }));
      const a4 = /\/MediaBox\s*\[\s*0 0 (\d+)[\d.]* (\d+)/.exec(pdf.toString("latin1"));
      assert.deepEqual([a4?.[1], a4?.[2]], ["594", "841"], "A4");
      sizes.push(pdf.length);
    }
    assert.ok(Math.min(...sizes) > 10_000, `paper is not empty: ${sizes}`);
    await page.emulateMediaType("print");
    await page.evaluate(() => window.dispatchEvent(new Event("beforeprint")));
    await settle(page);
    const seen = await page.evaluate(() => ({
      ways: [...document.querySelectorAll("header nav, .filters, .tabs")].filter((e) => e.getClientRects().length > 0).length,
      rows: document.querySelectorAll(".listbody .row").length,
      paper: getComputedStyle(document.body).backgroundColor,
    }));
    assert.equal(seen.ways, 0, "ways to go are not printed");
    assert.equal(seen.paper, "rgb(255, 255, 255)", "a dark page prints light");
    assert.equal(
      seen.rows,
      Math.min(
        1000,
        head.offices.reduce((sum, o) => sum + o.selected, 0),
      ),
      "lists are printed in full",
    );
  },

  async injection({ browser, file, temp }) {
    const evil = [
      "<script>window.pwned=1</script>",
      '"><img src=x onerror="window.pwned=1">',
      "</script><svg onload=window.pwned=1>",
      "<!--",
      "{{1+1}}${1}",
    ].join("");
    const { office, row } = known(file);
    // Ids and figures stay what they are; every text that a person reads is spoilt.
    const spoil = (t) => (/[\u3400-\u9fff]/.test(t) ? t + evil : t);
    const hostile = changed(file, join(temp, "hostile.html"), (id, data) => {
      if (id === "head") {
        const ids = new Map(data.offices.map((o) => [o.id, o]));
        const groups = data.groups.map((g) => g.id);
        const next = texts(data, spoil);
        next.offices.forEach((o, i) => (o.id = [...ids.keys()][i]));
        next.groups.forEach((g, i) => (g.id = groups[i]));
        return next;
      }
      for (const part of [data, data.fields ?? {}, data.places ?? {}, data.reviews ?? {}]) {
        for (const [key, column] of Object.entries(part)) {
          if (
            ["case_no", "lawyer", "firm", "cause", "file", "sheet", "raw", "reason", "said", "fix", "basis", "given"].includes(key) &&
            column?.d
          )
            column.d = texts(column.d, (t) => (t ? t + evil : t));
        }
      }
      for (const job of data.todo ?? []) [job.what, job.fix] = [texts(job.what, (t) => t + evil), texts(job.fix, (t) => t + evil)];
      return data;
    });
    const no = known(hostile).no;
    for (const hash of [
      "#/",
      `#/office/${office.id}`,
      "#/cases",
      `#/office/${office.id}/cases?lawyer=${encodeURIComponent(evil)}`,
      `#/office/${office.id}/case/~${row + 1}`,
      `#/office/${office.id}/case/${encodeURIComponent(no)}`,
      `#/office/${office.id}/todo`,
      "#/standard",
      "#/problems",
      `#/${encodeURIComponent(evil)}`,
      `#/office/${encodeURIComponent(evil)}`,
      `#/cases?q=${encodeURIComponent(evil)}&grade=${encodeURIComponent(evil)}`,
    ]) {
      const page = await opened(browser, hostile, hash);
      const seen = await page.evaluate(() => ({
        pwned: "pwned" in window,
        added: document.querySelectorAll("#app script, #app img, #app svg[onload], #app iframe").length,
        handlers: [...document.querySelectorAll("*")].filter((e) => [...e.attributes].some((a) => a.name.startsWith("on"))).length,
      }));
      assert.deepEqual(seen, { pwned: false, added: 0, handlers: 0 }, hash);
      assert.deepEqual(page.wrong, [], hash);
      if (hash.includes("/case/"))
        assert.ok((await text(page, "main")).includes("<script>window.pwned=1</script>"), "the text is shown as it is");
      await page.close();
    }
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

  async policy({ browser, file }) {
    const page = await opened(browser, file);
    const policy = await page.$eval("meta[http-equiv=Content-Security-Policy]", (m) => m.content);
    assert.match(
      policy,
      /^default-src 'none'; script-src 'sha256-[\w+/=]{44}'; style-src 'sha256-[\w+/=]{44}'; img-src data:; base-uri 'none'; form-action 'none'$/,
    );
    // A script that somebody got into the document must not run, nor a picture load from elsewhere.
    const ran = await page.evaluate(async () => {
      const script = document.createElement("script");
      script.textContent = "window.ran = 1";
      document.body.append(script);
      const inline = document.createElement("div");
      inline.innerHTML = "<img src='data:,' onerror='window.ran = 2'>";
      document.body.append(inline);
      const fetched = await fetch("https://example.invalid/").then(
        () => true,
        (e) => !/Failed to fetch|refused|violates/i.test(String(e)),
      );
      await new Promise((done) => setTimeout(done, 100));
      return window.ran ?? fetched;
    });
    assert.equal(ran, false, "nothing foreign runs");
    assert.ok(
      page.wrong.some((w) => /Content Security Policy/.test(w)),
      "and the policy is why",
    );
  },

  async keyboard({ browser, file }) {
    const { office } = known(file);
    const page = await opened(browser, file, `#/office/${office.id}/cases`);
    await page.focus(".listbody .row");
    const active = () => page.evaluate(() => Number(document.activeElement?.getAttribute("data-row") ?? -1));
    await page.keyboard.press("ArrowDown");
    await settle(page);
    assert.equal(await active(), 1, "arrow down");
    await page.keyboard.press("End");
    await settle(page);
    assert.equal(await active(), office.selected - 1, "end");
    await page.keyboard.press("Home");
    await settle(page);
    assert.equal(await active(), 0, "home");
    const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
    assert.equal(outline, "solid", "focus is seen");
    await page.keyboard.press("Enter");
    await settle(page);
    await settled(page);
    assert.ok(page.url().includes("/case/"), "enter opens the case");
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), "H1", "and its heading is in focus");
    await page.keyboard.press("Escape");
    await settle(page);
    assert.ok(page.url().endsWith("/cases"), "escape goes up");
    // The first tab of a fresh page is the way to the content.
    const fresh = await opened(browser, file);
    await fresh.keyboard.press("Tab");
    assert.equal(await fresh.evaluate(() => document.activeElement?.className), "skip");
    await fresh.keyboard.press("Enter");
    assert.equal(await fresh.evaluate(() => document.activeElement?.tagName), "H1");
    assert.deepEqual([...page.wrong, ...fresh.wrong], []);
  },

  async accessible({ browser, file }) {
    const { head, office, row, cases } = known(file);
    const rubric = at(cases.rubric, row);
    const hashes = [
      "#/",
      `#/office/${office.id}`,
      `#/office/${office.id}/cases`,
      "#/cases",
      `#/office/${office.id}/case/~${row + 1}`,
      `#/office/${office.id}/todo`,
      `#/office/${office.id}/todo?by=case`,
      "#/standard",
      "#/problems",
      `#/criterion/${rubric}/${head.rubrics.find((r) => r.id === rubric).criteria[0].id}`,
    ];
    for (const theme of ["light", "dark"]) {
      for (const hash of hashes) {
        const page = await opened(browser, file, hash, theme);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
        const serious = violations.filter((v) => ["serious", "critical"].includes(v.impact));
        const told = serious.map(
          (v) =>
            `${v.id}: ${v.nodes
              .slice(0, 3)
              .map((n) => `${n.target} ${n.failureSummary.split("\n")[1] ?? ""}`)
              .join(" | ")}`,
        );
        assert.deepEqual(told, [], `${hash} ${theme}`);
        await page.close();
      }
    }
  },

  async languages({ browser, file }) {
    const { office, row } = known(file);
    const page = await opened(browser, file, `#/office/${office.id}/case/~${row + 1}`);
    await page.evaluate(() => document.querySelector("header button.choice").click());
    await settle(page);
    assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
    const heads = await all(page, "main h2");
    assert.ok(heads.length > 1 && heads.every((h) => !/[\u3400-\u9fff]/.test(h)), `headings in English: ${heads}`);
    assert.deepEqual(page.wrong, []);
  },

  async public({ browser, file, temp }) {
    const { office } = known(file);
    const bare = changed(file, join(temp, "public.html"), (id, data) => {
      if (id !== "head") return undefined;
      const { problems, cross, panel, ...rest } = data;
      return { ...rest, audience: "public", blocks: {} };
    });
    for (const hash of [
      "#/",
      `#/office/${office.id}`,
      "#/cases",
      `#/office/${office.id}/cases`,
      `#/office/${office.id}/case/~1`,
      "#/problems",
    ]) {
      const page = await opened(browser, bare, hash);
      assert.deepEqual(page.wrong, [], hash);
      assert.ok(await page.$("main h1"), hash);
      assert.equal(await page.$("#search"), null, "nothing to search");
      await page.close();
    }
  },

  async older({ browser, file }) {
    // Browsers without raw deflate in DecompressionStream.
    const { office, row } = known(file);
    const page = await browser.newPage();
    await page.evaluateOnNewDocument(() => {
      window.DecompressionStream = class {
        constructor() {
          throw new TypeError("unsupported format");
        }
      };
    });
    await page.goto(`file://${file}#/office/${office.id}/case/~${row + 1}`);
    await page.waitForSelector(".findings > li", { timeout: 10000 });
  },
};
