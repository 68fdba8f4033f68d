/** One run as the page sees it: signals for what changes, columns for the curves, a line that does not break.
 * One file, though long: one run is one closure. */

import { batch, signal } from "@preact/signals-core";
import { connect } from "./connection.js";
import { decodeFrame } from "./frameFormat.js";
import { emptyJournal, openTest, takeIn } from "./journal.js";
import { fetchFrame, fetchTest, sendCommand } from "./requests.js";
import { browserWays } from "./ways.js";

/** @typedef {import("./columns.js").RunEvent} RunEvent */
/** @typedef {import("./frameFormat.js").Frame} Frame */
/** @typedef {import("./connection.js").ConnectionState} ConnectionState */
/** @template T @typedef {import("@preact/signals-core").Signal<T>} Signal */
/** @typedef {ReturnType<typeof openRun>} Run */
/** @typedef {"" | "events" | "pictures"} Lag what a slow line brings late */

export const ENDS = ["done", "stopped", "diverged", "failed", "out_of_memory", "over_limit", "lost"];
const BEHIND = 1_000; // milliseconds after which events that are known to be there count as late
const SLOW_PICTURE = 1_000; // milliseconds for one picture to come; a round of all takes several
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
  const queue = signal(/** @type {import("./stateWords.js").Queued | null} */ (null));
  const connection = signal(/** @type {ConnectionState} */ ("reconnecting"));
  const started = signal(/** @type {RunEvent | null} */ (null));
  const speed = signal(/** @type {RunEvent | null} */ (null));
  const stepped = signal(/** @type {RunEvent | null} */ (null));
  const evaluation = signal(/** @type {RunEvent | null} */ (null));
  const finished = signal(/** @type {RunEvent | null} */ (null));
  const verdicts = signal(/** @type {RunEvent[]} */ ([]));
  const warnings = signal(/** @type {RunEvent[]} */ ([]));
  const checkpoint = signal(/** @type {number | null} */ (null));
  const openings = signal(0); // of the sealed test result
  /** @type {Record<string, Signal<Frame | null>>} */
  const frames = {}; // of each probe that is watched
  const lag = signal(/** @type {Lag} */ (""));
  /** @type {string[]} */
  let watched = [];
  let ahead = { status: "", events: 0 }; // a state that came before the events it follows
  let behindSince = 0; // when it came
  let fetching = false;

  const line = connect(
    id,
    {
      after: () => journal.seq,
      finished: () => journal.finished !== null,
      watched: () => watched,
      onEvents: (events) => {
        const whole = takeIn(journal, events);
        if (journal.seq === ahead.events) journal.status = ahead.status;
        show();
        return whole;
      },
      onState: (state, events = journal.seq) => {
        if (journal.finished || events < journal.seq) return;
        if (events > journal.seq) {
          if (ahead.events <= journal.seq) behindSince = out.now();
          ahead = { status: state.status, events };
        } else journal.status = state.status;
        batch(() => {
          status.value = state.status;
          const { position, expected_seconds: expectedSeconds = null, behind = null } = state;
          queue.value = state.status === "queued" && position ? { position, expectedSeconds, behind } : null;
          tellLag();
        });
      },
      onFrame: (bytes, milliseconds) => {
        if (lag.value !== "events") lag.value = milliseconds > SLOW_PICTURE ? "pictures" : "";
        keep(decodeFrame(bytes));
      },
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
      status.value = journal.seq < ahead.events ? ahead.status : journal.status;
      tellLag();
      step.value = journal.step;
      epoch.value = journal.epoch;
      attempt.value = journal.attempt;
      started.value = journal.started;
      speed.value = journal.speed;
      stepped.value = journal.stepped;
      evaluation.value = journal.evaluations[journal.evaluations.length - 1] ?? null;
      finished.value = journal.finished;
      checkpoint.value = journal.checkpoint;
      if (status.value !== "queued") queue.value = null;
      if (verdicts.value.at(-1) !== journal.verdicts.at(-1)) verdicts.value = [...journal.verdicts];
      if (warnings.value.length !== journal.warnings.length) warnings.value = [...journal.warnings];
      version.value += 1;
    });
  }

  function tellLag() {
    const late = journal.seq < ahead.events && out.now() - behindSince > BEHIND;
    if (late) lag.value = "events";
    else if (lag.value === "events") lag.value = "";
  }

  /** The newest frame of a probe. @param {string} probe @returns {Signal<Frame | null>} */
  const newest = (probe) => (frames[probe] ??= signal(/** @type {Frame | null} */ (null)));

  /** @param {Frame} frame */
  function keep(frame) {
    newest(frame.probe).value = frame;
  }

  /** Whether the run has pictures of a probe: a table has no surface. @param {string} probe */
  function isTaken(probe) {
    const probes = journal.keptFrames.at(-1)?.probes;
    return !probes || probes.includes(probe);
  }

  async function fetchFrames() {
    if (fetching) return; // on a slow line they would only hold each other up
    fetching = true;
    for (const probe of watched.filter(isTaken)) {
      const frame = await fetchFrame(id, probe, null, out.fetch);
      if (frame && frame.step >= (frames[probe]?.value?.step ?? -1)) keep(frame);
    }
    fetching = false;
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
    lag,
    started,
    speed,
    stepped,
    evaluation,
    finished,
    verdicts,
    warnings,
    checkpoint,
    openings,
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
      watched.forEach(newest);
      line.watch();
      if (connection.value === "closed") void fetchFrames();
    },
    /**
     * Sends a command and gives its number. A retry does nothing twice, because the command carries an id of its own.
     * @param {Record<string, any>} command
     * @returns {Promise<number>}
     */
    send: (command) => sendCommand(id, command, out.random),
    /** Opens the sealed test result, for all who see the run; it is counted. */
    async openTest() {
      const found = await fetchTest(id);
      openTest(journal, found.evaluations);
      openings.value = found.openings;
      show();
    },
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
