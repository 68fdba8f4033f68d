/** What a run says of itself, now or at a step that is past: one verdict, made by the run. Pure. */

/** @typedef {import("./columns.js").RunEvent} RunEvent */
/** @typedef {{op: "add" | "replace" | "remove", path: string, value?: any}} Edit */
/** @typedef {{template: string, values?: Record<string, any>}} Sentence */

/**
 * @typedef {object} Verdict
 * @property {string} what
 * @property {"good" | "plain" | "warning"} tone
 * @property {Sentence} [head] a few words, in bold
 * @property {Sentence} sentence its values are the numbers that it rests on
 * @property {{title: Sentence, edits: Edit[]} | null} [fix] one click that tries something better
 */

/**
 * What a verdict is read from; a run is one.
 * @typedef {object} Told
 * @property {RunEvent[]} verdicts `judged` events in order of steps
 * @property {RunEvent[]} warnings `warned` events, which older runs have instead
 * @property {RunEvent | null} finished
 */

const BROKEN = ["failed", "out_of_memory", "lost"]; // ends that are said instead of a verdict
const LASTING = ["diverged", "jumping"]; // what older runs said, once and for all, that stays true

/** @type {Verdict} */
export const NOT_STARTED = {
  what: "not_started",
  tone: "plain",
  head: { template: "Not trained yet." },
  sentence: { template: "Its first weights are random, so what it says about a sample is a guess." },
};

/**
 * The verdict that held at a step, or holds now; null where there is nothing to say.
 * @param {Told} told
 * @param {number | null} [step] null is now
 * @returns {Verdict | null}
 */
export function verdictAt({ verdicts, warnings, finished }, step = null) {
  if (finished && (step === null || step >= finished.step) && BROKEN.includes(finished.reason)) {
    return { what: finished.reason, tone: "warning", sentence: finished.sentence };
  }
  const until = (/** @type {RunEvent} */ event) => step === null || event.step <= step;
  if (verdicts.length) return verdicts.findLast(until)?.verdict ?? null;
  const warned = warnings.findLast((event) => until(event) && LASTING.includes(event.what));
  return warned ? { what: warned.what, tone: "warning", sentence: warned.sentence, fix: warned.fix } : null;
}
