/** Reads frames: what a probe saw at one step. The layout is told in app/runs/frames.py. */

/**
 * @typedef {object} FrameArray
 * @property {Uint8Array | Float32Array | Int32Array} data row by row; bytes where `low` and `high` are given
 * @property {number[]} shape
 * @property {number} [low] value of byte 0
 * @property {number} [high] value of byte 255
 */

/**
 * @typedef {object} Frame
 * @property {string} probe
 * @property {number} step
 * @property {number} epoch
 * @property {Record<string, any>} about what the arrays are: cars, classes, ranges
 * @property {Record<string, FrameArray>} arrays
 */

const MAGIC = 0x31465954; // "TYF1", little endian
const VIEWS = { uint8: Uint8Array, float32: Float32Array, int32: Int32Array };

/**
 * The frame in a block of bytes; its arrays are views into the block. Throws `RangeError` on other bytes.
 * @param {ArrayBuffer} buffer
 * @returns {Frame}
 */
export function decodeFrame(buffer) {
  return decodeAt(buffer, 0, buffer.byteLength);
}

/**
 * The frames of a block in which each has its length (uint32, little endian) in front.
 * @param {ArrayBuffer} buffer
 * @returns {Frame[]}
 */
export function splitFrames(buffer) {
  return splitBlocks(buffer).map(({ start, length }) => decodeAt(buffer, start, length));
}

/**
 * Where the blocks are that stand one behind the other, each with its length (uint32, little endian) in front.
 * @param {ArrayBuffer} buffer
 * @returns {{start: number, length: number}[]}
 */
export function splitBlocks(buffer) {
  const view = new DataView(buffer);
  const blocks = [];
  for (let start = 0; start < buffer.byteLength;) {
    const length = view.getUint32(start, true);
    blocks.push({ start: start + 4, length });
    start += 4 + length;
  }
  return blocks;
}

/**
 * One number of an array; bytes become the values they stand for.
 * @param {FrameArray} array
 * @param {number | number[]} index place in the flat array, or one index for each size of the shape
 */
export function numberAt(array, index) {
  const flat =
    typeof index === "number" ? index : index.reduce((at, position, axis) => at * array.shape[axis] + position, 0);
  const value = array.data[flat];
  if (array.low === undefined || array.high === undefined) return value;
  return array.low + (value / 255) * (array.high - array.low);
}

/**
 * @param {ArrayBuffer} buffer
 * @param {number} start
 * @param {number} length
 * @returns {Frame}
 */
export function decodeAt(buffer, start, length) {
  const view = new DataView(buffer, start, length);
  if (length < 8 || view.getUint32(0, true) !== MAGIC) throw new RangeError("Expected a frame, but got other bytes.");
  const headerLength = view.getUint32(4, true);
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(buffer, start + 8, headerLength)));
  const body = start + 8 + headerLength;
  /** @type {Record<string, FrameArray>} */
  const arrays = {};
  for (const [name, { dtype, shape, offset, low, high }] of Object.entries(header.arrays)) {
    const data = typed(buffer, dtype, body + offset, shape.reduce(product, 1));
    arrays[name] = low === undefined ? { data, shape } : { data, shape, low, high };
  }
  return { probe: header.probe, step: header.step, epoch: header.epoch, about: header.about, arrays };
}

/**
 * @param {ArrayBuffer} buffer
 * @param {string} dtype
 * @param {number} start
 * @param {number} count
 */
function typed(buffer, dtype, start, count) {
  const View = VIEWS[/** @type {keyof typeof VIEWS} */ (dtype)];
  if (!View) throw new RangeError(`Expected uint8, float32 or int32, but got ${dtype}.`);
  const size = View.BYTES_PER_ELEMENT;
  if (start % size === 0) return new View(buffer, start, count);
  return new View(buffer.slice(start, start + count * size)); // a view must start at a multiple of its size
}

/**
 * @param {number} a
 * @param {number} b
 */
const product = (a, b) => a * b;
