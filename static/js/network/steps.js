/** The steps that lead to a number, where a layer takes several: each as a formula, with its number where it has one. Pure. */

import { numberAt } from "../live/frameFormat.js";

/** One step, as app/parts/layers/step_rule.py says it; what stands there by default is left out.
 * @typedef {{name: string, makes: string, of: string[], width: number, weights?: string[], biases?: string[], heads?: number,
 *   causal?: boolean, backwards?: boolean, then?: "tanh" | "sigmoid" | "relu" | "gelu" | "silu", alibi?: boolean}} Step */
/** @typedef {{name: string, formula: string, value: number | null}} StepRow */
/** @typedef {import("../live/frameFormat.js").Frame} Frame */

const ARRIVING = "x";
const BENDS = { tanh: "tanh", sigmoid: "σ", relu: "ReLU", gelu: "GELU", silu: "SiLU" };
const LETTERS = [
  ["W", "b"],
  ["U", "c"],
];
const FORMULAS = /** @type {Record<string, (step: Step) => string>} */ ({
  dot: ({ of, biases = [] }) =>
    of.map((name, at) => `${LETTERS[at][0]}·${name}${biases[at] ? ` + ${LETTERS[at][1]}` : ""}`).join(" + "),
  add: ({ of }) => of.join(" + "),
  largest: ({ of }) => `max(${of.join(", ")})`,
  end: ({ name, of, backwards }) => (name.includes("[") ? "" : `${of[0]}[${backwards ? "first" : "last"}]`),
  mean: ({ of }) => `Σ ${of[0]}[t] / n`,
  peak: ({ of }) => `max ${of[0]}[t]`,
  share: ({ of }) => `e^${of[0]} / Σ e^${of[0]}`,
  look_up: ({ of }) => `E[${of[0]}]`,
  led: ({ of }) => `c | ${of[0]}[t − 1]`,
  place_row: () => "P[t]",
  place_waves: () => "sin(t·ω), cos(t·ω)",
  time_waves: ({ of }) => `sin(ω·${of[0]}), cos(ω·${of[0]})`,
  products: ({ of }) => pairs(of).map((pair) => pair.join("·")).join(" + "), // prettier-ignore
  rest: ({ of }) => `1 − ${of[0]}`,
  counted: ({ of }) => of[0],
  concat: ({ of }) => of.join(" | "),
  norm: ({ of, weights = [] }) => learned(`(${of[0]} − μ) / √(σ² + ε)`, weights.length > 0, " + β"),
  rms: ({ of, weights = [] }) => learned(`${of[0]} / √(mean(${of[0]}²) + ε)`, weights.length > 0, ""),
  turn: ({ of }) => `R(t)·${of[0]}`,
  attend: ({ of: [query, key, value], alibi }) =>
    `softmax(${query}·${key} / √d${alibi ? " − m·|t − s|" : ""})·${value}`,
});

/** @param {string} normed @param {boolean} scaled @param {string} shift */
const learned = (normed, scaled, shift) => (scaled ? `γ·${normed}${shift}` : normed);

/** What a step makes, in symbols; empty where its name says it.
 * @param {Step} step @returns {string} */
function formulaOf(step) {
  const made = FORMULAS[step.makes]?.(step) ?? "";
  return step.then ? `${BENDS[step.then]}(${made})` : made;
}

/** The steps behind what leaves, in their order; `numbers` are known by the names of their steps.
 * @param {Step[]} steps @param {Map<string, number>} numbers @returns {StepRow[]} */
export function stepRows(steps, numbers) {
  const behind = reachedFrom(/** @type {Step} */ (steps.at(-1)), steps, numbers);
  const arriving = numbers.has(ARRIVING) ? [{ name: ARRIVING, formula: "", value: numbers.get(ARRIVING) ?? null }] : [];
  const rows = steps.filter(({ name }) => behind.has(name));
  return [
    ...arriving,
    ...rows.map((step) => ({ name: step.name, formula: formulaOf(step), value: numbers.get(step.name) ?? null })),
  ];
}

/** The numbers of the steps behind one unit for one sample, as the frame of answers has them.
 * @param {Frame | undefined} frame @param {string} path @param {number} unit @param {number} sample
 * @returns {Map<string, number>} */
export function numbersAt(frame, path, unit, sample) {
  const row = rowOf(frame, path, unit);
  const array = frame?.arrays[`steps:${path}`];
  if (!frame || !array || row < 0 || sample >= array.shape[0]) return new Map();
  const [, shown, most] = array.shape;
  const start = (sample * shown + row) * most;
  return new Map(namesOf(frame, path, row).map((name, at) => [name, array.data[start + at]]));
}

/** The same at one place of a channel, as the frame of feature maps has them; what arrives there and what leaves have maps
 * of their own, of which the caller knows these numbers.
 * @param {Frame | undefined} frame @param {string} path @param {number} unit @param {number} sample
 * @param {{row: number, column: number}} pixel @param {{arriving: number | null, leaving: number | null}} known
 * @returns {Map<string, number>} */
export function numbersIn(frame, path, unit, sample, { row: down, column }, { arriving, leaving }) {
  const row = rowOf(frame, path, unit);
  const names = frame && row >= 0 ? namesOf(frame, path, row) : [];
  const found = /** @type {Map<string, number>} */ (new Map());
  names.forEach((name, at) => {
    const array = frame?.arrays[`step:${at}:${path}`];
    const place = array?.shape.length === 4 ? [sample, row, down, column] : [sample, row, column];
    if (array && sample < array.shape[0]) found.set(name, numberAt(array, place));
    else if (name === ARRIVING && arriving !== null) found.set(name, arriving);
    else if (at === names.length - 1 && leaving !== null) found.set(name, leaving);
  });
  return found;
}

/** @param {Frame} frame @param {string} path @param {number} row @returns {string[]} */
const namesOf = (frame, path, row) => frame.about.steps?.[path]?.[row] ?? [];

/** @param {Frame | undefined} frame @param {string} path @param {number} unit @returns {number} */
function rowOf(frame, path, unit) {
  const car = frame?.about.cars?.find((/** @type {any} */ entry) => entry.path === path);
  return car?.shown.indexOf(unit) ?? -1;
}

/** The names of all steps on the way to one; of two that stand side by side only that which has the number.
 * @param {Step} last @param {Step[]} steps @param {Map<string, number>} numbers @returns {Set<string>} */
function reachedFrom(last, steps, numbers) {
  const byName = new Map(steps.map((step) => [step.name, step]));
  const found = new Set([last.name]);
  const waiting = [last];
  for (let step = waiting.pop(); step; step = waiting.pop()) {
    const chosen = step.makes === "concat" && numbers.size > 0 ? step.of.filter((name) => numbers.has(name)) : step.of;
    for (const name of chosen) {
      const next = byName.get(name);
      if (next && !found.has(name)) {
        found.add(name);
        waiting.push(next);
      }
    }
  }
  return found;
}

/** @param {string[]} names @returns {string[][]} */
const pairs = (names) => names.flatMap((name, at) => (at % 2 === 0 ? [[name, names[at + 1]]] : []));
