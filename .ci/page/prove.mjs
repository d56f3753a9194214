// Breaks the page in one way after another and asks that the check meant for it fails: `node prove.mjs PAGE.html`.
// Needs the packages of the page's source (npm ci there). Must not leave anything changed.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { CHECKS } from "./checks.mjs";
import { withData } from "./page.mjs";
import { launch } from "./run.mjs";

const WEB = resolve(dirname(fileURLToPath(import.meta.url)), "../../src/report/page/web");

/** The check that must fail, the file to break, what stands there, and what is put in its place. */
const BREAKS = [
  ["drill", "src/data/column.ts", ": code - FIRST;", ": code - FIRST + 1;"],
  ["open", "src/views/overview.tsx", "<strong>{count(office.selected)}</strong>", "<strong>{count(office.rows)}</strong>"],
  ["open", "src/main.tsx", "const root =", 'console.error("x");\nconst root ='],
  ["filter", "src/filter.ts", "tests.every((test) => test(row))", "tests.length > 0"],
  ["filter", "src/filter.ts", "return mine >= 0 && lost(mine);", "return mine >= 0;"],
  ["drill", "src/data/decode.ts", "i < (findings[row + 1] ?? 0)", "i + 1 < (findings[row + 1] ?? 0)"],
  ["drill", "src/views/findings.tsx", "{finding.places.length > 0 && ", "{false && "],
  
  ["drill", "src/views/case.tsx", "target?.focus({ preventScroll: true });", ""],
  ["search", "src/filter.ts", 'plain(text ?? "")', 'text ?? ""'],
  ["words", "src/search.ts", "filled(once(template), once(args))", "once(template)"],
  ["words", "src/search.ts", "found.failed.push(office);", ""],
  ["words", "src/search.ts", '{ ...want, q: "" }', "want"],
  ["words", "src/plain.ts", "at += sign.length;\n", ""],
  ["words", "src/views/hits.tsx", "useState(last)", "useState<State | null>((last = null))"],
  ["injection", "src/views/hits.tsx", "<mark>{excerpt.hit}</mark>", "<mark dangerouslySetInnerHTML={{ __html: excerpt.hit }} />"],
  ["print", "style/print.css", "  .noprint,\n", ""],
  ["print", "src/parts/paper.tsx", "Math.min(count, PRINTED) }", "Math.min(count, 23) }"],
  ["print", "src/hooks.ts", "options.debounceRendering = (draw) => draw();", ""],
  ["print", "style/print.css", "break-inside: avoid;\n    display: table-header-group;", "display: block;"],
  [
    "injection",
    "src/parts/pieces.tsx",
    '<span class="file">{place.file}</span>',
    '<span class="file" dangerouslySetInnerHTML={{ __html: place.file }} />',
  ],
  [
    "injection",
    "src/views/overview.tsx",
    '{main ? main.name : ""}',
    '<span dangerouslySetInnerHTML={{ __html: main ? main.name : "" }} />',
  ],
  ["places", "src/rank.ts", "  meanKey,\n", ""],
  ["places", "src/rank.ts", "return rising.length - from;", "return rising.length - from + 1;"],
  ["undecided", "src/views/undecided.tsx", "sum((t) => t.red_line), sum((t) => t.other)", "sum((t) => t.other), sum((t) => t.red_line)"],
  ["undecided", "src/views/lead.tsx", "rate.n - rate.k_high]", "rate.n - rate.k_low]"],
  ["last", "src/views/lead.tsx", "isLow(place[0])", "isLow(place[1])"],
  ["last", "src/views/lead.tsx", "if (isOpen) return <NotYet ranked={ranked} />;", ""],
  ["order", "src/views/overview.tsx", "if (up) inOrder.reverse();", ""],
  ["order", "src/parts/rows.tsx", "return printing ? ", "return printing && all.length < 0 ? "],
  ["labels", "src/charts/funnel.tsx", "`${one.rate.n} ${one.rate.k_low}`", "`${one.office.id}`"],
  ["labels", "src/charts/labels.ts", "used.filter((u) => meets(u, at)).length * 200", "0"],
  ["heat", "src/grid.ts", "open: most === undefined ? cell[2] : 0", "open: 0"],
  ["heat", "src/views/heat.tsx", 'if (shown === 0 && k > 0) return "<1";', ""],
  ["heat", "src/views/heat.tsx", '? "h4" : dark', "? dark : dark"],
  ["order", "src/views/lost.tsx", "12, true)", "12)"],
  ["labels", "src/charts/funnel.tsx", "same.some((o) => o.open) && !", "!"],
  ["merged", "src/arrival.ts", '(location.hash || "#/")', "location.hash"],
  ["narrow", "style/narrow.css", ".charted .wide:not(.stays)", ".charted .none"],
  ["narrow", "style/heat.css", "var(--columns, 1) * 2.6rem", "0rem"],
  ["narrow", "src/parts/pieces.tsx", "{wide && <Swipe />}\n      <div", "<div"],
  ["policy", "shell.html", "script-src '%SCRIPT-HASH%'", "script-src '%SCRIPT-HASH%' 'unsafe-inline' *"],
  ["policy", "shell.html", "default-src 'none'; ", ""],
  ["keyboard", "src/parts/list.tsx", "ArrowDown: active + 1", "ArrowDown: active"],
  ["keyboard", "style/base.css", "outline: 2px solid var(--focus);", "outline: none;"],
  ["accessible", "style/tokens.css", "--soft: #535f6b", "--soft: #b9c0c7"],
  ["accessible", "src/views/frame.tsx", '<span class="hidden">{say("明暗", "Theme")}</span>', ""],
  ["languages", "src/views/sum.tsx", 'title={say("分数怎么来的", "How the mark comes about")}', 'title="分数怎么来的"'],
  ["redlines", "src/jobs.ts", "if (hasRed) for", "if (!hasRed) for"],
  ["redlines", "src/jobs.ts", ".filter(({ job }) => !isRed(store, job))", ""],
  ["redlines", "src/views/findings.tsx", "isRed(b) - isRed(a) || ", ""],
  ["remedies", "src/views/situation.tsx", "[said(job.fix)])", '[said(job.fix).split(/[。；;]/, 1)[0] ?? ""])'],
  ["remedies", "src/views/situation.tsx", "{said(message)}", ""],
  ["remedies", "src/jobs.ts", 'return act === "verify" && what', 'return act !== "verify" && what'],
  ["unsettled", "src/views/findings.tsx", "if (!isUndecided(finding)) return", "return"],
  ["sure", "src/filter.ts", '&& severity !== "open")', ")"],
  ["words", "src/views/cases.tsx", "const onlyHits = done &&", "const onlyHits = !done &&"],
  ["job", "src/views/jobs.tsx", "job: String(task.at + 1)", "job: String(task.at + 2)"],
  ["sum", "src/total.ts", "return ([0, 1] as const).every((i) =>\n    recorded", "return true || ([0, 1] as const).every((i) =>\n    recorded"],
  ["sum", "src/exact.ts", "made(a.n * b.d + b.n * a.d, a.d * b.d)", "made(a.n * b.d - b.n * a.d, a.d * b.d)"],
  ["public", "src/views/frame.tsx", "{withCases.length > 0 && <Search", "{<Search"],
  ["older", "src/data/inflate.ts", "return now(base64);\n  }\n  return", 'throw new Error("old");\n  }\n  return'],
  ["damaged", "src/data/store.ts", "this.found(...gone.map((o) => o.id));", ""],
  ["damaged", "src/data/store.ts", "        this.found(office);\n", ""],
  ["damaged", "src/views/broken.tsx", "if (this.state.failed === null) ", ""],
  ["damaged", "shell.html", "没有复制完整", ""],
  ["strange", "src/own.ts", "record && Object.prototype.hasOwnProperty.call(record, key) ? record[key] : undefined", "record?.[key]"],
  ["strange", "src/data/keys.ts", "return row < cases.n ? row : -1;", "return Math.min(row, cases.n - 1);"],
  ["twins", "src/data/keys.ts", "own && !mine.rows.has(own) ? own", "own ? own"],
  ["offices", "src/views/cases.tsx", "`${l.office.id}${l.findings", "`${l.findings"],
  ["sure", "src/filter.ts", "r[3] < r[1] || (!sure && ", "r[3] < r[1] || ("],
  ["sure", "src/filter.ts", "isCriterion(i) && isSevere(i)", "isCriterion(i)"],
  ["seek", "src/parts/seek.tsx", "if (!event.isComposing) ", ""],
  ["seek", "src/views/frame.tsx", "...(isThere ? Object.fromEntries(query) : {}), ", ""],
  ["seek", "src/main.tsx", "&& emptied(target)", "&& false"],
  ["back", "src/arrival.ts", "return from ?? to(", "return to("],
  ["back", "src/arrival.ts", '!(path[0] === "office" && path[2] === "case" && path[4])', 'page.split("/").length < 7'],
  ["back", "src/parts/list.tsx", "const isBelow = active >= end && active < count;", "const isBelow = false;"],
  ["narrow", "style/narrow.css", "overflow-x: auto;", ""],
];

