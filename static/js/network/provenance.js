/** Which numbers of what arrives make one number of what leaves: windows that slide, stamp or share out. Pure. */

/** @typedef {import("./cars.js").Car} Car */
/** A place under the window: `u`, `v` within the kernel; `inside` is false in the padding.
 * @typedef {{row: number, column: number, u: number, v: number, inside: boolean}} Cell */
/** `slide`: a window over what arrives; `stamp`: each number that arrives leaves its mark on a window (transposed);
 * `share`: what arrives is cut into as many windows as leave. Sizes are of rows and columns.
 * @typedef {{kind: "slide" | "stamp" | "share", kernel: [number, number], stride: [number, number],
 *   padding: [number, number], dilation: [number, number], arriving: [number, number], leaving: [number, number]}} Rule */

/** The rule of a car that looks through a window, else null.
 * @param {Car} car @param {[number, number]} arriving height and width @param {[number, number]} leaving
 * @param {[number, number] | null} [sides] of its kernel, where that is known @returns {Rule | null} */
export function ruleOf(car, arriving, leaving, sides = null) {
  const { kind, group } = car.layers[0] ?? {};
  if (group !== "convolution" && group !== "pooling" && !sides) return null;
  const { kernel, stride = 1, padding = 0, dilation = 1 } = /** @type {Record<string, any>} */ (car.document ?? {});
  const flat = car.shape?.sizes.length === 2; // a series: one row
  const both = (/** @type {unknown} */ value, /** @type {number} */ alone) =>
    /** @type {[number, number]} */ (flat ? [alone, Number(value)] : [Number(value), Number(value)]);
  const rule = { stride: both(stride, 1), padding: both(padding, 0), dilation: both(dilation, 1), arriving, leaving };
  if (!sides && kernel === undefined) return { kind: "share", kernel: [0, 0], ...rule };
  return { kind: /transpose/.test(kind) ? "stamp" : "slide", kernel: sides ?? both(kernel, 1), ...rule };
}

/** The places that make the number at `row`, `column`, in the order of the kernel.
 * @param {Rule} rule @param {number} row @param {number} column @returns {Cell[]} */
export function cellsOf(rule, row, column) {
  const down = placesOf(rule, 0, row);
  const across = placesOf(rule, 1, column);
  return down.flatMap(([place, u]) =>
    across.map(([other, v]) => ({
      row: place,
      column: other,
      u,
      v,
      inside: place >= 0 && place < rule.arriving[0] && other >= 0 && other < rule.arriving[1],
    })),
  );
}

/** Along one axis: each place with its step within the kernel.
 * @param {Rule} rule @param {0 | 1} axis @param {number} at @returns {[number, number][]} */
function placesOf(rule, axis, at) {
  const [kernel, stride, padding] = [rule.kernel[axis], rule.stride[axis], rule.padding[axis]];
  const [dilation, arriving, leaving] = [rule.dilation[axis], rule.arriving[axis], rule.leaving[axis]];
  if (rule.kind === "share") {
    const from = Math.floor((at * arriving) / leaving);
    const to = Math.ceil(((at + 1) * arriving) / leaving);
    return Array.from({ length: to - from }, (_, step) => [from + step, step]);
  }
  const steps = Array.from({ length: kernel }, (_, step) => step);
  if (rule.kind === "slide") return steps.map((step) => [at * stride - padding + step * dilation, step]);
  return steps.flatMap((step) => {
    const place = (at + padding - step * dilation) / stride;
    return Number.isInteger(place) ? [/** @type {[number, number]} */ ([place, step])] : [];
  });
}
