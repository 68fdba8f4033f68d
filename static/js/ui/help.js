/** Help: a small mark beside a control; it opens two sentences, the formula, and something to try. */

import { Fragment, h } from "preact";
import { t } from "../i18n/t.js";
import { Button } from "./buttons.js";
import { Popover } from "./popover.js";

/** @typedef {import("./field.js").Help} Help */

/** What a setting is and, while a run goes on that cannot take it, when a change of it counts.
 * @param {string} text @param {() => boolean} [live] */
export function withNote(text, live) {
  return live?.() ? `${text}\n\n${t("ui", "A change here takes effect in the next run.")}` : text;
}

/** @param {{label: string, help: Help | string}} props */
export function HelpMark({ label, help }) {
  const { text, formula, tryThis } = typeof help === "string" ? { text: help } : help;
  /** @param {() => void} close */
  const card = (close) =>
    h(
      Fragment,
      null,
      h("h3", null, label),
      (typeof text === "function" ? text() : text)
        .split(/\n\s*\n/)
        .map((paragraph) => h("p", { key: paragraph }, paragraph)),
      formula && h("p", { class: "formula" }, formula),
      tryThis && h(Button, { class: "fix", onClick: () => (tryThis.onClick(), close()) }, tryThis.title),
    );
  return h(Popover, {
    class: "help",
    sides: ["right", "left", "below", "above"],
    label: t("ui", "What is “{label}”?", { label }),
    trigger: (attributes) =>
      h("button", { type: "button", class: "help-mark", "aria-label": attributes.title, ...attributes }, "?"),
    children: card,
  });
}
