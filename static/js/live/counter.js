/** A number that counts, within its words. */

import { h } from "preact";

/** @param {{sentence: string, number: string}} props */
export function Counter({ sentence, number }) {
  const [before, after] = sentence.split("{number}");
  return h("span", { class: "counter" }, before, h("b", null, number), after);
}
