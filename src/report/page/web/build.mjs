// Bundles src/ and style/ into the one product ../page.html. Must not put anything into it that changes from run to run.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const target = ["es2021", "chrome107", "edge107", "firefox107"];
const common = { bundle: true, write: false, minify: true, charset: "utf8", legalComments: "none", target };

const script = await build({ ...common, entryPoints: ["src/main.tsx"], format: "iife", jsx: "automatic", jsxImportSource: "preact" });
const style = await build({ ...common, entryPoints: ["style/main.css"] });

// A closing tag inside a string would end the element.
const js = script.outputFiles[0].text.trim().replaceAll("</script", "<\\/script").replaceAll("<!--", "<\\!--");
const css = style.outputFiles[0].text.trim();
const hash = (text) => `sha256-${createHash("sha256").update(text).digest("base64")}`;

const parts = { "%SCRIPT-HASH%": hash(js), "%STYLE-HASH%": hash(css), "%STYLE%": css, "%SCRIPT%": js };
const shell = readFileSync("shell.html", "utf8");
const page = shell.replace(/%(SCRIPT-HASH|STYLE-HASH|STYLE|SCRIPT)%/g, (mark) => parts[mark]);
const target_file = process.argv[2] ?? "../page.html";
writeFileSync(target_file, page);
console.log(`${target_file}: ${page.length} characters, script ${js.length}, style ${css.length}`);
