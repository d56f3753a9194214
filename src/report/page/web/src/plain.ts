// Texts compared as a clerk types them, and where in a text words stand. Must not change what is shown.

/** Compared without width of brackets and letters, as case numbers are. */
export function plain(text: string): string {
  return text
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[〔【［[（(]/g, "(")
    .replace(/[〕】］\]）)]/g, ")")
    .replace(/\s/g, "");
}

/** The words of a search, each plain: all of them must stand in what is found. */
export function wordsOf(q: string): string[] {
  return [...new Set(q.normalize("NFKC").split(/\s+/).map(plain))].filter(Boolean);
}

/** Where plain words begin and end in a text as it is written, or null. */
export function where(text: string, words: string): [from: number, to: number] | null {
  const first = plain(text).indexOf(words);
  if (first < 0) return null;
  // A character may become none (a space) or several (㎡), so they are counted one by one.
  let [from, at, length] = [-1, 0, 0];
  for (const sign of text) {
    length += plain(sign).length;
    if (from < 0 && length > first) from = at;
    at += sign.length;
    if (length >= first + words.length) break;
  }
  return [Math.max(from, 0), at];
}

export type Excerpt = { before: string; hit: string; after: string };
const [BEFORE, AFTER] = [24, 36];

/** The words and what stands around them; cut text ends in dots. */
export function excerpt(text: string, words: string): Excerpt | null {
  const found = where(text, words);
  if (!found) return null;
  const [before, after] = [[...text.slice(0, found[0])], [...text.slice(found[1])]];
  return {
    before: (before.length > BEFORE ? "……" : "") + before.slice(-BEFORE).join(""),
    hit: text.slice(...found),
    after: after.slice(0, AFTER).join("") + (after.length > AFTER ? "……" : ""),
  };
}
