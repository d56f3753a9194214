import { launch } from "./run.mjs";
import { readFileSync } from "node:fs";
import { blocks } from "./page.mjs";
const axe=readFileSync("node_modules/axe-core/axe.min.js","utf8");
const f="/tmp/w2/demo12.html"; const h=blocks(f).get("head"); const o=h.offices[0];
const b=await launch();
for (const w of [320,1280]) for (const hash of ["#/",`#/office/${o.id}`,`#/office/${o.id}/cases`,"#/cases?q=送达 超期","#/cases",`#/office/${o.id}/case/~2`,`#/office/${o.id}/todo`,"#/standard","#/problems",`#/criterion/${h.rubrics[0].id}/F01`]) {
 const p=await b.newPage(); p.on("pageerror",e=>console.log("ERR",String(e))); await p.setViewport({width:w,height:700}); await p.goto("file://"+f+encodeURI(hash)); await p.waitForSelector("main h1"); await new Promise(r=>setTimeout(r,700));
 await p.evaluate(axe); const {violations}=await p.evaluate(()=>window.axe.run(document,{resultTypes:["violations"]}));
 const wide=await p.evaluate(()=>document.documentElement.scrollWidth);
 const over=wide>w?await p.evaluate((w)=>[...document.querySelectorAll("body *")].filter(e=>e.getBoundingClientRect().right>w+1&&!e.closest(".section,.scroll")).slice(0,5).map(e=>e.tagName+"."+e.className+" "+Math.round(e.getBoundingClientRect().right)),w):[];
 console.log(w,hash,"width",wide,over.join(" | "),violations.map(v=>`${v.impact} ${v.id}: ${v.nodes.slice(0,2).map(n=>n.target).join(" ")} (${v.nodes.length})`).join(" ;; "));
 if(w==320) await p.screenshot({path:`/tmp/w2/n-${encodeURIComponent(hash).replace(/%/g,"").slice(-14)}.png`});
 await p.close(); }
await b.close();
