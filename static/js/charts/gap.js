/** The gap between training and validation, in words. Pure. */

const CLEAR = 0.25; // of the training loss: a gap beyond it is called memorising
const FALLING = 0.95; // of the loss halfway: below, it still falls
const RISEN = 1.1; // times the lowest validation loss: above, it rises, whatever it was halfway
const SMALL = 0.02; // a gap below it is called none, whatever the training loss

/**
 * What the gap says, as a sentence with values; null where there is nothing to compare.
 * @param {number | undefined} train loss
 * @param {number | undefined} validation loss
 * @param {{train: number, validation: number, lowest?: number}} [halfway] both at half of the steps, and the lowest
 *   validation loss so far, to see whether they still fall
 * @returns {{template: string, values: {gap: number}} | null}
 */
export function gapSentence(train, validation, halfway) {
  if (!Number.isFinite(train) || !Number.isFinite(validation)) return null;
  const gap = Number(validation) - Number(train);
  const values = { gap: Number(Math.abs(gap).toPrecision(2)) };
  if (gap > Math.max(SMALL, CLEAR * Number(train))) {
    const fall =
      halfway && Number(validation) < FALLING * halfway.validation && Number(train) < FALLING * halfway.train;
    const risen = Number(validation) > RISEN * (halfway?.lowest ?? Infinity);
    if (fall && !risen && Number(train) > SMALL) {
      return { template: "Validation loss is {gap} above training loss, but both still fall.", values };
    }
    return { template: "Validation loss is {gap} above training loss: it is memorising.", values };
  }
  if (gap > SMALL) return { template: "Validation loss is {gap} above training loss: a small gap.", values };
  if (gap < -SMALL) return { template: "Validation loss is {gap} below training loss: no sign of memorising.", values };
  return { template: "Validation and training loss are {gap} apart: what it learned holds for new samples.", values };
}
