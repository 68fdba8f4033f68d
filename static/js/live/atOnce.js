/** What came of training at once: its numbers as those of a run that has ended, and its pictures. Pure. */

import { signal } from "@preact/signals-core";
import { decodeAt, splitBlocks } from "./frameFormat.js";
import { emptyJournal, takeIn } from "./journal.js";

/** @typedef {import("./frameFormat.js").Frame} Frame */
/** @typedef {{steps: number, epoch: number, seconds: number, stepper: string, reason: string, metrics: Record<string, any>,
 *   columns: Record<string, any[]>, evaluations: Record<string, any[]>}} Told */
/** `milliseconds` is how long the answer took. @typedef {ReturnType<typeof readAnswer>} Result */

const LARGE = 0.2; // of the picture

let made = 0;

/** @param {ArrayBuffer} answer of `/api/instant/frames` @param {number} milliseconds */
export function readAnswer(answer, milliseconds) {
  const [first, ...others] = splitBlocks(answer);
  const text = new TextDecoder().decode(new Uint8Array(answer, first.start, first.length));
  const told = /** @type {Told} */ (JSON.parse(text));
  const frames = others.map(({ start, length }) => decodeAt(answer, start, length));
  return {
    told,
    frames: Object.fromEntries(frames.map((frame) => [frame.probe, frame])),
    run: stillRun(told),
    milliseconds,
  };
}

/** What charts need of a run. @param {Told} told */
function stillRun({ columns, evaluations }) {
  const journal = emptyJournal();
  const rows = (evaluations.step ?? []).map((step, at) => evaluationAt(evaluations, step, at));
  const events = [{ type: "measured", columns }, ...rows].map((event, at) => ({ ...event, seq: at + 1, time: 0 }));
  takeIn(journal, /** @type {import("./columns.js").RunEvent[]} */ (events));
  made += 1;
  return {
    id: `at-once-${made}`,
    columns: journal.columns,
    metrics: journal.metrics,
    evaluations: journal.evaluations,
    commandsApplied: [],
    version: signal(1),
    evaluation: signal(journal.evaluations.at(-1) ?? null),
    speed: signal(null),
  };
}

/** @param {Record<string, any[]>} columns @param {number} step @param {number} at */
function evaluationAt({ step: _, epoch, ...columns }, step, at) {
  const metrics = Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[at]]));
  return { type: "evaluated", step, epoch: epoch[at], metrics };
}

/** Whether a large part of the picture turns from one side to the other between two frames of the answer.
 * @param {Frame | undefined} before @param {Frame | undefined} after */
export function turnsOver(before, after) {
  const [earlier, later] = [before?.arrays.output?.data, after?.arrays.output?.data];
  if (!earlier || !later || earlier.length !== later.length) return false;
  let turned = 0;
  for (let i = 0; i < earlier.length; i += 1) if (earlier[i] > 127 !== later[i] > 127) turned += 1;
  return turned > LARGE * earlier.length;
}
