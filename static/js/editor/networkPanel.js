/** What learns: the diagram, the palette that couples layers in, the form of the selected car. */

import { h } from "preact";
import { useState } from "preact/hooks";
import { t } from "../i18n/t.js";
import { Diagram } from "../network/diagram.js";
import { Button, IconButton, NumberField } from "../ui/controls.js";
import { ProblemList } from "../ui/field.js";
import { Floating, Popover } from "../ui/popover.js";
import { isLocked } from "../ui/shown.js";
import { preview, report, trouble } from "./checking.js";
import { goesOn, setWeight } from "./currentRun.js";
import { canRedo, canUndo, edit, experiment, redo, undo } from "./document.js";
import { arriving } from "./arriving.js";
import { coupling } from "./coupling.js";
import { carAt } from "./carAt.js";
import { HeadForm, LayerForm } from "./layerForm.js";
import { Palette } from "./palette.js";
import { Panel } from "./panel.js";
import { families, partOf } from "./parts.js";
import { PartWithSettings } from "./partWithSettings.js";
import { PresetQuestion } from "./presetLine.js";

const HEAD = "/networks/main/head";

/**
 * @param {{frames: import("../views/frames.js").FrameSource, sample: number,
 *   onSample: (sample: number) => void, onPeek?: (neuron: {path: string, unit: number} | null) => void, asked?: any}} props
 *   `asked` says which sample the diagram shows, where it is none of its own
 */
export function NetworkPanel({ frames, sample, onSample, onPeek, asked }) {
  const [selected, setSelected] = useState(/** @type {string | null} */ (null));
  const [inserting, setInserting] = useState(/** @type {{place: string, anchor: Element} | null} */ (null));
  /** @param {string} place @param {string} kind @param {any} [start] the layer as it is to begin */
  const couple = (place, kind, start) => {
    setInserting(null);
    const there = { shape: arriving(place), start };
    edit(coupling(experiment.peek().networks?.main ?? {}, place, kind, families.peek().layers ?? [], there));
    if (partOf("layers", kind)?.group !== "activation") setSelected(place);
  };
  /** @param {string | null} place */
  const select = (place) => {
    setSelected(place === selected ? null : place);
    if (place === "/dataset") document.getElementById("data")?.focus();
  };
  const general = (report.value?.problems ?? []).filter(({ place }) =>
    ["", "/networks/main", "/networks/main/layers"].includes(place),
  );
  const open = selected === HEAD || (selected?.startsWith("/networks/main/layers") && carAt(selected));
  return h(
    Panel,
    {
      name: "network",
      title: t("page", "Network"),
      beside: h(Tools, { place: placeAfter(selected), onChoose: couple }),
    },
    h(PresetQuestion, null),
    h(ProblemList, { problems: general, onFix: (fix) => edit(fix.edits) }),
    trouble.value && h("p", { class: "trouble", role: "status" }, trouble.value),
    h(Diagram, {
      report: report.value,
      experiment: experiment.value,
      parts: families.value,
      frames,
      preview: preview.value,
      selected,
      onSelect: select,
      onEdit: edit,
      onInsert: (place, anchor) => !isLocked("network") && setInserting({ place, anchor }),
      onSetWeight: goesOn() && !isLocked("network") ? setWeight : undefined,
      sample,
      onSample,
      onPeek,
    }),
    asked,
    inserting &&
      h(Floating, {
        key: `insert ${inserting.place}`,
        label: t("editor", "Couple a layer in"),
        class: "palette-card",
        anchor: () => inserting.anchor,
        onClose: () => setInserting(null),
        children: () =>
          h(Palette, {
            place: inserting.place,
            onChoose: (/** @type {string} */ kind, /** @type {any} */ start) => couple(inserting.place, kind, start),
          }),
      }),
    open &&
      selected &&
      h(Floating, {
        key: `select ${selected}`,
        label: t("editor", "Settings of the layer"),
        class: "layer-card",
        stays: true,
        sides: ["right", "left", "below"],
        anchor: () => anchorOf(selected),
        onClose: () => setSelected(null),
        children: () =>
          selected === HEAD
            ? h(HeadForm, { onSelect: setSelected })
            : h(LayerForm, { place: selected, onSelect: setSelected }),
      }),
  );
}

/** The card of a car on the page. @param {string} place */
function anchorOf(place) {
  const path = place.replace("/networks/main", "");
  return document.querySelector(place === HEAD ? ".car-card.output" : `.car-card[data-path="${CSS.escape(path)}"]`);
}

/** Where a layer goes that is added to the selected car, or to the end. @param {string | null} selected */
function placeAfter(selected) {
  const found = selected?.startsWith("/networks/main/layers") ? carAt(selected) : null;
  if (found) return `/networks/main${found.car.list}/${found.car.end}`;
  return `/networks/main/layers/${experiment.value.networks?.main?.layers?.length ?? 0}`;
}

/** @param {{place: string, onChoose: (place: string, kind: string, start?: any) => void}} props */
function Tools({ place, onChoose }) {
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
      trigger: (attributes) => h(Button, { look: "quiet", icon: "dice", attributes }, t("editor", "First weights")),
      children: () =>
        h(
          "div",
          { class: "form" },
          h(NumberField, {
            label: t("editor", "Seed"),
            help: t(
              "editor",
              "The same seed draws the same first weights, batches and dropout: the run can be repeated exactly.",
            ),
            value: seed,
            integer: true,
            min: 0,
            max: 2 ** 31 - 1,
            onInput: (value) => edit([{ op: "replace", path: "/seed", value }]),
            beside: newSeed,
          }),
          h(PartWithSettings, {
            family: "initializers",
            place: "/networks/main/initializer",
            title: t("editor", "Drawn by"),
            start: "default",
          }),
        ),
    }),
  );
}
