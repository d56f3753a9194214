// Blocks of the page: base64 of raw deflate of JSON. Must not ask the network for anything.
import { inflateSync } from "fflate";

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const all = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i += 1) all[i] = text.charCodeAt(i);
  return all;
}

/** Inflates at once, for the first block, which the first picture waits for. */
export function now(base64: string): unknown {
  return JSON.parse(new TextDecoder().decode(inflateSync(bytes(base64))));
}

/** Inflates beside the drawing where the browser can (not every one of the last four years knows raw deflate), else at once. */
export async function later(base64: string): Promise<unknown> {
  let stream: DecompressionStream;
  try {
    stream = new DecompressionStream("deflate-raw");
  } catch {
    return now(base64);
  }
  return new Response(new Blob([bytes(base64)]).stream().pipeThrough(stream)).json();
}
