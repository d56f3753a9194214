// Runs every check on each page given: `node run.mjs PAGE.html …`, or some of them: `node run.mjs --only open,policy PAGE.html …`. A page
// without cases (an empty batch) is only opened.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import puppeteer from "puppeteer-core";
import { CHECKS } from "./checks.mjs";
import { blocks } from "./page.mjs";

export async function launch() {
  return puppeteer.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
}

async function main(args) {
  const [only, files] = args[0] === "--only" ? [args[1]?.split(","), args.slice(2)] : [Object.keys(CHECKS), args];
  for (const check of only ?? []) if (!CHECKS[check]) throw new Error(`no check ${check}`);
  if (files.length === 0) throw new Error("give pages to look at");
  const temp = mkdtempSync(join(tmpdir(), "page-"));
  const browser = await launch();
  let failed = 0;
  try {
    for (const name of files) {
      const file = resolve(name);
      const isEmpty = Object.keys(blocks(file).get("head").blocks).length === 0;
      for (const [check, run] of Object.entries(CHECKS)) {
        if (!only?.includes(check)) continue;
        if (isEmpty && check !== "open" && check !== "policy") continue;
        const started = performance.now();
        try {
          await run({ browser, file, temp });
          console.log(`ok      ${name} ${check} (${Math.round(performance.now() - started)} ms)`);
        } catch (error) {
          failed += 1;
          console.log(`FAILED  ${name} ${check}: ${error.message}`);
        }
        for (const page of await browser.pages()) if (page.url() !== "about:blank") await page.close();
      }
    }
  } finally {
    await browser.close();
    rmSync(temp, { recursive: true });
  }
  if (failed > 0) throw new Error(`${failed} checks failed`);
}

if (import.meta.url === `file://${process.argv[1]}`) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(String(error));
    process.exitCode = 1;
  });
}
