/** What the page says aloud to a screen reader, and the short notes at its edge that say the same to the eye. */

import { signal } from "@preact/signals-core";
import { Fragment, h } from "preact";
import { t } from "../i18n/t.js";
import { Button, IconButton } from "./buttons.js";

/** @typedef {{id: number, text: string, action?: {title: string, onClick: () => void}}} Note */

const PAUSE = 10_000; // milliseconds between two things that are said by the way
const STAYS = 8_000; // milliseconds
const MOST_SAID = 4; // sentences that a screen reader can still find

/** @type {import("@preact/signals-core").Signal<{id: number, text: string}[]>} */
export const spoken = signal([]);
const notes = signal(/** @type {Note[]} */ ([]));
let lastSaid = -PAUSE;
let lastNumber = 0;
let later = { text: "", about: "" };
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/**
 * Says a sentence aloud. By the way at most every ten seconds: of what comes in between, the last is said when its
 * time has come. What matters (`now`) is said at once, and what waits about the same thing is no longer said.
 * @param {string} text
 * @param {{now?: boolean, about?: string}} [how]
 */
export function say(text, { now = false, about = "" } = {}) {
  const wait = lastSaid + PAUSE - performance.now();
  if (now && later.about === about) {
    clearTimeout(timer);
    timer = undefined;
  }
  if (now || (wait <= 0 && !timer)) return speak(text);
  later = { text, about };
  timer ??= setTimeout(sayLater, wait);
}

function sayLater() {
  const wait = lastSaid + PAUSE - performance.now(); // pushed back by what was said in the meantime
  timer = wait >= 1 ? setTimeout(sayLater, wait) : undefined;
  if (!timer) speak(later.text);
}

/** Each sentence is an element of its own: two that come together are both read, and one that comes twice, twice.
 * @param {string} text */
function speak(text) {
  lastSaid = performance.now();
  const id = (lastNumber += 1);
  spoken.value = [...spoken.value, { id, text }].slice(-MOST_SAID);
  setTimeout(() => (spoken.value = spoken.value.filter((sentence) => sentence.id !== id)), STAYS);
}

/**
 * A note at the edge of the page, said aloud too; it leaves by itself unless there is something to do about it.
 * @param {string} text
 * @param {{title: string, onClick: () => void}} [action]
 */
export function note(text, action) {
  const id = (lastNumber += 1);
  notes.value = [...notes.value.filter((other) => other.text !== text), { id, text, action }].slice(-3);
  say(text, { now: true, about: text });
  setTimeout(() => dismiss(id), action ? 2 * STAYS : STAYS);
}

/** @param {number} id */
function dismiss(id) {
  notes.value = notes.value.filter((other) => other.id !== id);
}

/** Stands once on a page. */
export function LiveRegion() {
  return h(
    Fragment,
    null,
    h(
      "div",
      { class: "spoken-only", role: "status", "aria-live": "polite", "aria-atomic": "false" },
      spoken.value.map(({ id, text }) => h("p", { key: id }, text)),
    ),
    h(
      "div",
      { class: "notes" },
      notes.value.map(({ id, text, action }) =>
        h(
          "div",
          { key: id, class: "note" },
          h("span", null, text),
          action && h(Button, { class: "fix", onClick: () => (action.onClick(), dismiss(id)) }, action.title),
          h(IconButton, { icon: "close", label: t("ui", "Close"), look: "quiet", onClick: () => dismiss(id) }),
        ),
      ),
    ),
  );
}
