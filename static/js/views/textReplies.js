/** Texts that a network writes: token by token, looked for with beams, or translated. */

import { h } from "preact";
import { Alignment } from "./alignment.js";
import { Beams, grown } from "./beams.js";

/** @param {{beginning: string, parts: {text: string}[]}} props */
export function Text({ beginning, parts }) {
  return h("pre", { class: "reply", tabIndex: 0 }, h("b", null, beginning), parts.map(({ text }) => text).join(""));
}

/** A text that is looked for with beams: the best so far, and those beside it.
 * @param {{beginning: string, parts: {beams?: import("./beams.js").Told[]}[]}} props */
export function Searched({ beginning, parts }) {
  const beams = grown(parts);
  return h(
    "figure",
    { class: "reply" },
    h(Text, { beginning, parts: beams[0].tokens.map((text) => ({ text })) }),
    h(Beams, { beams }),
  );
}

/** A translation as far as it is written, and where was looked for each token.
 * @param {{parts: {source?: string[], text?: string, looked?: number[], beams?: import("./beams.js").Told[]}[]}} props */
export function Translated({ parts }) {
  const beams = grown(parts);
  const chosen = parts.flatMap(({ text, looked = [] }) => (text === undefined ? [] : [{ text, looked }]));
  const written = beams[0]?.tokens ?? chosen.map(({ text }) => text);
  const shares = beams[0]?.looked ?? chosen.map(({ looked }) => looked);
  return h(
    "figure",
    { class: "reply" },
    h("pre", { class: "reply" }, written.join("") || "…"),
    h(Beams, { beams }),
    h(Alignment, { source: parts[0].source ?? [], written: written.map((token) => token.trim()), shares }),
  );
}
