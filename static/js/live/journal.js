/** What a run's events add up to: pure, so that a straight reading and one in pieces can be compared.
 * One file, though long: each kind of event has a few lines. */

import { append, appendRows, emptyColumns, fillIn, rewind } from "./columns.js";

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
 * @property {Map<number, Record<string, number | string>>} test metrics of the test samples by step, once they were opened
 * @property {RunEvent[]} commandsApplied `command_applied` events, each number once
 * @property {RunEvent[]} keptFrames `frame_kept` events in order of steps
 * @property {number | null} checkpoint step of the newest state that was saved, which questions are answered from
 * @property {RunEvent[]} verdicts `judged` events in order: what the run says of itself from each on
 * @property {RunEvent[]} warnings `warned` events, which older runs have instead
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
    test: new Map(),
    commandsApplied: [],
    keptFrames: [],
    checkpoint: null,
    verdicts: [],
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
  evaluated: (journal, told) => {
    const event = withTest(journal, told);
    addByStep(journal.evaluations, event);
    takeMetrics(journal, event);
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
    if (!journal.commandsApplied.some((command) => command.number === event.number))
      journal.commandsApplied.push(event);
  },
  paused: (journal) => {
    journal.status = "paused";
  },
  resumed: (journal) => {
    journal.status = "running";
  },
  rewound: (journal, event) => rewindTo(journal, event.step, event.epoch),
  stepped: (journal, event) => {
    journal.stepped = event;
  },
  judged: (journal, event) => {
    journal.verdicts.push(event);
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
 * Takes in what was measured on the test samples; evaluations that are still on their way without it get it as they come.
 * @param {Journal} journal
 * @param {Record<string, (number | string | null)[]>} columns as `/metrics` tells evaluations
 */
export function openTest(journal, columns) {
  const names = Object.keys(columns).filter((name) => name.startsWith("test_"));
  columns.step.forEach((step, at) => {
    const told = names.flatMap((name) => (columns[name][at] === null ? [] : [[name, columns[name][at]]]));
    journal.test.set(Number(step), Object.fromEntries(told));
  });
  journal.evaluations = journal.evaluations.map((event) => withTest(journal, event));
  fillIn(journal.metrics, journal.test);
}

/** @param {Journal} journal @param {RunEvent} event @returns {RunEvent} */
function withTest({ test }, event) {
  const told = test.get(event.step);
  return told ? { ...event, metrics: { ...event.metrics, ...told } } : event;
}

/** The last that was measured at a step counts. @param {Journal} journal @param {RunEvent} event */
function takeMetrics({ metrics, columns }, event) {
  if (metrics.length && metrics.store.step[metrics.length - 1] === event.step) rewind(metrics, event.step - 1);
  appendRows(metrics, metricsRow(event, columns.seconds));
}

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
  /** @type {Map<string, number[]>} */
  const norms = new Map(); // of each layer, by network
  for (const [path, layer] of Object.entries(event.layers ?? {})) {
    const network = path.split("/")[2];
    norms.set(network, [...(norms.get(network) ?? []), Number(layer.gradient_norm ?? 0)]);
  }
  const all = [...norms.values()].flat();
  if (all.some((norm) => norm > 0 || Number.isNaN(norm))) row.gradient_norm = [Math.hypot(...all)];
  if (norms.size > 1) for (const [name, own] of norms) row[`gradient_norm_${name}`] = [Math.hypot(...own)];
  return row;
}

/**
 * @param {RunEvent[]} events
 * @param {RunEvent} event
 */
function addByStep(events, event) {
  const last = events[events.length - 1];
  if (!last || last.step < event.step) events.push(event);
  else if (last.step === event.step) events[events.length - 1] = event; // a weight was set by hand, or the best were put back
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
 * @param {number | null} [epoch] older logs do not tell it
 */
function rewindTo(journal, step, epoch) {
  /** @param {RunEvent[]} events */
  const until = (events) => events.filter((event) => event.step <= step);
  journal.evaluations = until(journal.evaluations);
  journal.keptFrames = until(journal.keptFrames);
  journal.commandsApplied = until(journal.commandsApplied);
  journal.verdicts = until(journal.verdicts);
  journal.warnings = until(journal.warnings);
  if (journal.checkpoint !== null) journal.checkpoint = Math.min(journal.checkpoint, step) || null;
  rewind(journal.metrics, step);
  const { length, store } = journal.columns;
  journal.step = step;
  journal.epoch = epoch ?? (length ? store.epoch[length - 1] : 0);
}
