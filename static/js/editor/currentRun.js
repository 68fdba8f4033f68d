/** The run on the page: made from the document, told of edits it can take while it runs, remembered in the address.
 * One file, though long: all of it changes which run is followed, and what it is known to train. */

import { batch, computed, effect, signal } from "@preact/signals-core";
import { untilReached } from "../api/again.js";
import { messageOf, newKey, post } from "../api/client.js";
import { defaults, families, forms } from "../api/parts.js";
import { t } from "../i18n/t.js";
import { isUnderWay } from "../live/requests.js";
import { ENDS, openRun } from "../live/run.js";
import { note } from "../ui/live.js";
import { VIEWS } from "../views/index.js";
import { probesOf } from "../views/view.js";
import { canonical } from "./canonical.js";
import { edit, experiment, name, onEdits, replace } from "./document.js";
import { layAside } from "./earlier.js";
import { isAllowed, isLive } from "./liveEdits.js";
import { patched } from "./patch.js";

/** @typedef {import("../live/run.js").Run} Run */
/** @typedef {import("../api/client.js").Edit} Edit */

const PAUSE = 80; // milliseconds between two values of a slider that are sent
export const PROBES = probesOf(VIEWS); // that are watched

/** @type {import("@preact/signals-core").Signal<Run | null>} */
export const run = signal(null);
/** What the run trains: the document it was made from, with the live edits since. */
const trains = signal(/** @type {any} */ (null));
const said = computed(() => ({ families: families.value, forms: forms.value, defaults: defaults.value }));
const trainsText = computed(() => canonical(trains.value, said.value));
const shownText = computed(() => canonical(experiment.value, said.value));
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

/** The last run that this tab began; training anew ends it. @type {string | null} */
let begun = null;
/** Whether it was this page that paused the run, because of an edit. */
let pausedByEdit = false;
/** The run of another document than the one on the page, where it goes on. */
export const other = computed(() => {
  const now = stale.value ? run.value : null;
  return now && !ENDS.includes(now.status.value) ? { status: now.status, onShow: showTrained } : null;
});

/** Brings the document of the run onto the page. */
function showTrained() {
  replace(trains.peek());
}

export const begunHere = () => begun;
/** @param {string | null} id */
export const rememberBegun = (id) => void (begun = id);

/** Who started the run on the page, where that was not here. */
export const owner = signal("");

/** Follows a run from now on, and what is set in it from elsewhere. @param {string} id @param {any} document what it was made from
 * @param {{openings?: number, owner?: string}} [told] how often its sealed test result was opened, and who started it */
export function follow(id, document, told = {}) {
  forgetWaiting();
  run.peek()?.close();
  const next = openRun(id);
  next.watch(PROBES);
  next.openings.value = told.openings ?? 0;
  owner.value = told.owner ?? "";
  trains.value = document;
  run.value = next;
  pausedByEdit = false;
  rememberRun(id);
  let known = 0;
  stopFollowing();
  stopFollowing = effect(() => {
    void next.version.value;
    for (const event of next.commandsApplied.slice(known)) takeInSetting(id, event);
    known = next.commandsApplied.length;
  });
}

let stopFollowing = () => {};
/** Numbers of the commands that this page has sent to the run. @type {Set<string>} */
const sent = new Set();

/** A live setting of the run, which may come from another tab, or from before this page was opened.
 * @param {string} id @param {import("../live/columns.js").RunEvent} event */
function takeInSetting(id, { number, command }) {
  if (command?.kind !== "set" || !command.path) return;
  if (sent.has(`${id} ${number}`) || waiting.has(command.path) || isUnderWay(id, command.path)) return;
  const edits = [{ op: /** @type {const} */ ("replace"), path: command.path, value: command.value }];
  const shown = trainsText.peek() === shownText.peek();
  batch(() => {
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
    const shown = before?.id === begun ? before : null;
    const status = shown?.status.peek();
    const aside =
      begun && !(status && ENDS.includes(status)) ? { id: begun, goesOn: pausedByEdit || status !== "paused" } : null;
    const asked = { experiment: document, name: name.peek(), start: first ? "paused" : "running" };
    const idempotencyKey = newKey();
    const made = await untilReached(() => post("/api/runs", asked, { idempotencyKey }));
    follow(made.id, made.experiment);
    begun = made.id;
    if (aside) layAside(aside.id, aside.goesOn).catch(() => null); // it has ended by itself
    if (first) await run.peek()?.send(first);
  } catch (problem) {
    note(messageOf(problem));
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
  stopFollowing();
  run.value = null;
  rememberRun(null);
  if (!sameWeights) edit([{ op: "replace", path: "/seed", value: Math.floor(Math.random() * 10_000) }]);
}

/** Follows no run any more; it goes on by itself. */
export function leave() {
  forgetWaiting();
  run.peek()?.close();
  stopFollowing();
  run.value = null;
  rememberRun(null);
}

/** @param {{path: string, index: number[], value: number}} weight */
export function setWeight({ value, ...weight }) {
  run
    .peek()
    ?.send({ kind: "set", weight, value })
    .catch((problem) => note(problem.message));
}

/** Tells a run that goes on of edits it can take, and pauses it at others. @returns {() => void} ends it */
export function listenToEdits() {
  return onEdits((edits, takeBack) => {
    const now = run.peek();
    if (!now || ENDS.includes(now.status.peek()) || trainsText.peek() === shownText.peek()) return;
    if (edits.every(isLive)) {
      if (!edits.every(isAllowed)) return; // the problem is shown beside the field, and the run goes on as it was
      const next = patched(trains.peek(), edits);
      if (canonical(next, said.peek()) === shownText.peek()) {
        trains.value = next;
        for (const { path, value } of edits) waiting.set(path, value);
        clearTimeout(timer);
        timer = window.setTimeout(tellWaiting, PAUSE);
        return;
      }
    }
    if (now.status.peek() !== "running") return;
    pausedByEdit = true;
    now.send({ kind: "pause" }).catch(() => null); // it may have ended just now
    note(t("page", "The run is paused, because this change makes another experiment. Train starts a new run."), {
      title: t("page", "Undo the change"),
      onClick: takeBack,
    });
  });
}

function tellWaiting() {
  const now = run.peek();
  for (const [path, value] of now ? waiting : []) {
    now
      ?.send({ kind: "set", path, value })
      .then((number) => sent.add(`${now.id} ${number}`))
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
