/** All the keys, and the switch that turns the ones off that work anywhere. */

import { h } from "preact";
import { t } from "../i18n/t.js";
import { Toggle } from "../ui/controls.js";
import { Dialog } from "../ui/dialog.js";
import { shortcutsOn, switchShortcuts } from "../ui/shortcuts.js";

const KEYS = /** @type {[string, string][]} */ ([
  ["Space", "Train, pause, go on"],
  [".", "One batch"],
  [">", "One epoch"],
  ["0", "Back to the start, with the same first weights"],
  ["?", "These keys"],
  ["Ctrl Z", "Undo"],
  ["Ctrl Y", "Redo"],
  ["← → ↑ ↓", "In the diagram: from car to car, through its neurons"],
  ["Enter", "In the diagram: open this car or neuron"],
  ["+", "In the diagram: couple a layer in behind this car"],
  ["U", "In the diagram: unroll this car over its time steps, unfold it or fold it"],
  ["D", "In the diagram: double this car"],
  ["Alt ← →", "In the diagram: move this car"],
  ["Delete", "In the diagram: remove this car"],
]);

/** @param {{onClose: () => void}} props */
export function KeysDialog({ onClose }) {
  return h(
    Dialog,
    { title: t("page", "Keys"), class: "keys", onClose },
    h(
      "dl",
      null,
      KEYS.map(([key, what]) => [
        h(
          "dt",
          { key },
          key.split(" ").map((keyName) => h("kbd", { key: keyName }, t("page", keyName))),
        ),
        h("dd", { key: what }, t("page", what)),
      ]),
    ),
    h(Toggle, {
      label: t("page", "Keys work anywhere on the page"),
      help: t("page", "Switch them off if they get in the way of your screen reader or speech input."),
      value: shortcutsOn.value,
      onInput: switchShortcuts,
    }),
  );
}
