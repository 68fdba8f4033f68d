/** What a run's numbers say, as sentences with values. Pure. */

import { rescue } from "./rescue.js";
import { spoken } from "./spoken.js";

/** @typedef {import("./columns.js").RunEvent} RunEvent */
/** @typedef {{op: "add" | "replace" | "remove", path: string, value?: any}} Edit */
/** @typedef {{template: string, values?: Record<string, any>}} Sentence */

/**
 * @typedef {object} Finding
 * @property {"good" | "plain" | "warning"} tone
 * @property {Sentence} [head] a few words, in bold
 * @property {Sentence} sentence
 * @property {{title: Sentence, edits: Edit[]}} [fix] one click that tries something better
 */

/**
 * What a diagnosis is made from.
 * @typedef {object} Course
 * @property {RunEvent[]} evaluations
 * @property {RunEvent[]} warnings
 * @property {RunEvent | null} finished
 */

const FEW = 6; // evaluations, below which there is nothing to say
const FALLING = 0.05; // of the loss, over the last half of the run
const RISEN = 0.1; // of the lowest validation loss
const LASTING = 4; // evaluations that must all be above the lowest
const SMALL = 0.02; // a difference of losses that does not count
const LEARNED = 0.35; // of the first loss
const WIDE = 0.1; // a gap of losses
const FAR = 2; // times the training loss
const HOLDS = 0.35; // by how much validation may be above training and still count as learned

/**
 * What there is to say, most important first; nothing where all is said by the curves themselves.
 * @param {Course | null} course
 * @param {any} experiment the document, to propose edits that fit it
 * @returns {Finding[]}
 */
export function diagnose(course, experiment) {
  if (!course) return [NOT_STARTED];
  const told = [...spoken(course)];
  if (told.some(({ tone }) => tone === "warning")) return told;
  return [...told, ...fromCurves(course, experiment)].slice(0, 2);
}

/** @type {Finding} */
const NOT_STARTED = {
  tone: "plain",
  head: { template: "Not trained yet." },
  sentence: { template: "Its first weights are random, so what it says about a sample is a guess." },
};

/**
 * What the curves say.
 * @param {Course} course
 * @param {any} experiment
 * @returns {Finding[]}
 */
function fromCurves({ evaluations, finished }, experiment) {
  const last = evaluations[evaluations.length - 1];
  if (evaluations.length < FEW || !last) return [];
  const seen = "validation_loss" in last.metrics ? "validation_loss" : "train_loss";
  const losses = evaluations.map(({ metrics }) => Number(metrics[seen]));
  const [first, now] = [losses[0], losses[losses.length - 1]];
  const train = Number(last.metrics.train_loss);
  if (!Number.isFinite(now) || !Number.isFinite(train)) return [];
  const memorising = seen === "validation_loss" && memorised(evaluations, losses, experiment);
  if (memorising) return [memorising];
  const half = evaluations.findIndex(({ step }) => step >= last.step / 2);
  const before = losses[half];
  if (!finished && before > now + Math.max(SMALL / 4, FALLING * before)) {
    return [falling(evaluations[half], last, before, now, seen)];
  }
  if (now <= LEARNED * first && seen === "validation_loss") {
    if (now - train <= Math.max(SMALL, HOLDS * train)) return [learned(now, train)];
  }
  const gap = seen === "validation_loss" && now - train > WIDE && now > FAR * train;
  return gap ? [byHeart(now, train, experiment)] : [];
}

/**
 * @param {number} validation
 * @param {number} train
 * @param {any} experiment
 * @returns {Finding}
 */
function byHeart(validation, train, experiment) {
  return {
    tone: "warning",
    head: { template: "Better at what it has seen." },
    sentence: {
      template:
        "Training loss is {train}, but validation loss {validation}: part of what it learned holds for the training" +
        " samples only.",
      values: { validation: short(validation), train: short(train) },
    },
    fix: rescue(experiment),
  };
}

/**
 * @param {RunEvent[]} evaluations
 * @param {number[]} losses of validation
 * @param {any} experiment
 * @returns {Finding | null}
 */
function memorised(evaluations, losses, experiment) {
  let best = 0;
  losses.forEach((loss, i) => {
    if (loss < losses[best]) best = i;
  });
  const [low, now] = [losses[best], losses[losses.length - 1]];
  const trainThen = Number(evaluations[best].metrics.train_loss);
  const trainNow = Number(evaluations[evaluations.length - 1].metrics.train_loss);
  const recent = Math.min(...losses.slice(-LASTING));
  const long = best < losses.length - 2 * LASTING; // one bad evaluation is no trend
  if (!long || recent <= low + Math.max(SMALL, RISEN * low) || trainNow >= trainThen) return null;
  const epoch = Math.max(1, Math.round(evaluations[best].epoch));
  return {
    tone: "warning",
    head: { template: "Memorising since epoch {epoch}.", values: { epoch } },
    sentence: {
      template:
        "Since then validation loss rose from {low} to {now}, while training loss kept falling: it learns the training" +
        " samples by heart.",
      values: { low: short(low), now: short(now) },
    },
    fix: rescue(experiment),
  };
}

/**
 * @param {RunEvent} from
 * @param {RunEvent} to
 * @param {number} before
 * @param {number} now
 * @param {string} seen
 * @returns {Finding}
 */
function falling(from, to, before, now, seen) {
  const epochs = to.epoch - from.epoch;
  const values = { before: short(before), now: short(now), epochs: Math.round(epochs), steps: to.step - from.step };
  const name = seen === "validation_loss" ? "Validation loss" : "Training loss";
  const span = epochs >= 1.5 ? "{epochs} epochs" : "{steps} steps";
  return {
    tone: "plain",
    head: { template: "Still learning." },
    sentence: { template: `${name} fell from {before} to {now} in the last ${span}.`, values },
  };
}

/**
 * @param {number} validation
 * @param {number} train
 * @returns {Finding}
 */
function learned(validation, train) {
  return {
    tone: "good",
    head: { template: "Learned, not memorised." },
    sentence: {
      template:
        "Validation loss is {validation} and training loss {train}: samples it never saw are answered as well as those" +
        " it did.",
      values: { validation: short(validation), train: short(train) },
    },
  };
}

/** @param {number} number */
const short = (number) => Number(number.toPrecision(3));
