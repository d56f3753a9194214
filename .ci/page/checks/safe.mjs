// Hostile texts, foreign scripts, and what a page for the public must not hold.
import assert from "node:assert/strict";
import { join } from "node:path";
import { changed, texts } from "../page.mjs";
import { known, opened, text } from "./kit.mjs";

/** Without spaces, which would make it several words of a search. */
const IMG = '<img/src="x"/onerror="window.pwned=1">';

export const CHECKS = {
  async injection({ browser, file, temp }) {
    const evil = ["<script>window.pwned=1</script>", `">${IMG}`, "</script><svg onload=window.pwned=1>", "<!--", "{{1+1}}${1}"].join("");
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
      `#/cases?q=${encodeURIComponent(IMG)}`,
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
      if (hash.endsWith(encodeURIComponent(IMG))) assert.ok((await page.$$(".hits mark")).length > 0, "hostile words are found");
      if (hash.includes("/case/"))
        assert.ok((await text(page, "main")).includes("<script>window.pwned=1</script>"), "the text is shown as it is");
      await page.close();
    }
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
};
