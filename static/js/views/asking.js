/** A sample of one's own choosing, put to the newest saved network: what it answers, and every layer on the way. */

import { effect, signal } from "@preact/signals-core";
import { messageOf, postForBytes } from "../api/client.js";
import { newestWins } from "../api/newestWins.js";
import { splitFrames } from "../live/frameFormat.js";

/** @typedef {import("../live/frameFormat.js").Frame} Frame */
/**
 * What is asked. `levels` are the raw numbers, row by row; `title` says in words what it is; `since` is when a person
 * asked for it, in the milliseconds of `performance.now()`.
 * @typedef {{levels: ArrayLike<number | null>, shape: number[], title: string, own?: boolean, paper?: boolean, row?: number,
 *   since?: number}} Sample
 */
/** `frames` hold just this one sample. @typedef {{sample: Sample, frames: Record<string, Frame>, step: number}} Answer */
/** What is needed of a run. @typedef {{id: string, checkpoint: {value: number | null, peek(): number | null}}} Asked */
/** @typedef {ReturnType<typeof makeAsking>} Asking */

const DIGITS = 1e4; // a level is told to a ten-thousandth

/**
 * One question is under way at a time, and the newest sample is the next: what lies between is never asked. A sample
 * stays asked: it is put again to each newer state of the network.
 * @param {{value: Asked | null, peek(): Asked | null}} run a signal; null where there is no run of this network
 * @param {(id: string, sample: Sample) => Promise<Frame[]>} [ask] replaced in tests
 */
export function makeAsking(run, ask = askRun) {
  const sample = signal(/** @type {Sample | null} */ (null));
  const answer = signal(/** @type {Answer | null} */ (null));
  /** What kept the newest sample from being answered, in words. */
  const trouble = signal("");

  /** The sample and the run that can answer it now. */
  const wanted = () => {
    const [asked, now] = [sample.peek(), run.peek()];
    return asked && now && now.checkpoint.peek() !== null ? { asked, now } : null;
  };
  const newest = newestWins(async () => {
    const { asked, now } = wanted() ?? {};
    if (!asked || !now) return;
    try {
      const frames = await ask(now.id, asked);
      if (run.peek() !== now || sample.peek() === null) return;
      const named = Object.fromEntries(frames.map((frame) => [frame.probe, told(frame, asked)]));
      answer.value = { sample: asked, frames: named, step: frames[0]?.step ?? 0 };
      trouble.value = "";
    } catch (problem) {
      trouble.value = messageOf(problem);
    }
  });

  const put = () => {
    if (wanted()) void newest.ask();
  };

  effect(() => {
    if (run.value === null) answer.value = null;
    else if (run.value.checkpoint.value !== null) put();
  });

  return {
    sample,
    answer,
    trouble,
    /** Asks this from now on; null: nothing more. @param {Sample | null} next */
    choose(next) {
      sample.value = next;
      if (next === null) answer.value = null;
      else put();
    },
  };
}

/** A frame that says which sample it is about, and whether that is ink on paper.
 * @param {Frame} frame @param {Sample} sample @returns {Frame} */
const told = (frame, { title, paper }) => ({ ...frame, about: { ...frame.about, asked: title, paper } });

/** @param {string} id @param {Sample} sample @returns {Promise<Frame[]>} */
async function askRun(id, { levels, shape }) {
  const question = { inputs: [nested(levels, shape)], frames: true };
  return splitFrames(await postForBytes(`/api/runs/${encodeURIComponent(id)}/predict`, question));
}

/** Numbers row by row as lists within lists; an empty cell of a table stays null.
 * @param {ArrayLike<number | null>} levels @param {number[]} shape @returns {any} */
export function nested(levels, shape) {
  /** @type {any[]} */
  let lists = Array.from(levels, (level) => (level === null ? null : Math.round(level * DIGITS) / DIGITS));
  for (const size of shape.slice(1).reverse()) {
    lists = Array.from({ length: lists.length / size }, (_, at) => lists.slice(at * size, (at + 1) * size));
  }
  return lists;
}
