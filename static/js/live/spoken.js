/** What a run said of itself, while it holds. Pure. */

/** @typedef {import("./columns.js").RunEvent} RunEvent */
/** @typedef {import("./diagnosis.js").Finding} Finding */

const STANDSTILL = ["not_learning", "converged"];
const OVERCOME = 0.8; // of the training loss at which it was said: below it, a standstill was none

/**
 * The newest warning, and how it ended.
 * @param {import("./diagnosis.js").Course} course
 * @returns {Finding[]}
 */
export function spoken({ warnings, finished, evaluations }) {
  /** @type {Finding[]} */
  const found = [];
  const warned = warnings.findLast((one) => !isOvercome(one, evaluations));
  if (warned) {
    const tone = warned.what === "converged" ? "good" : "warning";
    found.push({ tone, sentence: warned.sentence, fix: warned.fix ?? undefined });
  }
  if (finished && finished.sentence.template !== warned?.sentence.template) {
    const bad = ["failed", "out_of_memory", "lost"].includes(finished.reason);
    if (finished.reason !== "diverged" || !warned) {
      found.push({ tone: bad || finished.reason === "diverged" ? "warning" : "plain", sentence: finished.sentence });
    }
  }
  return found;
}

/** Whether the loss has fallen on since a standstill was told. @param {RunEvent} warned @param {RunEvent[]} evaluations */
function isOvercome(warned, evaluations) {
  const then = evaluations.find(({ step }) => step >= warned.step);
  const now = evaluations.at(-1);
  if (!then || !now || !STANDSTILL.includes(warned.what)) return false;
  return Number(now.metrics.train_loss) < OVERCOME * Number(then.metrics.train_loss);
}
