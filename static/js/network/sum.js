/** Where one neuron's answer comes from: the terms of its sum, with the numbers of one sample. Pure. */

import { sizesOf } from "../api/shapes.js";
import { INPUT } from "../views/paths.js";
import { copiedFrom } from "./provenance.js";
import { numbersAt, stepRows } from "./steps.js";
import { answersOf } from "./tiles.js";
import { weightAt, weightsOf } from "./weights.js";

/** @typedef {{source: number, weight: number, input: number, product: number}} Term */
/**
 * `terms` is null for a car without weights of its own; one that copies numbers says from where (`from`), one that adds what comes in has `parts` instead: which column
 * gives what; one that takes several steps has `steps`. `curve` is x then y of the first activation, if it has one.
 * @typedef {{terms: Term[] | null, from?: number[], parts?: {column: number, value: number}[], steps?: import("./steps.js").StepRow[], inputs: number, bias: number | null, z: number, a: number,
 *   curve: {x: ArrayLike<number>, y: ArrayLike<number>} | null}} Sum
 */

/** @param {import("../views/newestFrames.js").Frames} frames @param {import("./layout.js").Layout} layout
 * @param {import("./wires.js").Neuron} place @param {number} sample @returns {Sum | null} */
export function sumOf(frames, layout, place, sample) {
  const column = layout.columns[place.column];
  const { path, layers, rule } = column.car;
  const a = answersOf(frames, path, place.unit)?.[sample];
  if (a === undefined) return null;
  if (column.car.role === "container" && column.car.join === "add") return addedSum(frames, layout, place, sample, a);
  if (rule?.steps) return steppedSum(frames, column.car, place.unit, sample, a);
  const weights = weightsOf(frames.weights, path);
  const row = weights?.rows.get(place.unit);
  const inputs =
    weights && row !== undefined ? inputsOf(frames, layout, column.feeds[0], sample, weights.inputs) : null;
  if (!weights || row === undefined || !inputs) {
    const from = rule && copiedFrom(rule, sizesOf(column.car.takes), sizesOf(column.car.shape), [place.unit]);
    return { terms: null, ...(from && { from }), inputs: 0, bias: null, z: a, a, curve: null };
  }
  const terms = Array.from(inputs, (input, source) => {
    const weight = weightAt(weights, source, place.unit);
    return { source, weight, input, product: weight * input };
  });
  const bias = weights.biases ? weights.biases[row] : null;
  const curve = curveOf(frames, layers[1]?.path);
  const z = terms.reduce((sum, term) => sum + term.product, bias ?? 0);
  // frames come one by one: where the weights are newer than the answers, the answer follows from the sum
  const together = frames.weights?.step === frames.answers?.step;
  const answer = together ? a : layers.length === 1 ? z : curve ? interpolated(curve.x, curve.y, z) : a;
  return { terms, inputs: weights.inputs, bias, z, a: answer, curve };
}

/** What leaves the last of several steps.
 * @param {import("../views/newestFrames.js").Frames} frames @param {import("./cars.js").Car} car @param {number} unit
 * @param {number} sample @param {number} a @returns {Sum} */
function steppedSum(frames, { path, layers, rule }, unit, sample, a) {
  const steps = stepRows(rule?.steps ?? [], numbersAt(frames.answers, path, unit, sample));
  const last = /** @type {import("./steps.js").StepRow} */ (steps.at(-1));
  const z = last.value ?? a;
  if (layers.length === 1) last.value = a; // it is known even where the numbers on the way to it are not
  return { terms: null, steps, inputs: 0, bias: null, z, a, curve: curveOf(frames, layers[1]?.path) };
}

/** The answer of a block that adds: what its tracks make of its input, and that input where it goes around them.
 * @param {import("../views/newestFrames.js").Frames} frames @param {import("./layout.js").Layout} layout
 * @param {import("./wires.js").Neuron} place @param {number} sample @param {number} a @returns {Sum} */
function addedSum(frames, layout, place, sample, a) {
  const whole = { terms: null, inputs: 0, bias: null, z: a, a, curve: null };
  const { car, feeds } = layout.columns[place.column];
  const open = layout.frames.some((frame) => frame.key === car.path);
  if (!open || feeds.length < 2) return whole;
  const parts = feeds.map((column) => {
    const value = answersOf(frames, layout.columns[column].car.path, place.unit)?.[sample];
    return { column, value: value ?? Number.NaN };
  });
  if (parts.some((part) => Number.isNaN(part.value))) return whole;
  const { layers } = car;
  const z = parts.reduce((found, part) => found + part.value, 0);
  return { ...whole, parts, z, curve: curveOf(frames, layers[1]?.path) };
}

/** What arrives at a column: the whole answer of column `index`, which feeds it.
 * @param {import("../views/newestFrames.js").Frames} frames @param {import("./layout.js").Layout} layout @param {number} index
 * @param {number} sample @param {number} count how many there must be @returns {ArrayLike<number> | null} */
function inputsOf(frames, layout, index, sample, count) {
  const { path } = layout.columns[index].car;
  const array = frames.answers?.arrays[path === INPUT ? "inputs" : `after:${path}`];
  if (!array || array.shape[1] !== count) return null;
  return array.data.subarray(sample * count, (sample + 1) * count);
}

/** @param {ArrayLike<number>} xs ascending @param {ArrayLike<number>} ys @param {number} x @returns {number} */
export function interpolated(xs, ys, x) {
  const kept = Math.min(xs[xs.length - 1], Math.max(xs[0], x));
  let right = 1;
  while (right < xs.length - 1 && xs[right] < kept) right++;
  const part = (kept - xs[right - 1]) / (xs[right] - xs[right - 1]);
  return ys[right - 1] + (ys[right] - ys[right - 1]) * part;
}

/** @param {import("../views/newestFrames.js").Frames} frames @param {string | undefined} path */
function curveOf(frames, path) {
  const array = path ? frames.answers?.arrays[`curve:${path}`] : undefined;
  if (!array) return null;
  const count = array.shape[1];
  return { x: array.data.subarray(0, count), y: array.data.subarray(count) };
}
