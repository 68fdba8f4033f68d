/** Many pictures laid beside one another as one. Pure. */

/** @param {ArrayLike<number>} levels of all pictures, one after another @param {number[]} shape count, channels, height,
 * width @param {number} across how many stand in a row
 * @returns {{levels: Uint8Array, shape: number[]}} one picture; where none stands it is 0 */
export function sheetOf(levels, [count, channels, height, width], across) {
  const columns = Math.min(across, count);
  const rows = Math.ceil(count / columns);
  const [tall, wide] = [rows * height, columns * width];
  const sheet = new Uint8Array(channels * tall * wide);
  for (let at = 0; at < levels.length; at++) {
    const x = at % width;
    const y = Math.floor(at / width) % height;
    const channel = Math.floor(at / (width * height)) % channels;
    const picture = Math.floor(at / (width * height * channels));
    const top = Math.floor(picture / columns) * height + y;
    sheet[(channel * tall + top) * wide + (picture % columns) * width + x] = levels[at];
  }
  return { levels: sheet, shape: [channels, tall, wide] };
}
