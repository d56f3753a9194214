// The page: its head, its views by fragment, its keys. Must not ask the network for anything, and must not run before its data is there.
import { render } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { Store } from "./data/store.ts";
import { Data, useRoute, useStore } from "./hooks.ts";
import { Empty } from "./parts/pieces.tsx";
import { to } from "./route.ts";
import { Head } from "./views/frame.tsx";
import { AllCases } from "./views/cases.tsx";
import { CriterionPage, StandardPage } from "./views/criterion.tsx";
import { OfficePage } from "./views/office.tsx";
import { Overview } from "./views/overview.tsx";
import { ProblemsPage } from "./views/problems.tsx";
import { type Lang, language, say, setLang } from "./words.ts";

function View({ path, query }: { path: string[]; query: URLSearchParams }) {
  const { head } = useStore();
  const [first = "", second = null, third = ""] = path;
  // A page of one office begins with it.
  const only = head.offices.length === 1 ? head.offices[0] : undefined;
  switch (first) {
    case "":
      return only ? <OfficePage path={["office", only.id]} query={query} /> : <Overview group={null} />;
    case "group":
      return <Overview group={second} />;
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
      return (
        <>
          <h1 tabIndex={-1}>{say("没有这一页", "No such page")}</h1>
          <Empty>
            <a href={to([])}>{say("回到总览", "To the overview")}</a>
          </Empty>
        </>
      );
  }
}

/** Where each page was scrolled to, for the way back. */
const scrolled = new Map<string, number>();

/** A link that was followed begins at the top, with the heading in focus, but at the finding that it names; the way back ends where it began. */
function useArrival(path: string[]): void {
  const page = `#/${path.join("/")}`;
  const followed = useRef(false);
  const before = useRef(page);
  useEffect(() => {
    const click = (event: MouseEvent) => {
      if ((event.target as Element | null)?.closest("a[href^='#']")) followed.current = true;
    };
    const scroll = () => scrolled.set(before.current, window.scrollY);
    document.addEventListener("click", click, true);
    window.addEventListener("scroll", scroll, { passive: true });
    return () => {
      document.removeEventListener("click", click, true);
      window.removeEventListener("scroll", scroll);
    };
  }, []);
  useLayoutEffect(() => {
    if (before.current === page) return;
    before.current = page;
    if (!(path[2] === "case" && path[4])) {
      window.scrollTo(0, followed.current ? 0 : (scrolled.get(page) ?? 0));
      document.querySelector<HTMLElement>("main h1")?.focus({ preventScroll: true });
    }
    followed.current = false;
  }, [page]);
}

function App() {
  const { head } = useStore();
  const { path, query } = useRoute();
  const [lang, setShown] = useState<Lang>(language());
  const change = (next: Lang) => {
    setLang(next);
    setShown(next);
  };
  useArrival(path);
  useEffect(() => {
    document.title = `${head.batch.title}${head.final ? "" : say("（草稿）", " (draft)")}`;
  }, [lang]);
  useEffect(() => {
    const key = (event: KeyboardEvent) => {
      const inField = (event.target as Element).matches("input, select, textarea");
      if (event.key === "/" && !inField) {
        event.preventDefault();
        document.querySelector<HTMLInputElement>("#search")?.focus();
      }
      if (event.key === "Escape") {
        if (inField) (event.target as HTMLElement).blur();
        else if (path[0] === "office" && path[2] === "case") location.hash = to(["office", path[1] ?? "", "cases"]);
        else if (path[0] === "office" && path[2]) location.hash = to(["office", path[1] ?? ""]);
        else if (path.length > 0) location.hash = to([]);
      }
    };
    window.addEventListener("keydown", key);
    return () => window.removeEventListener("keydown", key);
  }, [path.join("/")]);
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
      <Head path={path} lang={lang} onLang={change} />
      <main id="main">
        <View key={lang} path={path} query={query} />
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
    </>
  );
}

const root = document.getElementById("app");
if (root) {
  try {
    const store = Store.open();
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
