/** What a run's events add up to: pure, so that a straight reading and one in pieces can be compared. */

import { append, appendRows, emptyColumns, rewind } from "./columns.js";

/** @typedef {import("./columns.js").RunEvent} RunEvent */
/** @typedef {import("./columns.js").Columns} Columns */

/**
 * @typedef {object} Journal
 * @property {number} seq number of the last event taken in
 * @property {string} status `queued`, `starting`, `running`, `paused`, or the reason of the end
 * @property {number} step
 * @property {number} epoch
 * @property {number} attempt
 * @property {Columns} columns what was measured: training loss, learning rate
 * @property {Columns} metrics what was evaluated: each metric, and `gradient_norm` over all layers
 * @property {RunEvent[]} evaluations `evaluated` events in order of steps
 * @property {RunEvent[]} commandsApplied `command_applied` events, each number once
 * @property {RunEvent[]} keptFrames `frame_kept` events in order of steps
 * @property {number | null} checkpoint step of the newest state that was saved, which questions are answered from
 * @property {RunEvent[]} warnings
 * @property {RunEvent | null} started
 * @property {RunEvent | null} speed
 * @property {RunEvent | null} stepped
 * @property {RunEvent | null} finished
 */

/** @returns {Journal} */
export function emptyJournal() {
  return {
    seq: 0,
    status: "queued",
    step: 0,
    epoch: 0,
    attempt: 0,
    columns: emptyColumns(),
    metrics: emptyColumns(),
    evaluations: [],
    commandsApplied: [],
    keptFrames: [],
    checkpoint: null,
    warnings: [],
    started: null,
    speed: null,
    stepped: null,
    finished: null,
  };
}

/**
 * Takes in the events that follow the last one seen; others again do nothing. Gives false where events are missing in
 * between: nothing beyond the hole is taken in, and the reader has to ask again from `seq`.
 * @param {Journal} journal
 * @param {RunEvent[]} events in order
 */
export function takeIn(journal, events) {
  for (const event of events) {
    if (event.seq <= journal.seq) continue;
    if (event.seq !== journal.seq + 1) return false;
    journal.seq = event.seq;
    append(journal.columns, [event]);
    TAKERS[event.type]?.(journal, event);
  }
  return true;
}

/** @type {Record<string, (journal: Journal, event: RunEvent) => void>} */
const TAKERS = {
  queued: (journal) => {
    journal.status = "queued";
  },
  started: (journal, event) => {
    journal.started = event;
    journal.attempt = event.attempt;
    journal.status = "running";
  },
  measured: (journal, event) => {
    const { step, epoch } = event.columns;
    if (step.length) moveTo(journal, step[step.length - 1], epoch[epoch.length - 1]);
  },
  evaluated: (journal, event) => {
    addByStep(journal.evaluations, event);
    appendRows(journal.metrics, metricsRow(event, journal.columns.seconds));
    moveTo(journal, event.step, event.epoch);
  },
  frame_kept: (journal, event) => addByStep(journal.keptFrames, event),
  checkpoint_saved: (journal, event) => {
    journal.checkpoint = event.step;
  },
  speed: (journal, event) => {
    journal.speed = event;
    moveTo(journal, event.step, event.epoch);
  },
  command_applied: (journal, event) => {
    if (!journal.commandsApplied.some((one) => one.number === event.number)) journal.commandsApplied.push(event);
  },
  paused: (journal) => {
    journal.status = "paused";
  },
  resumed: (journal) => {
    journal.status = "running";
  },
  rewound: (journal, event) => rewindTo(journal, event.step),
  stepped: (journal, event) => {
    journal.stepped = event;
  },
  warned: (journal, event) => {
    journal.warnings.push(event);
  },
  finished: (journal, event) => {
    journal.finished = event;
    journal.status = event.reason;
    moveTo(journal, event.step, event.epoch);
  },
};

/**
 * One row of numbers from an `evaluated` event.
 * @param {RunEvent} event
 * @param {number} seconds
 * @returns {Record<string, (number | string | null)[]>}
 */
function metricsRow(event, seconds) {
  /** @type {Record<string, (number | string | null)[]>} */
  const row = { step: [event.step], epoch: [event.epoch], seconds: [seconds] };
  for (const [name, value] of Object.entries(event.metrics)) row[name] = [value];
  const norms = Object.values(event.layers ?? {}).map((layer) => Number(layer.gradient_norm ?? 0));
  if (norms.some((norm) => norm > 0 || Number.isNaN(norm))) row.gradient_norm = [Math.hypot(...norms)];
  return row;
}

/**
 * @param {RunEvent[]} events
 * @param {RunEvent} event
 */
function addByStep(events, event) {
  const last = events[events.length - 1];
  if (!last || last.step < event.step) events.push(event);
}

/**
 * @param {Journal} journal
 * @param {number} step
 * @param {number} epoch
 */
function moveTo(journal, step, epoch) {
  if (step < journal.step) return;
  journal.step = step;
  journal.epoch = epoch;
}

/**
 * @param {Journal} journal
 * @param {number} step
 */
function rewindTo(journal, step) {
  /** @param {RunEvent[]} events */
  const until = (events) => events.filter((event) => event.step <= step);
  journal.evaluations = until(journal.evaluations);
  journal.keptFrames = until(journal.keptFrames);
  journal.commandsApplied = until(journal.commandsApplied);
  journal.warnings = until(journal.warnings);
  if (journal.checkpoint !== null) journal.checkpoint = Math.min(journal.checkpoint, step) || null;
  rewind(journal.metrics, step);
  const { length, store } = journal.columns;
  journal.step = step;
  journal.epoch = length ? store.epoch[length - 1] : 0;
}
