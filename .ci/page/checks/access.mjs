// For every reader: keyboard, screen readers, both languages, paper, browsers of some years ago.
import { createRequire } from "node:module";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { all, at, go, known, opened, settle, settled, text } from "./kit.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const CHECKS = {
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
      `#/cases?q=${encodeURIComponent("卷内")}`,
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
    // Firefox, and Chromium's own print, take what is there when the event ends: nothing may wait for the next turn.
    const seen = await page.evaluate(() => {
      window.dispatchEvent(new Event("beforeprint"));
      const seen = (selector) => [...document.querySelectorAll(selector)].filter((e) => e.getClientRects().length > 0).length;
      return {
        ways: seen("header nav, .filters, .tabs, .listbody"),
        rows: seen(".paperlist tbody tr"),
        heads: getComputedStyle(document.querySelector(".paperlist thead")).display,
        draft: seen(".watermark"),
        paper: getComputedStyle(document.body).backgroundColor,
        foot: [...document.styleSheets[0].cssRules].some((r) => r.cssText.startsWith("@page") && r.cssText.includes("counter(pages)")),
      };
    });
    await settle(page);
    assert.equal(seen.heads, "table-header-group", "heads stand on every sheet");
    assert.equal(seen.draft, head.final ? 0 : 1, "a draft says so on every sheet");
    assert.ok(seen.foot, "sheets are numbered");
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
    await page.evaluate(() => window.dispatchEvent(new Event("afterprint")));
    await go(page, "#/cases?grade=%E4%B8%8D%E5%90%88%E6%A0%BC&severity=error");
    assert.match(await text(page, ".filtered"), /筛选：等次＝不合格；问题程度＝错误/, "what the list is filtered by");
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
