/** The frames of a network that another feeds: where else the samples stand, what that one answers. */

import { frameOf } from "../views/newestFrames.js";

/** @typedef {import("../live/frameFormat.js").Frame} Frame */
/** @typedef {import("../views/newestFrames.js").FrameSource} FrameSource */
/** @typedef {import("./cars.js").Train} Train */

/** The same frame for the same one: what it draws is painted anew for another.
 * @type {WeakMap<Frame, Map<string, Frame>>} */
const known = new WeakMap();

/** The car whose answer leaves a network. @param {Train} train */
export const lastOf = ({ cars, output }) => output.path || (cars.at(-1)?.path ?? "");

/** @param {FrameSource} frames @param {string} name of the array that arrives: `after:<path>` of the car whose answer it is
 * @param {number | null} count numbers that arrive of each sample: of a longer answer the first @returns {FrameSource} */
export function fedBy(frames, name, count) {
  return Object.fromEntries(
    Object.entries(frames).map(([probe, source]) => {
      const now = () => arriving(frameOf(source), name, count);
      return [probe, { get value() { return now(); }, peek: now }]; // prettier-ignore
    }),
  );
}

/** @param {Frame | undefined} frame @param {string} name @param {number | null} count @returns {Frame | undefined} */
function arriving(frame, name, count) {
  if (!frame) return undefined;
  const own = known.get(frame) ?? new Map();
  known.set(frame, own);
  if (!own.has(name)) {
    const { inputs: _, ...arrays } = frame.arrays;
    const answer = arrays[name];
    const inputs = answer && firstOf(answer, count);
    own.set(name, { ...frame, arrays: inputs ? { ...arrays, raw: inputs, inputs } : arrays });
  }
  return own.get(name);
}

/** @param {import("../live/frameFormat.js").FrameArray} answer of samples as rows @param {number | null} count
 * @returns {import("../live/frameFormat.js").FrameArray} */
function firstOf(answer, count) {
  const [rows, given] = answer.shape;
  if (answer.shape.length !== 2 || count === null || given <= count) return answer;
  const data = answer.data.filter((_, at) => at % given < count);
  return { ...answer, data, shape: [rows, count] };
}
