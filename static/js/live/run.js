/** One run as the page sees it: signals for what changes, columns for the curves, a line that does not break. */

import { batch, signal } from "@preact/signals-core";
import { connect } from "./connection.js";
import { decodeFrame } from "./frame.js";
import { emptyJournal, takeIn } from "./journal.js";
import { fetchFrame, sendCommand } from "./requests.js";
import { browserWays } from "./ways.js";

/** @typedef {import("./columns.js").RunEvent} RunEvent */
/** @typedef {import("./frame.js").Frame} Frame */
/** @typedef {import("./connection.js").ConnectionState} ConnectionState */
/** @template T @typedef {import("@preact/signals-core").Signal<T>} Signal */
/** @typedef {ReturnType<typeof openRun>} Run */

export const ENDS = ["done", "stopped", "diverged", "failed", "out_of_memory", "over_limit", "lost"];
const PROBES = ["surface", "weights", "activations", "feature_maps", "masks"];
const FRAME_PAUSE = 1_000; // milliseconds between two pictures where no socket brings them

/**
 * Follows a run until `close()`. Nothing is lost by a reload, a sleep or a restart of the server.
 * @param {string} id
 * @param {Partial<import("./ways.js").Ways>} [ways] replaced in tests
 */
export function openRun(id, ways = {}) {
  const out = { ...browserWays(), ...ways };
  const journal = emptyJournal();
  const status = signal(journal.status);
  const step = signal(0);
  const epoch = signal(0);
  const version = signal(0); // grows whenever something below changed
  const attempt = signal(0);
  const queue = signal(/** @type {{position: number, expectedSeconds: number | null} | null} */ (null));
  const connection = signal(/** @type {ConnectionState} */ ("reconnecting"));
  const started = signal(/** @type {RunEvent | null} */ (null));
  const speed = signal(/** @type {RunEvent | null} */ (null));
  const stepped = signal(/** @type {RunEvent | null} */ (null));
  const evaluation = signal(/** @type {RunEvent | null} */ (null));
  const finished = signal(/** @type {RunEvent | null} */ (null));
  const warnings = signal(/** @type {RunEvent[]} */ ([]));
  const checkpoint = signal(/** @type {number | null} */ (null));
  /** @type {Record<string, Signal<Frame | null>>} */
  const frames = Object.fromEntries(PROBES.map((probe) => [probe, signal(null)]));
  /** @type {string[]} */
  let watched = [];

  const line = connect(
    id,
    {
      after: () => journal.seq,
      finished: () => journal.finished !== null,
      watched: () => watched,
      onEvents: (events) => {
        const whole = takeIn(journal, events);
        show();
        return whole;
      },
      onState: (state) => {
        if (journal.finished) return;
        journal.status = state.status;
        batch(() => {
          status.value = state.status;
          const { position, expected_seconds: expectedSeconds = null } = state;
          queue.value = state.status === "queued" && position ? { position, expectedSeconds } : null;
        });
      },
      onFrame: (bytes) => keep(decodeFrame(bytes)),
      onConnection: (state) => {
        connection.value = state;
        if (state === "closed") void fetchFrames();
      },
    },
    out,
  );

  const pictures = setInterval(() => {
    if (connection.value === "polling") void fetchFrames();
  }, FRAME_PAUSE);
  const forget = listenToPage(line);

  /** Brings the signals to what the journal says. */
  function show() {
    batch(() => {
      status.value = journal.status;
      step.value = journal.step;
      epoch.value = journal.epoch;
      attempt.value = journal.attempt;
      started.value = journal.started;
      speed.value = journal.speed;
      stepped.value = journal.stepped;
      evaluation.value = journal.evaluations[journal.evaluations.length - 1] ?? null;
      finished.value = journal.finished;
      checkpoint.value = journal.checkpoint;
      if (journal.status !== "queued") queue.value = null;
      if (warnings.value.length !== journal.warnings.length) warnings.value = [...journal.warnings];
      version.value += 1;
    });
  }

  /** @param {Frame} frame */
  function keep(frame) {
    (frames[frame.probe] ??= signal(/** @type {Frame | null} */ (null))).value = frame;
  }

  /** Whether the run has pictures of a probe: a table has no surface. @param {string} probe */
  function isTaken(probe) {
    const probes = journal.keptFrames.at(-1)?.probes;
    return !probes || probes.includes(probe);
  }

  async function fetchFrames() {
    for (const probe of watched.filter(isTaken)) {
      const frame = await fetchFrame(id, probe, null, out.fetch);
      if (frame && frame.step >= (frames[probe]?.value?.step ?? -1)) keep(frame);
    }
  }

  return {
    id,
    status,
    step,
    epoch,
    version,
    attempt,
    queue,
    connection,
    started,
    speed,
    stepped,
    evaluation,
    finished,
    warnings,
    checkpoint,
    frames,
    /** Curves; grown in place, so look at `version` to learn of news. */
    columns: journal.columns,
    metrics: journal.metrics,
    get evaluations() {
      return journal.evaluations;
    },
    get commandsApplied() {
      return journal.commandsApplied;
    },
    get keptFrames() {
      return journal.keptFrames;
    },
    /** Says which probes are looked at; others are not computed. @param {string[]} probes */
    watch(probes) {
      watched = [...probes];
      line.watch();
      if (connection.value === "closed") void fetchFrames();
    },
    /**
     * Sends a command and gives its number. A retry does nothing twice, because the command carries an id of its own.
     * @param {Record<string, any>} command
     * @returns {Promise<number>}
     */
    send: (command) => sendCommand(id, command, out.random),
    /** The kept picture nearest to a step. @param {string} probe @param {number} at */
    frameAt: (probe, at) => (isTaken(probe) ? fetchFrame(id, probe, at, out.fetch) : Promise.resolve(null)),
    close() {
      clearInterval(pictures);
      forget();
      line.close();
    },
  };
}

/** @param {ReturnType<typeof connect>} line */
function listenToPage(line) {
  if (typeof document === "undefined") return () => {};
  const seen = () => {
    line.setHidden(document.hidden);
    if (!document.hidden) line.wake();
  };
  document.addEventListener("visibilitychange", seen);
  addEventListener("online", line.wake);
  addEventListener("offline", line.restart);
  addEventListener("pageshow", line.wake);
  return () => {
    document.removeEventListener("visibilitychange", seen);
    removeEventListener("online", line.wake);
    removeEventListener("offline", line.restart);
    removeEventListener("pageshow", line.wake);
  };
}
