// Which cases a list shows: of an office, of a criterion, those of one number. Each check throws where it does not hold.
import assert from "node:assert/strict";
import { join } from "node:path";
import { changed } from "../page.mjs";
import { at, go, known, opened, text, shown } from "./kit.mjs";

/** Offices with cases, at least two. */
const several = (head) => head.offices.filter((o) => head.blocks[o.id] && o.selected > 0);

export const CHECKS = {
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
    // With a severity, one settled finding must have both, of red lines too; what is open has none and is a choice of its own.
    const has = new Map();
    for (let i = 0, row = 0; row < cases.n; row += 1) {
      const mine = new Set();
      for (let k = 0; k < at(findings.count, row); k += 1, i += 1)
        if (["unmet", "unclear", "pending", "failed"].includes(at(findings.outcome, i)))
          mine.add(
            `${at(cases.rubric, row)}:${at(findings.criterion, i)} ${at(findings.outcome, i) === "unmet" ? at(findings.severity, i) : "open"}`,
          );
      if (at(cases.scope, row) === "selected" && at(cases.subject, row) === "case") for (const m of mine) has.set(m, (has.get(m) ?? 0) + 1);
    }
    const isListed = (name) => {
      const [rubric, id] = name.split(":");
      const known = head.rubrics.find((r) => r.id === rubric);
      return [...(known?.criteria ?? []), ...(known?.red_lines ?? [])].some((c) => c.id === id);
    };
    for (const name of new Set([...has.keys()].map((key) => key.split(" ")[0]).filter(isListed).slice(0, 8))) {
      for (const severity of ["error", "warning", "info", "open"]) {
        await go(page, `#/office/${office.id}/cases?criterion=${name}&severity=${severity}`);
        assert.equal(await shown(page), has.get(`${name} ${severity}`) ?? 0, `${name} ${severity}`);
      }
    }
    assert.deepEqual(page.wrong, []);
  },
};