const [page, only] = process.argv.slice(2);
const data = page && resolve(page);
if (!data) throw new Error("give a page with cases");
const temp = mkdtempSync(join(tmpdir(), "prove-"));
const browser = await launch();
let missed = 0;
try {
  const copy = join(temp, "web");
  cpSync(WEB, copy, { recursive: true, filter: (path) => !path.includes("node_modules") });
  symlinkSync(join(WEB, "node_modules"), join(copy, "node_modules"));
  for (const [check, name, from, to] of BREAKS) {
    if (only && check !== only) continue;
    const path = join(copy, name);
    const whole = readFileSync(path, "utf8");
    if (!whole.includes(from)) throw new Error(`${name} does not hold ${from}`);
    writeFileSync(
      path,
      whole.replace(from, () => to),
    );
    execFileSync("node", ["build.mjs", join(temp, "broken.html")], { cwd: copy, stdio: ["ignore", "ignore", "inherit"] });
    const file = withData(join(temp, "broken.html"), data, join(temp, "page.html"));
    writeFileSync(path, whole);
    const rank = data.replace(/\.html$/, ".rank.json");
    if (existsSync(rank)) cpSync(rank, join(temp, "page.rank.json"));
    else if (check === "places") continue;
    const failed = await CHECKS[check]({ browser, file, temp }).then(
      () => null,
      (error) => error.message.split("\n")[0],
    );
    for (const page of await browser.pages()) if (page.url() !== "about:blank") await page.close();
    if (failed === null) missed += 1;
    console.log(`${failed === null ? "MISSED" : "caught"}  ${check}: ${name}${failed ? ` (${failed})` : ""}`);
  }
} finally {
  await browser.close();
  rmSync(temp, { recursive: true });
}
if (missed > 0) {
  console.error(`${missed} ways to break the page were not caught`);
  process.exitCode = 1;
}
