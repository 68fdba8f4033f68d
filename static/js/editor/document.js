/** The experiment that is edited. Everything that changes it goes through `edit` or `replace`, and can be undone. */

import { batch, computed, signal } from "@preact/signals-core";
import { t } from "../i18n/t.js";
import { note } from "../ui/live.js";
import { isLocked } from "../ui/shown.js";
import { editsBetween, patched } from "./patch.js";

/** @typedef {import("../api/client.js").Edit} Edit */
/** @typedef {Record<string, any>} Document */
/** @typedef {{document: Document, name: string}} State */

const MOST_UNDOS = 200;
const PAUSE = 900; // milliseconds; edits of the same places within it are one step of undo, as while a slider moves

/** @type {import("@preact/signals-core").Signal<Document>} */
export const experiment = signal({});
/** What the person calls it; no part of the document. */
export const name = signal("");

/** The document that came last in the place of the same one of an older version. @type {import("@preact/signals-core").Signal<Document | null>} */
export const upgraded = signal(null);

/** How many documents were opened so far: another one is looked at from its beginning. */
export const loads = signal(0);

const before = signal(/** @type {State[]} */ ([]));
const after = signal(/** @type {State[]} */ ([]));
export const canUndo = computed(() => before.value.length > 0);
export const canRedo = computed(() => after.value.length > 0);

let lastPlaces = "";
let lastTime = 0;
/** @typedef {(edits: Edit[], takeBack: () => void) => void} EditListener */
/** @type {Set<EditListener>} */
const listeners = new Set();

/** Makes edits, as one step of undo. @param {Edit[]} edits @param {number} [now] milliseconds */
export function edit(edits, now = Date.now()) {
  const next = patched(experiment.peek(), edits);
  if (JSON.stringify(next) === JSON.stringify(experiment.peek())) return;
  if (edits.some(({ path }) => isLocked(path))) {
    note(t("editor", "This link leaves that as it is: it cannot be changed here."));
    return;
  }
  const places = edits.every((change) => change.op === "replace") ? edits.map((change) => change.path).join() : "";
  const sameMove = places !== "" && places === lastPlaces && now - lastTime < PAUSE;
  if (!sameMove) remember();
  [lastPlaces, lastTime] = [places, now];
  after.value = [];
  experiment.value = next;
  for (const listener of listeners) listener(edits, undo);
}

/** Another document in its place, as one step of undo. @param {Document} document @param {string} [title] */
export function replace(document, title) {
  if (Object.keys(experiment.peek()).length > 0) remember();
  lastPlaces = "";
  after.value = [];
  experiment.value = document;
  if (title === undefined) return;
  name.value = title;
  loads.value += 1;
}

/** The same document as it is written today, in its place: no edit, and no step of undo. @param {Document} document */
export function upgrade(document) {
  batch(() => {
    experiment.value = upgraded.value = document;
  });
}

export function undo() {
  step(before, after);
}

export function redo() {
  step(after, before);
}

/** The same, for a document that a person has gone back or forward to. @param {Document} document @param {string} title */
export function goTo(document, title) {
  const left = experiment.peek();
  replace(document, title);
  tellOfMove(left, undo);
}

/** Tells of edits that a person made, whichever way: a run in training must be told of them. @param {EditListener} listener */
export function onEdits(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** @returns {State} */
function now() {
  return { document: experiment.peek(), name: name.peek() };
}

function remember() {
  before.value = [...before.peek(), now()].slice(-MOST_UNDOS);
}

/** @param {typeof before} from @param {typeof before} to */
function step(from, to) {
  const state = from.peek().at(-1);
  if (!state) return;
  from.value = from.peek().slice(0, -1);
  to.value = [...to.peek(), now()];
  lastPlaces = "";
  const left = experiment.peek();
  experiment.value = state.document;
  name.value = state.name;
  tellOfMove(left, from === before ? redo : undo);
}

/** @param {Document} left the document before @param {() => void} takeBack */
function tellOfMove(left, takeBack) {
  const edits = editsBetween(left, experiment.peek());
  if (edits.length > 0) for (const listener of listeners) listener(edits, takeBack);
}
