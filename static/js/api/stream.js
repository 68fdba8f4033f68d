/** Events that a server sends in answer to a POST, one after another. */

import { postForBody } from "./client.js";

/**
 * @param {string} path
 * @param {unknown} body
 * @param {AbortSignal} signal hangs up
 * @returns {AsyncGenerator<{event: string, data: any}>}
 */
export async function* postForEvents(path, body, signal) {
  const stream = await postForBody(path, body, { signal });
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    text += value;
    const blocks = text.split("\n\n");
    text = blocks.pop() ?? "";
    for (const block of blocks) yield eventOf(block);
  }
}

/** @param {string} block @returns {{event: string, data: any}} */
export function eventOf(block) {
  const lines = block.split("\n");
  /** @param {string} name */
  const of = (name) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? "";
  return { event: of("event"), data: JSON.parse(of("data")) };
}
