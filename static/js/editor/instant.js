/** Instant: while it is on, every change of the document trains the whole network anew, and the page shows what came of
 * it. One question is under way at a time, and the newest document is the next. */

import { batch, computed, effect, signal } from "@preact/signals-core";
import { firstProblemOf, postForBytes } from "../api/client.js";
import { newestWins } from "../api/newestWins.js";
import { readAnswer, turnsOver } from "../live/atOnce.js";
import { PLANE } from "../views/index.js";
import { leave, PROBES } from "./currentRun.js";
import { experiment } from "./document.js";

/** @typedef {import("../live/atOnce.js").Result} Result */

const BETWEEN_FLIPS = 340; // milliseconds: what flips more than three times a second can harm

export const instant = signal(false);
/** What came of the newest document that was answered; null while Instant is off. */
export const atOnce = signal(/** @type {Result | null} */ (null));
/** What kept the newest document from being trained, in words. */
const instantTrouble = signal("");

let flippedAt = -BETWEEN_FLIPS;

/** Whether the page still waits for the answer to its document. */
const waiting = signal(false);

/** @param {boolean} on */
export function setInstant(on) {
  if (on) leave();
  batch(() => {
    instant.value = on;
    atOnce.value = null;
    instantTrouble.value = "";
  });
}

/** Trains whenever the document changes, while it is on. @returns {() => void} ends it */
export function startInstant() {
  return effect(() => {
    void experiment.value;
    if (instant.value) void ask();
  });
}

/** What the playback bar shows of it. */
export const instantProps = computed(() => ({
  on: instant.value,
  result: atOnce.value,
  trouble: instantTrouble.value,
  waiting: waiting.value,
  onToggle: () => setInstant(!instant.peek()),
}));

const asking = newestWins(async () => {
  if (!instant.peek()) return;
  try {
    await show(await trained(experiment.peek()));
  } catch (problem) {
    if (instant.peek()) instantTrouble.value = firstProblemOf(problem);
  }
});

async function ask() {
  waiting.value = true;
  await asking.ask();
  waiting.value = false;
}

/** @param {any} document */
async function trained(document) {
  const began = performance.now();
  const answer = await postForBytes("/api/instant/frames", { experiment: document, probes: PROBES });
  return readAnswer(answer, performance.now() - began);
}

/** @param {Result} result */
async function show(result) {
  const { probe } = PLANE;
  if (turnsOver(atOnce.peek()?.frames[probe], result.frames[probe])) {
    const rest = flippedAt + BETWEEN_FLIPS - performance.now();
    if (rest > 0) await new Promise((done) => setTimeout(done, rest));
    if (asking.newer()) return; // there is a newer document, and its picture comes instead
    flippedAt = performance.now();
  }
  if (!instant.peek()) return;
  batch(() => {
    atOnce.value = result;
    instantTrouble.value = "";
  });
}
