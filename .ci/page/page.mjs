// A page as a file: its data blocks taken out, changed and put back. Must not know what is tested.
import { readFileSync, writeFileSync } from "node:fs";
import { deflateRawSync, inflateRawSync } from "node:zlib";

const BLOCK = /(<script type="application\/x-juanping" id="([a-z]+\d*)">)([^<]*)(<\/script>)/g;

/** Every data block of a page by its id. */
export function blocks(path) {
  const found = new Map();
  for (const [, , id, base64] of readFileSync(path, "utf8").matchAll(BLOCK))
    found.set(id, JSON.parse(inflateRawSync(Buffer.from(base64, "base64"))));
  return found;
}

/** A copy of a page with its data changed; a block for which nothing is given back is left out. */
export function changed(from, to, change) {
  const html = readFileSync(from, "utf8").replace(BLOCK, (_, open, id, base64, close) => {
    const data = change(id, JSON.parse(inflateRawSync(Buffer.from(base64, "base64"))));
    return data === undefined ? "" : open + deflateRawSync(Buffer.from(JSON.stringify(data))).toString("base64") + close;
  });
  writeFileSync(to, html);
  return to;
}

/** A copy of a page with the data of another and its own program and style. */
export function withData(program, data, to) {
  const all = readFileSync(data, "utf8");
  const taken = [...all.matchAll(BLOCK)].map((m) => m[0]);
  const html = readFileSync(program, "utf8");
  const [head, ...rest] = taken;
  writeFileSync(
    to,
    html.replace("<!--juanping:head-->", () => head).replace("<!--juanping:offices-->", () => rest.join("\n")),
  );
  return to;
}

/** Every text in data, replaced by what `one` gives for it. */
export function texts(value, one) {
  if (typeof value === "string") return one(value);
  if (Array.isArray(value)) return value.map((v) => texts(v, one));
  if (value && typeof value === "object") return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, texts(v, one)]));
  return value;
}
