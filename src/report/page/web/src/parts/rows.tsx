// Rows of a table that may be long: some on the screen, all of them on paper, or both ends. Must not leave rows out without saying so.
import type { ComponentChildren } from "preact";
import { usePrinting, useRoute } from "../hooks.ts";
import { replace, to } from "../route.ts";
import { say } from "../words.ts";
import { useSome } from "./pieces.tsx";

/** So many are printed in full; of more, the first and the last. */
const PAPER = 50;
const ENDS = 10;

/** What is printed of a long list. */
export function printed<T>(all: T[]): T[] {
  return all.length <= PAPER ? all : [...all.slice(0, ENDS), ...all.slice(-ENDS)];
}

export function PrintedNote({ n }: { n: number }) {
  if (n <= PAPER) return null;
  return (
    <p class="note onpaper">
      {say(`共 ${n} 个机构，只印前 ${ENDS} 个与后 ${ENDS} 个。`, `The first ${ENDS} and the last ${ENDS} of ${n} offices.`)}
    </p>
  );
}

export function useRows<T>(all: T[], first: number): { shown: T[]; more: ComponentChildren } {
  const printing = usePrinting();
  const some = useSome(all, first);
  return printing ? { shown: printed(all), more: <PrintedNote n={all.length} /> } : some;
}

/** Whether offices are asked for from the lowest on: it stands in the fragment. */
export function useUpwards(): boolean {
  return useRoute().query.get("order") === "up";
}

/** Turns the order of all tables of offices. */
export function OrderSwitch({ n }: { n: number }) {
  const { path, query } = useRoute();
  if (n < 4) return null;
  const up = query.get("order") === "up";
  const turn = () => replace(to(path, { ...Object.fromEntries(query), order: up ? null : "up" }));
  return (
    <p class="order noprint">
      <button type="button" onClick={turn}>
        {up ? say("改为从高到低", "Best first") : say("改为从低到高", "Lowest first")}
      </button>
    </p>
  );
}
