// What stands on the edge of every printed sheet. Must not put anything into the style but text as a string of CSS.
import { useEffect } from "preact/hooks";
import { say } from "./words.ts";

/** A text as a string of CSS, with every sign that could end it written as its number. */
function quoted(text: string): string {
  return `"${text.replace(/[^\p{L}\p{N} ·（）()、，。]/gu, (sign) => `\\${(sign.codePointAt(0) ?? 0x20).toString(16)} `)}"`;
}

/** Title, and which sheet of how many; browsers without boxes in the margin print their own. */
export function usePaper(title: string): void {
  useEffect(() => {
    const sheet = document.styleSheets[0];
    if (!sheet) return;
    const foot = `${quoted(`${title} · ${say("第 ", "page ")}`)} counter(page) ${quoted(say(" / ", " of "))} counter(pages) ${quoted(say(" 页", ""))}`;
    const at = sheet.cssRules.length;
    try {
      sheet.insertRule(`@page { @bottom-center { content: ${foot}; font-size: 8.5pt; color: #444c54; } }`, at);
    } catch {
      return;
    }
    return () => sheet.deleteRule(at);
  }, [title]);
}
