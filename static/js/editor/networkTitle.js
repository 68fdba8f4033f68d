/** The heading of one of several networks: its name, what moves it, and a card in which it gets an optimizer of its own. */

import { h } from "preact";
import { defaultAt, networkTitle, partOf } from "../api/parts.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Button, Toggle } from "../ui/controls.js";
import { Popover } from "../ui/popover.js";
import { filled } from "../ui/schema.js";
import { isLocked } from "../ui/shown.js";
import { edit, experiment } from "./document.js";
import { PartWithSettings } from "./partWithSettings.js";

/** Whether a network learns in the phase of a step that is looked at; or that it never does.
 * @typedef {"learns" | "still" | "frozen" | ""} Learning */

/** @type {Record<Learning, () => string>} */
const LEARNING = {
  learns: () => t("editor", "learns in this step"),
  still: () => t("editor", "stands still in this step"),
  frozen: () => t("editor", "frozen: learns nothing"),
  "": () => "",
};

/** @param {{name: string, learning?: Learning}} props */
export function NetworkTitle({ name, learning = "" }) {
  const { optimizer = defaultAt({}, "/optimizer"), networks } = experiment.value;
  const moving = networks[name].optimizer ?? optimizer;
  const part = partOf("optimizers", moving.kind);
  const rate = part && formatNumber(filled(moving, part.schema).lr, 3);
  return h(
    "h3",
    { class: "network-title" },
    networkTitle(name),
    h(Popover, {
      label: t("editor", "What moves {name}", { name: networkTitle(name) }),
      class: "weights-card",
      trigger: (attributes) =>
        h(Button, { class: "track-chip", attributes }, part?.title ?? moving.kind, " ", h("b", null, rate), " ▾"),
      children: () => h(OwnOptimizer, { name }),
    }),
    learning && h("span", { class: `track-learning ${learning}` }, LEARNING[learning]()),
  );
}

/** @param {{name: string}} props */
function OwnOptimizer({ name }) {
  const { optimizer = defaultAt({}, "/optimizer"), networks } = experiment.value;
  const place = `/networks/${name}/optimizer`;
  const own = networks[name].optimizer ?? null;
  return h(
    "div",
    { class: "form" },
    h(Toggle, {
      label: t("editor", "Its own optimizer"),
      help: t("editor", "Without one, the optimizer of the training moves this network too, with a memory of its own."),
      value: own !== null,
      disabled: isLocked(place),
      onInput: (wanted) => edit([{ op: "replace", path: place, value: wanted ? optimizer : null }]),
    }),
    h(PartWithSettings, { family: "optimizers", place: own ? place : "/optimizer" }),
  );
}
