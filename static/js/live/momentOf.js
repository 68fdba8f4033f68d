/** The moment of a run that all panels show: now, or a step in the past of which pictures are kept. Pure. */

/** @typedef {import("./columns.js").RunEvent} RunEvent */
/**
 * @typedef {object} Moment
 * @property {number} step
 * @property {number} epoch
 * @property {boolean} past whether it was chosen by looking back; else it is now
 * @property {RunEvent | null} evaluation the one nearest to it
 */
/** What a moment is made from: a run, or its journal. @typedef {{step: number, epoch: number, evaluations: RunEvent[]}} Course */

/**
 * The moment of a run at a kept step; now where there is none.
 * @param {Course} course
 * @param {{step: number, epoch: number} | null} kept
 * @returns {Moment}
 */
export function momentOf({ step, epoch, evaluations }, kept) {
  if (!kept) return { step, epoch, past: false, evaluation: evaluations.at(-1) ?? null };
  return { step: kept.step, epoch: kept.epoch, past: true, evaluation: nearestEvaluation(evaluations, kept.step) };
}

/**
 * The evaluation nearest to a step; of two that are as near, the one before it.
 * @param {RunEvent[]} evaluations in order of steps
 * @param {number} step
 * @returns {RunEvent | null}
 */
export function nearestEvaluation(evaluations, step) {
  const after = evaluations.findIndex((evaluation) => evaluation.step >= step);
  if (after < 0) return evaluations.at(-1) ?? null;
  const before = evaluations[after - 1];
  return before && step - before.step <= evaluations[after].step - step ? before : evaluations[after];
}
