/** How well masks lie on one another. Pure. */

/** Pixels of a class: in both masks, and in either. @typedef {{both: number, either: number}} Overlap */

/** The overlap of each class over masks of the same pixels, one after another.
 * @param {ArrayLike<number>} truth @param {ArrayLike<number>} predicted @param {number} classes @param {number} [from]
 * @param {number} [to] @returns {Overlap[]} */
export function overlaps(truth, predicted, classes, from = 0, to = truth.length) {
  const found = Array.from({ length: classes }, () => ({ both: 0, either: 0 }));
  for (let at = from; at < to; at++) {
    if (truth[at] === predicted[at]) found[truth[at]].both += 1;
    else found[predicted[at]].either += 1;
    found[truth[at]].either += 1;
  }
  return found;
}

/** The same from a table of counted pixels, rows are true classes. @param {number[][]} counts @returns {Overlap[]} */
export function overlapsOf(counts) {
  return counts.map((row, own) => {
    const there = row.reduce((sum, count) => sum + count, 0);
    const said = counts.reduce((sum, other) => sum + other[own], 0);
    return { both: row[own], either: there + said - row[own] };
  });
}

/** Intersection over union; null for a class that neither is nor was predicted. @param {Overlap} overlap */
export const iou = ({ both, either }) => (either === 0 ? null : both / either);

/** The mean over the classes that are there. @param {Overlap[]} found @returns {number | null} */
export function meanIou(found) {
  const there = found.map(iou).filter((share) => share !== null);
  return there.length === 0 ? null : there.reduce((sum, share) => sum + share, 0) / there.length;
}
