// The page: its head, its views by fragment, its keys. Must not ask the network for anything, and must not run before its data is there.
import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { listBefore, useArrival, useTitle } from "./arrival.ts";
import { Store } from "./data/store.ts";
import { Data, useRoute, useStore } from "./hooks.ts";
import { keep, kept } from "./kept.ts";
import { usePaper } from "./paper.ts";
import { Empty } from "./parts/pieces.tsx";
import { emptied } from "./parts/seek.tsx";
import { type Route, to } from "./route.ts";
import { Guard, NotWhole } from "./views/broken.tsx";
import { Head } from "./views/frame.tsx";
import { AllCases } from "./views/cases.tsx";
import { CriterionPage, StandardPage } from "./views/criterion.tsx";
import { OfficePage } from "./views/office.tsx";
import { Overview } from "./views/overview.tsx";
import { ProblemsPage } from "./views/problems.tsx";
import { type Lang, language, say, setLang } from "./words.ts";

function NoPage({ title, children }: { title: string; children?: string }) {
  return (
    <>
      <h1 tabIndex={-1}>{title}</h1>
      <Empty>
        {children} <a href={to([])}>{say("回到总览", "To the overview")}</a>
      </Empty>
    </>
  );
}

function View({ path, query }: Route) {
  const { head } = useStore();
  const [first = "", second = null, third = ""] = path;
  // A page of one office begins with it.
  const only = head.offices.length === 1 ? head.offices[0] : undefined;
  switch (first) {
    case "":
      return only ? <OfficePage path={["office", only.id]} query={query} /> : <Overview group={null} />;
    case "group":
      return head.groups.some((g) => g.id === second) ? (
        <Overview group={second} />
      ) : (
        <NoPage title={second ?? ""}>{say("这份报告里没有这个市（组）。", "There is no such city or group in this report.")}</NoPage>
      );
    case "office":
      return <OfficePage path={path} query={query} />;
    case "cases":
      return <AllCases query={query} />;
    case "criterion":
      return <CriterionPage rubric={second ?? ""} criterion={third} office={query.get("office")} />;
    case "standard":
      return <StandardPage id={second} />;
    case "problems":
      return <ProblemsPage />;
    default:
      return <NoPage title={say("没有这一页", "No such page")} />;
  }
}

/** `/` goes to the search; Escape empties it, leaves a field, and then goes up: from a case to the list one came from. */
function useKeys(path: string[]): void {
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      if (event.isComposing) return;
      const target = event.target as HTMLElement;
      const inField = target.matches("input, select, textarea");
      if (event.key === "/" && !inField) {
        event.preventDefault();
        document.querySelector<HTMLInputElement>("#search")?.focus();
      }
      if (event.key !== "Escape") return;
      if (target instanceof HTMLInputElement && target.type === "search" && emptied(target)) event.preventDefault();
      else if (inField) target.blur();
      else if (path[0] === "office" && path[2] === "case") location.hash = listBefore(path[1] ?? "");
      else if (path[0] === "office" && path[2]) location.hash = to(["office", path[1] ?? ""]);
      else if (path.length > 0) location.hash = to([]);
    };
    window.addEventListener("keydown", key);
    return () => window.removeEventListener("keydown", key);
  }, [path.join("/")]);
}

function App() {
  const { head } = useStore();
  const route = useRoute();
  const { path, query } = route;
  const [lang, setShown] = useState<Lang>(language());
  const change = (next: Lang) => {
    setLang(next);
    keep("lang", next);
    setShown(next);
  };
  const fragment = to(path, Object.fromEntries(query));
  const title = `${head.batch.title}${head.final ? "" : say("（草稿）", " (draft)")}`;
  useArrival(route);
  useTitle(title, path.length === 0, `${fragment} ${lang}`);
  usePaper(title);
  useKeys(path);
  return (
    <>
      <svg class="hidden" aria-hidden="true" width="0" height="0">
        <defs>
          <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="6" height="6" />
            <path d="M0 0V6" />
          </pattern>
        </defs>
      </svg>
      <Head path={path} query={query} lang={lang} onLang={change} />
      <main id="main">
        <NotWhole />
        <Guard at={fragment}>
          <View path={path} query={query} />
        </Guard>
      </main>
      <footer>
        <p>
          {head.final ? "" : say("草稿，未定稿。", "A draft, not sealed. ")}
          {say("校验码 ", "Code ")}
          <span class="code">{head.code.slice(0, 16)}…</span>
          {say("；由 ", "; made by ")}
          {head.tool.name} {head.tool.version}
          {head.batch.made_by && say(`；制表单位：${head.batch.made_by}`, `; for ${head.batch.made_by}`)}
        </p>
      </footer>
      {!head.final && (
        <p class="watermark" aria-hidden="true">
          {say("草稿", "DRAFT")}
        </p>
      )}
    </>
  );
}

const root = document.getElementById("app");
if (root) {
  try {
    const store = Store.open();
    setLang(kept("lang") === "en" ? "en" : "zh");
    // What stood here in case the program does not run.
    root.textContent = "";
    render(
      <Data.Provider value={store}>
        <App />
      </Data.Provider>,
      root,
    );
    performance.mark("shown");
  } catch (error) {
    root.textContent = `报告的数据读不出来，文件可能不完整。The data cannot be read; the file may be cut. (${String(error)})`;
    root.className = "broken";
  }
}
