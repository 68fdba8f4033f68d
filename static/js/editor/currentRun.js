/** The run on the page: made from the document, told of edits it can take while it runs, remembered in the address. */

import { computed, effect, signal } from "@preact/signals-core";
import { newKey, post } from "../api/client.js";
import { t } from "../i18n/t.js";
import { ENDS, openRun } from "../live/run.js";
import { note } from "../ui/live.js";
import { canonical } from "./canonical.js";
import { edit, experiment, name, onEdits, undo } from "./document.js";
import { isAllowed, isLive } from "./liveEdits.js";
import { families, forms } from "./parts.js";
import { patched } from "./patch.js";

/** @typedef {import("../live/run.js").Run} Run */
/** @typedef {import("../api/client.js").Edit} Edit */

const PAUSE = 80; // milliseconds between two values of a slider that are sent
export const PROBES = ["surface", "weights", "activations", "feature_maps", "masks"];

/** @type {import("@preact/signals-core").Signal<Run | null>} */
export const run = signal(null);
/** What the run trains: the document it was made from, with the live edits since. */
const trains = signal(/** @type {any} */ (null));
const trainsText = computed(() => canonical(trains.value, families.value, forms.value));
const shownText = computed(() => canonical(experiment.value, families.value, forms.value));
/** Whether the document is no longer what the run trains. */
export const stale = computed(() => run.value !== null && trainsText.value !== shownText.value);
/** The run of the document on the page; null where the document is another by now. */
export const own = computed(() => (stale.value ? null : run.value));
const active = computed(() => own.value !== null && !ENDS.includes(own.value.status.value));
/** Whether that run goes on. */
export const goesOn = () => active.value;
export const starting = signal(false);

/** Values that are told after a pause, by their places. @type {Map<string, any>} */
const waiting = new Map();
let timer = 0;

/** Follows a run from now on. @param {string} id @param {any} document what it trains */
export function follow(id, document) {
  forgetWaiting();
  run.peek()?.close();
  const next = openRun(id);
  next.watch(PROBES);
  trains.value = document;
  run.value = next;
  rememberRun(id);
}

/** Follows a run that began before this page was opened, with what was set in it since then.
 * @param {string} id @param {any} document what it was made from @param {boolean} shown whether the page shows it */
export function rejoin(id, document, shown) {
  follow(id, document);
  const opened = Date.now() / 1000;
  let known = 0;
  effect(() => {
    const now = run.value;
    if (now?.id !== id || !now.version.value) return;
    const applied = now.commandsApplied.slice(known).filter((event) => event.time < opened);
    known = now.commandsApplied.length;
    const edits = applied.flatMap(({ command }) =>
      command?.kind === "set" && command.path
        ? [{ op: /** @type {const} */ ("replace"), path: command.path, value: command.value }]
        : [],
    );
    if (edits.length === 0) return;
    trains.value = patched(trains.peek(), edits);
    if (shown) experiment.value = patched(experiment.peek(), edits);
  });
}

/** Makes a run of the document and starts it; with `first` it waits, and does that first.
 * @param {Record<string, any>} [first] a command */
export async function train(first) {
  if (starting.peek()) return;
  starting.value = true;
  forgetWaiting();
  const document = experiment.peek();
  try {
    const before = run.peek();
    if (before && !ENDS.includes(before.status.peek())) await before.send({ kind: "stop" }).catch(() => null); // it may have ended just now
    const asked = { experiment: document, name: name.peek(), start: first ? "paused" : "running" };
    const made = await post("/api/runs", asked, { idempotencyKey: newKey() });
    follow(made.id, document);
    if (first) await run.peek()?.send(first);
  } catch (problem) {
    note(problem instanceof Error ? problem.message : String(problem));
  } finally {
    starting.value = false;
  }
}

/** Back to step 0: the next Train makes a new run. @param {{sameWeights: boolean}} how */
export function reset({ sameWeights }) {
  forgetWaiting();
  const before = run.peek();
  if (before && !ENDS.includes(before.status.peek())) before.send({ kind: "stop" }).catch(() => null); // it may have ended just now
  before?.close();
  run.value = null;
  rememberRun(null);
  if (!sameWeights) edit([{ op: "replace", path: "/seed", value: Math.floor(Math.random() * 10_000) }]);
}

/** @param {{path: string, parameter: string, index: number[], value: number}} weight */
export function setWeight({ value, ...weight }) {
  run
    .peek()
    ?.send({ kind: "set", weight, value })
    .catch((problem) => note(problem.message));
}

/** Tells a run that goes on of edits it can take, and pauses it at others. @returns {() => void} ends it */
export function listenToEdits() {
  return onEdits((edits) => {
    const now = run.peek();
    if (!now || ENDS.includes(now.status.peek())) return;
    if (edits.every(isLive)) {
      if (!edits.every(isAllowed)) return; // the problem is shown beside the field, and the run goes on as it was
      const next = patched(trains.peek(), edits);
      if (canonical(next, families.peek(), forms.peek()) === shownText.peek()) {
        trains.value = next;
        for (const { path, value } of edits) waiting.set(path, value);
        clearTimeout(timer);
        timer = window.setTimeout(tellWaiting, PAUSE);
        return;
      }
    }
    if (now.status.peek() !== "running") return;
    now.send({ kind: "pause" }).catch(() => null); // it may have ended just now
    note(t("page", "The run is paused, because this change makes another experiment. Train starts a new run."), {
      title: t("page", "Undo the change"),
      onClick: undo,
    });
  });
}

function tellWaiting() {
  for (const [path, value] of waiting) {
    run
      .peek()
      ?.send({ kind: "set", path, value })
      .catch((problem) => note(problem.message));
  }
  waiting.clear();
}

/** A new run is made with these values, and the old one needs them no more. */
function forgetWaiting() {
  clearTimeout(timer);
  waiting.clear();
}

/** @param {string | null} id */
function rememberRun(id) {
  const address = new URL(location.href);
  if (id) address.searchParams.set("run", id);
  else address.searchParams.delete("run");
  history.replaceState(history.state, "", address);
}
