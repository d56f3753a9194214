// How long a page takes, told as medians: `node perf.mjs PAGE.html [runs]`. Must not judge: figures depend on the machine.
import { resolve } from "node:path";
import { blocks } from "./page.mjs";
import { launch } from "./run.mjs";

const [name, runs = "5"] = process.argv.slice(2);
if (!name) throw new Error("give a page with cases");
const file = resolve(name);
const data = blocks(file);
const head = data.get("head");
const most = (counts) => Object.entries(counts).sort((a, b) => b[1] - a[1])[0]?.[0] ?? "";
const values = (column) => (column?.d ?? column?.v ?? []).filter(Boolean);

const grade = most(
  head.offices.reduce((sum, o) => Object.entries(o.grades).reduce((s, [g, n]) => ({ ...s, [g]: (s[g] ?? 0) + n }), sum), {}),
);
const at = Object.values(head.blocks).at(-1)?.at ?? 0;
const lawyer = values(data.get(`c${at}`)?.fields.lawyer)[0] ?? "";
// Words that stand in findings of the last office.
const word =
  /[\u3400-\u9fff]{4}/.exec(
    values(data.get(`f${at}`)?.said)
      .map(([zh]) => zh)
      .join(" "),
  )?.[0] ?? "";

/** Goes to a fragment and waits in the page itself until something is so: how long it took, and the longest time without a picture. */
const until = (page, hash, test) =>
  page.evaluate(
    (hash, test) =>
      new Promise((done, fail) => {
        const told = () => document.querySelector("main [role=status]")?.textContent ?? "";
        const isSo = new Function("told", "before", `return ${test}`);
        const before = told();
        const began = performance.now();
        let [last, longest] = [began, 0];
        location.hash = hash;
        const look = () => {
          const now = performance.now();
          longest = Math.max(longest, now - last);
          last = now;
          if (now - began > 60_000) return fail(new Error(`waited for ${test}`));
          if (now - began > 1 && isSo(told(), before)) done([now - began, longest]);
          else requestAnimationFrame(look);
        };
        requestAnimationFrame(() => requestAnimationFrame(look));
      }),
    hash,
    test,
  );
const LISTED = "told !== before && !told.includes('正在展开') && !!document.querySelector('.listbody .row')";
const SEARCHED = (word) => {
  const note = `document.querySelector('.hitnote[aria-busy=false]')?.textContent.includes('“${word}”')`;
  return `${note} && document.querySelectorAll('.hits > li').length > 0`;
};

/** Live objects only, in MB. */
async function heap(page) {
  const session = await page.createCDPSession();
  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  await session.detach();
  return usedSize / 1e6;
}

async function run() {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.setViewport({ width: 1280, height: 900 });
    await page.evaluateOnNewDocument(() => {
      const look = () => {
        if (document.querySelector("main h1") && document.querySelector("main .figure")) window.opened = performance.now();
        else requestAnimationFrame(look);
      };
      requestAnimationFrame(look);
    });
    await page.goto(`file://${file}`);
    await page.waitForFunction("window.opened");
    const took = { "h1 and figures shown": await page.evaluate("window.opened") };
    took["heap after opening (MB)"] = await heap(page);
    const step = async (name, hash, test) => {
      const [ms, longest] = await until(page, hash, test);
      took[name] = ms;
      took[`${name}: longest wait for a picture`] = longest;
    };
    await step("all cases listed", "#/cases", LISTED);
    await step(`filter by grade (${grade})`, `#/cases?grade=${encodeURIComponent(grade)}`, LISTED);
    await step(`filter by lawyer (${lawyer})`, `#/cases?lawyer=${encodeURIComponent(lawyer)}`, LISTED);
    took["heap with all cases (MB)"] = await heap(page);
    await step(`search of findings (${word})`, `#/cases?q=${encodeURIComponent(word)}`, SEARCHED(word));
    took["heap after the search (MB)"] = await heap(page);
    await step(`another search of findings (${word.slice(1)})`, `#/cases?q=${encodeURIComponent(word.slice(1))}`, SEARCHED(word.slice(1)));
    return took;
  } finally {
    await browser.close();
  }
}

const all = [];
for (let i = 0; i < Number(runs); i += 1) all.push(await run());
const middle = (numbers) => numbers.sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
console.log(
  `${name}: ${head.offices.reduce((n, o) => n + o.selected, 0)} cases, ${head.offices.length} offices; medians of ${all.length} runs`,
);
for (const key of Object.keys(all[0])) {
  const value = middle(all.map((took) => took[key]));
  console.log(`${key.endsWith("(MB)") ? value.toFixed(1) : `${Math.round(value)} ms`}\t${key}`);
}
