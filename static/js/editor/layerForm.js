/** The form of a selected car: each of its layers with its settings, and what can be done with the whole car. */

import { h } from "preact";
import { families, partOf } from "../api/parts.js";
import { t } from "../i18n/t.js";
import { doubling, listAt, moving, removal } from "../network/edits.js";
import { shortTitle } from "../network/names.js";
import { IconButton, Select } from "../ui/controls.js";
import { HelpMark } from "../ui/help.js";
import { SchemaForm } from "../ui/form.js";
import { BranchCount } from "./branchCount.js";
import { report } from "./checking.js";
import { partEdits } from "./choosing.js";
import { goesOn } from "./currentRun.js";
import { edit, experiment } from "./document.js";
import { carAt } from "./carAt.js";
import { valueAt } from "./patch.js";
import { lazy } from "../ui/lazy.js";

const Arithmetic = lazy(() => import("../pages/seldom.js").then((module) => module.Arithmetic));

/** @typedef {import("../network/cars.js").Car} Car */

/** @param {{place: string, onSelect: (place: string | null) => void}} props */
export function LayerForm({ place, onSelect }) {
  const found = carAt(place);
  if (!found) return null;
  const { car, among } = found;
  const layers = listAt(experiment.value, car.list);
  const index = among.indexOf(car);
  const activation = layers.slice(car.start + 1, car.end);
  const to = (/** @type {number} */ at) => {
    edit(moving(car, layers, at));
    onSelect(`${car.list}/${at > car.start ? at - (car.end - car.start) : at}`);
  };
  const before = among[index - 1];
  const after = among[index + 1];
  return h(
    "div",
    { class: "layer-form form" },
    h(
      "header",
      { class: "card-head" },
      h("h3", null, shortTitle(car)),
      h(HelpFor, { kind: car.layers[0].kind }),
      h(
        "span",
        { class: "tools" },
        h(IconButton, {
          icon: "left",
          look: "quiet",
          label: t("editor", "Move left"),
          disabled: !before,
          onClick: () => before && to(before.start),
        }),
        h(IconButton, {
          icon: "right",
          look: "quiet",
          label: t("editor", "Move right"),
          disabled: !after,
          onClick: () => after && to(after.end),
        }),
        h(IconButton, {
          icon: "copy",
          look: "quiet",
          label: t("editor", "Duplicate"),
          onClick: () => edit(doubling(car, layers)),
        }),
        h(IconButton, {
          icon: "trash",
          look: "quiet",
          label: t("editor", "Delete"),
          onClick: () => (onSelect(null), edit(removal(car))),
        }),
        h(IconButton, { icon: "close", look: "quiet", label: t("ui", "Close"), onClick: () => onSelect(null) }),
      ),
    ),
    h(OneLayer, { place }),
    h(Arithmetic, { layer: car.document, takes: car.takes, part: partOf("layers", car.layers[0].kind) }),
    Array.isArray(car.document?.branches) && h(BranchCount, { car, place }),
    !partOf("layers", car.layers[0].kind)?.rides &&
      car.role !== "container" &&
      h(Activation, { car, activation: activation[0] }),
    activation.map((_, at) => h(OneLayer, { key: at, place: `${car.list}/${car.start + 1 + at}` })),
  );
}

/** The settings of one layer. @param {{place: string}} props */
function OneLayer({ place }) {
  const value = valueAt(experiment.value, place);
  const part = partOf("layers", value?.kind);
  const problems = (report.value?.problems ?? []).filter(
    (problem) => problem.place === place || problem.place.startsWith(`${place}/`),
  );
  if (!part) return null;
  return h(SchemaForm, {
    key: value.kind,
    schema: part.schema,
    value,
    place,
    problems,
    onEdit: edit,
    context: "layers",
    live: goesOn,
  });
}

/** The activation that rides in the car: none, or one of the family.
 * @param {{car: Car, activation: any}} props */
function Activation({ car, activation }) {
  const all = (families.value.layers ?? []).filter((part) => part.rides);
  const path = `${car.list}/${car.start + 1}`;
  /** @param {string} kind */
  const choose = (kind) => {
    const part = all.find((candidate) => candidate.kind === kind);
    if (!part) edit([{ op: "remove", path }]);
    else if (activation) edit(partEdits(path, activation, undefined, part));
    else edit([{ op: "add", path, value: { kind } }]);
  };
  const part = all.find((candidate) => candidate.kind === activation?.kind);
  return h(Select, {
    label: t("editor", "Activation"),
    help: part
      ? { text: part.help, formula: part.formula }
      : t(
          "editor",
          "Without an activation this layer only adds and multiplies; several such layers are no more than one.",
        ),
    value: activation?.kind ?? "",
    options: [
      { value: "", title: t("editor", "none") },
      ...all.map((choice) => ({ value: choice.kind, title: choice.title })),
    ],
    onInput: choose,
  });
}

/** @param {{kind: string}} props */
function HelpFor({ kind }) {
  const part = partOf("layers", kind);
  return part && h(HelpMark, { label: part.title, help: { text: part.help, formula: part.formula } });
}
