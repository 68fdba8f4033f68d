/** What stands in the head of the network's panel: one more layer, undo and redo, the first weights. */

import { h } from "preact";
import { networkTitle } from "../api/parts.js";
import { t } from "../i18n/t.js";
import { Button, IconButton, NumberField } from "../ui/controls.js";
import { Popover } from "../ui/popover.js";
import { canRedo, canUndo, edit, experiment, redo, undo } from "./document.js";
import { Palette } from "./palette.js";
import { PartWithSettings } from "./partWithSettings.js";

/** @param {{place: string, onChoose: (place: string, kind: string, start?: any) => void}} props */
export function NetworkTools({ place, onChoose }) {
  const { seed = 0 } = experiment.value;
  const newSeed = h(IconButton, {
    icon: "dice",
    look: "quiet",
    label: t("editor", "Draw other first weights"),
    onClick: () => edit([{ op: "replace", path: "/seed", value: Math.floor(Math.random() * 10_000) }]),
  });
  return h(
    "span",
    { class: "tools" },
    h(Popover, {
      label: t("editor", "Add a layer"),
      class: "palette-card",
      trigger: (attributes) => h(Button, { look: "quiet", icon: "plus", attributes }, t("editor", "Layer")),
      children: (/** @type {() => void} */ close) =>
        h(Palette, {
          place,
          onChoose: (/** @type {string} */ kind, /** @type {any} */ start) => (close(), onChoose(place, kind, start)),
        }),
    }),
    h(IconButton, { icon: "undo", look: "quiet", label: t("editor", "Undo"), disabled: !canUndo.value, onClick: undo }),
    h(IconButton, { icon: "redo", look: "quiet", label: t("editor", "Redo"), disabled: !canRedo.value, onClick: redo }),
    h(Popover, {
      label: t("editor", "First weights"),
      class: "weights-card",
      trigger: (attributes) =>
        h(
          Button,
          { look: "quiet", icon: "dice", attributes },
          h("span", { class: "roomy-only" }, t("editor", "First weights")),
        ),
      children: () =>
        h(
          "div",
          { class: "form" },
          h(NumberField, {
            label: t("editor", "Seed"),
            help: t(
              "editor",
              "The same seed draws the same first weights, batches and dropout: on as many threads, the run can be repeated exactly.",
            ),
            value: seed,
            integer: true,
            min: 0,
            max: 2 ** 31 - 1,
            onInput: (value) => edit([{ op: "replace", path: "/seed", value }]),
            beside: newSeed,
          }),
          Object.keys(experiment.value.networks ?? {}).map((name, _, all) =>
            h(PartWithSettings, {
              key: name,
              family: "initializers",
              place: `/networks/${name}/initializer`,
              title: all.length > 1 ? `${networkTitle(name)} · ${t("editor", "Drawn by")}` : t("editor", "Drawn by"),
            }),
          ),
        ),
    }),
  );
}
