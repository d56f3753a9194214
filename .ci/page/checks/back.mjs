// What is typed into a search, the way back, and narrow pages. Each check throws where it does not hold.
import assert from "node:assert/strict";
import { join } from "node:path";
import { changed } from "../page.mjs";
import { all, go, known, opened, settle, settled, text, shown } from "./kit.mjs";

const active = (page) => page.evaluate(() => Number(document.activeElement?.getAttribute("data-row") ?? -1));

export const CHECKS = {
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

  async merged({ browser, file, temp }) {
    // A point of several offices leads nowhere, so the way back is not longer for it.
    const merged = changed(file, join(temp, "merged.html"), (id, data) => {
      const [one, two] = id === "head" ? data.offices.filter((o) => o.rates.some((r) => r.n > 0)) : [];
      if (one && two) two.rates = one.rates;
      return data;
    });
    const over = await opened(browser, merged);
    if (!(await over.$(".funnel"))) return;
    await go(over, "#/standard");
    await over.evaluate(() => window.scrollTo(0, 300));
    await settle(over);
    await go(over, "");
    await over.evaluate(() =>
      [...document.querySelectorAll(".funnel a")]
        .find((a) => !a.getAttribute("href").includes("office"))
        .dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true })),
    );
    await new Promise((done) => setTimeout(done, 1200));
    await over.goBack();
    await settle(over);
    assert.equal(await over.evaluate(() => window.scrollY), 300, "back to where it was");
    assert.deepEqual(over.wrong, []);
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
    // Numbers stand in sight, and columns are wide enough to be read and hit.
    await page.setViewport({ width: 390, height: 640 });
    await go(page, "#/");
    const hidden = await page.$$eval("[aria-labelledby=h-splits] td.num, [aria-labelledby=h-sides] td.num", (tds) =>
      tds.filter((td) => td.getBoundingClientRect().right > 390).map((td) => td.textContent),
    );
    assert.deepEqual(hidden, [], "numbers beyond the edge");
    const widths = await page.$$eval(".heat td", (tds) => tds.map((td) => td.getBoundingClientRect().width));
    assert.ok(widths.every((w) => w >= 32), `${Math.min(...widths)} wide`);
    const first = await page.$$eval(".heat tbody th:not(.part)", (ths) => ths.map((th) => th.getBoundingClientRect().width));
    assert.ok(first.every((w) => w >= 100), `criteria ${Math.min(...first)} wide`);
    const clipped = await page.$$eval(".scroll", (boxes) =>
      boxes.filter((b) => b.scrollWidth > b.clientWidth + 1 && !b.previousElementSibling?.matches(".swipe")).map((b) => b.ariaLabel),
    );
    assert.deepEqual(clipped, [], "what is clipped says so");
  },
};
