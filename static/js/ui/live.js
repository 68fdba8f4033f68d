/** What the page says aloud to a screen reader, and the short notes at its edge that say the same to the eye. */

import { signal } from "@preact/signals-core";
import { Fragment, h } from "preact";
import { t } from "../i18n/t.js";
import { Button, IconButton } from "./buttons.js";

/** @typedef {{id: number, text: string, action?: {title: string, onClick: () => void}}} Note */

const PAUSE = 10_000; // milliseconds between two things that are said by the way
const STAYS = 8_000; // milliseconds

const spoken = signal("");
const notes = signal(/** @type {Note[]} */ ([]));
let lastSaid = -PAUSE;
let lastNote = 0;

/**
 * Says a sentence aloud. By the way at most every ten seconds; what matters (`now`) at once.
 * @param {string} text
 * @param {boolean} [now]
 */
export function say(text, now = false) {
  const time = performance.now();
  if (!now && time - lastSaid < PAUSE) return;
  lastSaid = time;
  spoken.value = text;
}

/**
 * A note at the edge of the page, said aloud too; it leaves by itself unless there is something to do about it.
 * @param {string} text
 * @param {{title: string, onClick: () => void}} [action]
 */
export function note(text, action) {
  const id = (lastNote += 1);
  notes.value = [...notes.value.filter((one) => one.text !== text), { id, text, action }].slice(-3);
  say(text, true);
  setTimeout(() => dismiss(id), action ? 2 * STAYS : STAYS);
}

/** @param {number} id */
function dismiss(id) {
  notes.value = notes.value.filter((one) => one.id !== id);
}

/** Stands once on a page. */
export function LiveRegion() {
  return h(
    Fragment,
    null,
    h("div", { class: "spoken-only", role: "status", "aria-live": "polite" }, spoken.value),
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
