/** The numbers of a weights frame: by car, neuron and input. Pure. */

/** @typedef {import("../live/frameFormat.js").Frame} Frame */

const SOFT = 3; // the size (weight × √inputs) at which a wire has half its full strength

/** The weights of a car as one frame has them: rows are shown neurons.
 * @param {Frame | undefined} frame @param {string} path */
export function weightsOf(frame, path) {
  const array = frame?.arrays[`weight:${path}`];
  if (!frame || !array) return null;
  const car = frame.about.cars?.find((/** @type {any} */ entry) => entry.path === path);
  const shown = /** @type {number[]} */ (car?.shown ?? Array.from({ length: array.shape[0] }, (_, at) => at));
  const rows = new Map(shown.map((unit, row) => [unit, row]));
  const biases = frame.arrays[`bias:${path}`]?.data ?? null;
  return { data: array.data, inputs: array.shape[1], rows, biases };
}

/** One weight; NaN where the frame does not have it.
 * @param {ReturnType<typeof weightsOf>} weights @param {number} source @param {number} target */
export function weightAt(weights, source, target) {
  const row = weights?.rows.get(target);
  if (!weights || row === undefined || source >= weights.inputs) return Number.NaN;
  return weights.data[row * weights.inputs + source];
}

/** How strongly a weight is drawn, 0..1: comparable over layers of any width and over the whole training.
 * @param {number} weight @param {number} inputs */
export function strengthOf(weight, inputs) {
  const size = Math.abs(weight) * Math.sqrt(inputs);
  return Number.isFinite(size) ? size / (size + SOFT) : 1;
}
