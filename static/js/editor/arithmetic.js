/** The arithmetic of layers with a window: how large what leaves is, and how many numbers are learned. Pure. */

import { sizeOf, slidOver } from "../api/shapes.js";

/** @typedef {import("../api/shapes.js").Shape} Shape */
/** A piece of a formula; `letter` names what stands there. @typedef {{text: string, letter?: string}} Piece */
/** One line: the rule in letters, the same with numbers, and what it gives.
 * @typedef {{rule: Piece[], numbers: Piece[], result: number}} Line */
/** A letter of the formulas: the field of the layer that it stands for, or what else it is.
 * @typedef {{letter: string, value: number, field: string | null}} Letter */

const SLIDE = "⌊(n + 2·p − d·(k − 1) − 1) / s⌋ + 1";
const STAMP = "(n − 1)·s − 2·p + d·(k − 1) + o + 1";
const FIELDS = /** @type {Record<string, string>} */ ({
  k: "kernel",
  s: "stride",
  p: "padding",
  d: "dilation",
  o: "output_padding",
  groups: "groups",
  out: "filters",
});

/** How large each side becomes; one line where height and width are the same. Empty for a layer without a window.
 * @param {Record<string, any>} layer with all its settings @param {Shape | null} takes
 * @returns {{lines: Line[], letters: Letter[]}} */
export function sizesOf(layer, takes) {
  const sides = slidOver(takes);
  if (sides.length === 0 || typeof layer.kernel !== "number" || typeof layer.stride !== "number") return NOTHING;
  const { kernel: k, stride: s, padding: p = 0, dilation: d = 1, output_padding: o = 0 } = layer;
  const stamp = "output_padding" in layer;
  const rule = shortened(stamp ? STAMP : SLIDE, layer);
  const lines = [...new Set(sides)].map((n) => {
    const result = stamp
      ? (n - 1) * s - 2 * p + d * (k - 1) + o + 1
      : Math.floor((n + 2 * p - d * (k - 1) - 1) / s) + 1;
    const numbers = { n, k, s, p, d, o };
    return { rule: pieces(rule), numbers: pieces(rule, numbers), result };
  });
  return { lines, letters: lettersIn(rule, { n: sides[0], k, s, p, d, o }) };
}

/** How many weights and biases a convolution learns; null for a layer without filters.
 * @param {Record<string, any>} layer with all its settings @param {Shape | null} takes
 * @returns {{lines: Line[], letters: Letter[]}} */
export function learnedOf(layer, takes) {
  const sides = slidOver(takes).length;
  const { filters: out, kernel: k, groups = 1, bias = false } = layer;
  if (!takes || sides === 0 || typeof out !== "number" || typeof k !== "number") return NOTHING;
  const window = Array.from({ length: sides }, () => "k").join("·");
  const rule = `${window}·in${groups === 1 ? "" : "/groups"}·out${bias ? " + out" : ""}`;
  const arriving = /** @type {number} */ (sizeOf(takes, "channels"));
  const values = { k, in: arriving, groups, out };
  const result = (k ** sides * arriving * out) / groups + (bias ? out : 0);
  const line = { rule: pieces(rule), numbers: pieces(rule, values), result };
  return { lines: [line], letters: lettersIn(rule, values) };
}

/** @type {{lines: Line[], letters: Letter[]}} */
const NOTHING = { lines: [], letters: [] };

/** A rule without the letters that a layer has no field for.
 * @param {string} rule @param {Record<string, any>} layer */
function shortened(rule, layer) {
  return "dilation" in layer ? rule : rule.replace("d·(k − 1) − 1", "k").replace("d·(k − 1) + o + 1", "k + o");
}

/** @param {string} rule @param {Record<string, number>} [values] in the place of the letters @returns {Piece[]} */
function pieces(rule, values) {
  return rule.split(/(\b(?:in|out|groups|[a-z])\b)/).flatMap((text) => {
    if (text === "") return [];
    if (!/^[a-z]+$/.test(text)) return [{ text }];
    return [{ text: values ? String(values[text]) : text, letter: text }];
  });
}

/** @param {string} rule @param {Record<string, number>} values @returns {Letter[]} */
function lettersIn(rule, values) {
  const letters = pieces(rule).flatMap(({ letter }) => (letter ? [letter] : []));
  return [...new Set(letters)].map((letter) => ({ letter, value: values[letter], field: FIELDS[letter] ?? null }));
}
