// What all checks share: a page opened and waited for, texts of it, and a case that is known to be in it. Must not judge anything.
import { blocks } from "../page.mjs";

export const settle = (page) => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => setTimeout(done, 30))));

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
export async function settled(page) {
  await page.waitForFunction(
    () =>
      !document.querySelector(".waiting, .hitnote[aria-busy=true]") &&
      !/正在展开/.test(document.querySelector("main [role=status]")?.textContent ?? ""),
    { timeout: 20000 },
  );
  await settle(page);
}

export async function go(page, hash) {
  await page.evaluate((h) => (location.hash = h), hash);
  await settle(page);
  await settled(page);
}

export const text = (page, selector) => page.$eval(selector, (e) => e.textContent);
export const all = (page, selector) => page.$$eval(selector, (es) => es.map((e) => e.textContent));
export const at = (column, row) =>
  column.v
    ? column.v[row]
    : column.i === undefined
      ? column.d[0]
      : column.d[column.i.charCodeAt(row) - 0x30 - (column.i.charCodeAt(row) > 0x5c ? 1 : 0)];

/** The first office with findings, and a case of it that has some. */
export function known(file) {
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

/** How many cases a list says that it shows. */
export const shown = async (page) => Number((await text(page, "main p[role=status]")).split("件")[0].replaceAll(/\D/g, ""));
