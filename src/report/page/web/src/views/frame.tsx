// The head of every page: title, standing of the standard, ways to go, search, language, light and dark. Must not hide that a result is a draft.
import { useEffect, useState } from "preact/hooks";
import { useStore } from "../hooks.ts";
import { follow, keep, kept } from "../kept.ts";
import { Seek } from "../parts/seek.tsx";
import { replace, type Route, to } from "../route.ts";
import { type Lang, say } from "../words.ts";
import { isNote } from "./problems.tsx";

type Theme = "auto" | "light" | "dark";
const dark = window.matchMedia("(prefers-color-scheme: dark)");
const THEMES: Theme[] = ["auto", "light", "dark"];
let theme: Theme = THEMES.find((t) => t === kept("theme")) ?? "auto";

function paint(): void {
  document.documentElement.dataset["theme"] = theme === "auto" ? (dark.matches ? "dark" : "light") : theme;
}
dark.addEventListener("change", paint);
paint();

function Themes() {
  const [shown, setShown] = useState(theme);
  const names: Record<Theme, string> = { auto: say("随系统", "auto"), light: say("浅色", "light"), dark: say("深色", "dark") };
  return (
    <label class="choice">
      <span class="hidden">{say("明暗", "Theme")}</span>
      <select
        value={shown}
        onChange={(e) => {
          theme = e.currentTarget.value as Theme;
          keep("theme", theme);
          paint();
          setShown(theme);
        }}
      >
        {THEMES.map((t) => (
          <option key={t} value={t}>
            {names[t]}
          </option>
        ))}
      </select>
    </label>
  );
}

/** Searches all cases; on their page it changes the words only, and keeps the other filters. */
function Search({ path, query }: Route) {
  const isThere = path[0] === "cases";
  const [typed, setTyped] = useState("");
  const q = isThere ? (query.get("q") ?? "") : typed;
  useEffect(() => setTyped(""), [path.join("/")]);
  const go = (words: string) => to(["cases"], { ...(isThere ? Object.fromEntries(query) : {}), q: words });
  return (
    <form
      role="search"
      aria-label={say("全部案件", "All cases")}
      onSubmit={(e) => {
        e.preventDefault();
        if (!isThere) follow(go(q));
      }}
    >
      <label>
        <span class="hidden">{say("查找案件、机构、指标、问题", "Find cases, offices, criteria, findings")}</span>
        <Seek
          id="search"
          value={q}
          placeholder={
            isThere
              ? say("查找案件、机构、指标、问题", "Find cases, findings …")
              : say("查找案件、机构、指标、问题，按回车", "Find, then press Enter")
          }
          onValue={(words) => (isThere ? replace(go(words)) : setTyped(words))}
        />
      </label>
    </form>
  );
}

/** Problems that ask for something, and those that only tell. */
function problemsName(problems: { advice: { zh: string } }[]): string {
  const notes = problems.filter(isNote).length;
  const n = problems.length - notes;
  if (notes === 0) return say(`数据问题 ${n}`, `Problems ${n}`);
  return say(`数据问题 ${n}（另 ${notes} 条提示）`, `Problems ${n} (and ${notes} ${notes === 1 ? "note" : "notes"})`);
}

export function Head({ path, query, lang, onLang }: Route & { lang: Lang; onLang: (lang: Lang) => void }) {
  const { head, withCases } = useStore();
  const { batch } = head;
  const ways: [string, string][] = [
    ["", say("总览", "Overview")],
    ...(withCases.length ? ([["cases", say("案件", "Cases")]] as [string, string][]) : []),
    ["standard", say("评估标准", "Standards")],
    ...(head.problems ? ([["problems", problemsName(head.problems)]] as [string, string][]) : []),
  ];
  const here = path[0] === "group" || path[0] === "office" ? "" : path[0] === "criterion" ? "standard" : (path[0] ?? "");
  const standing = batch.adopted
    ? say(
        `${batch.adopted.body}采用（${batch.adopted.document_no}），${batch.adopted.confirmed_by} ${batch.adopted.date} 确认`,
        `adopted by ${batch.adopted.body} (${batch.adopted.document_no})`,
      )
    : say("参考样式，非官方标准", "sample standard, not official");
  const stage = head.sealed ? say(`${head.sealed.stage}（${head.sealed.on} 封存）`, `${head.sealed.stage} (sealed ${head.sealed.on})`) : batch.stage;
  const audience = { internal: say("内部使用", "internal"), feedback: say("反馈本单位", "feedback"), public: say("公开", "public") }[
    head.audience
  ];
  return (
    <header>
      <a
        class="skip"
        href="#main"
        onClick={(e) => {
          e.preventDefault();
          document.querySelector<HTMLElement>("main h1")?.focus();
        }}
      >
        {say("跳到正文", "Skip to content")}
      </a>
      <div class="title">
        <p class="name">
          <a href={to([])}>{batch.title}</a>
        </p>
        <ul class="marks">
          {stage && <li>{stage}</li>}
          {!head.final && <li class="draft">{say("草稿", "draft")}</li>}
          <li class={batch.adopted ? "" : "sample"}>{standing}</li>
          <li>{audience}</li>
        </ul>
      </div>
      <div class="ways noprint">
        <nav aria-label={say("主导航", "Main")}>
          {ways.map(([way, name]) => (
            <a key={way} href={to(way ? [way] : [])} aria-current={way === here ? "page" : undefined}>
              {name}
            </a>
          ))}
        </nav>
        <div class="tools">
          {withCases.length > 0 && <Search path={path} query={query} />}
          <button type="button" class="choice" lang={lang === "zh" ? "en" : "zh-CN"} onClick={() => onLang(lang === "zh" ? "en" : "zh")}>
            {lang === "zh" ? "English" : "中文"}
          </button>
          <Themes />
        </div>
      </div>
    </header>
  );
}
