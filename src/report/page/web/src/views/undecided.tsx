// Why cases are undecided (未定): a red line that awaits a person, or papers and marks that are missing. Must not guess where it is not told.
import type { Office, Undecided as Told } from "../data/types.ts";
import { count } from "../format.ts";
import { useStore } from "../hooks.ts";
import { ruling } from "../red.ts";
import { to } from "../route.ts";
import { listed, say } from "../words.ts";

const NAMED = 8;

type One = { office: Office; told: Told };

/** Names with their counts, each a link to the cases. */
function Names({ all, get, grade }: { all: One[]; get: (told: Told) => number; grade: string }) {
  const store = useStore();
  const some = all.filter(({ told }) => get(told) > 0);
  // Many names would bury the sentence; the ranking has the count of each.
  if (some.length > NAMED) return <>{say(`（${some.length} 个机构）`, ` (${some.length} offices)`)}</>;
  return (
    <>
      {say("（", " (")}
      {some.map(({ office, told }, i) => (
        <span key={office.id}>
          {i > 0 && listed(["", ""])}
          {store.head.blocks[office.id] ? (
            <a href={to(["office", office.id, "cases"], { grade })}>
              {office.name} {count(get(told))}
            </a>
          ) : (
            `${office.name} ${count(get(told))}`
          )}
        </span>
      ))}
      {say("）", ")")}
    </>
  );
}

export function Undecided({ offices }: { offices: Office[] }) {
  const store = useStore();
  const { undecided } = store.head;
  if (!undecided) return null;
  const all = offices.map((office): One => ({ office, told: undecided[office.id] ?? { red_line: 0, other: 0 } }));
  const one = offices.length === 1 ? offices[0] : undefined;
  const sum = (get: (told: Told) => number) => all.reduce((s, { told }) => s + get(told), 0);
  const limits = (told: Told) => told.established ?? 0;
  const [red, other, limited] = [sum((t) => t.red_line), sum((t) => t.other), sum(limits)];
  const n = offices.reduce((s, o) => s + o.undecided, 0);
  // A sum that is not that of the offices explains nothing.
  const isTold = n > 0 && red + other === n;
  const hasList = one ? store.head.blocks[one.id] !== undefined : store.withCases.length > 0 && offices.length === store.head.offices.length;
  const words = say(`${count(n)} 件未定`, `${count(n)} undecided`);
  const rulings = [...store.rubrics.values()].flatMap((r) => r.red_lines.map((line) => ruling(r, line.grade)));
  const [rule = ""] = new Set(rulings).size === 1 ? rulings : [];
  const grades = new Set([...store.rubrics.values()].flatMap((r) => r.red_lines.map((line) => line.grade)));
  const grade = grades.size === 1 ? ([...grades][0] ?? "") : "";
  return (
    <>
      {isTold && (
        <p class="why">
          {hasList ? <a href={to(one ? ["office", one.id, "cases"] : ["cases"], { grade: "未定" })}>{words}</a> : words}
          {say("：", ": ")}
          {red > 0 && (
            <>
              {other > 0
                ? say(`${count(red)} 件只因红线待专人认定`, `${count(red)} only for a red line that awaits a person`)
                : say("均为红线待专人认定", "all for a red line that awaits a person")}
              {!one && <Names all={all} get={(t) => t.red_line} grade="未定" />}
            </>
          )}
          {red > 0 && other > 0 && say("；", "; ")}
          {other > 0 && (
            <>
              {red > 0
                ? say(`${count(other)} 件材料不足或待评`, `${count(other)} for papers or marks outstanding`)
                : say("均为材料不足或待评", "all for papers or marks outstanding")}
              {!one && <Names all={all} get={(t) => t.other} grade="未定" />}
            </>
          )}
        </p>
      )}
      {limited > 0 && (
        <p class="why">
          {say(
            `${count(limited)} 件的红线已认定成立，${rule || "等次受限"}`,
            `${count(limited)} limited by an established red line${rule && `: ${rule}`}`,
          )}
          {!one && <Names all={all} get={limits} grade={grade} />}
        </p>
      )}
    </>
  );
}
