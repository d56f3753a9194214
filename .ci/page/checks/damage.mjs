// What is said where a file is damaged or an address is strange. Each check throws where it does not hold.
import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { changed } from "../page.mjs";
import { go, known, opened, text, shown } from "./kit.mjs";

/** Offices with cases, at least two. */
const several = (head) => head.offices.filter((o) => head.blocks[o.id] && o.selected > 0);

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
};
