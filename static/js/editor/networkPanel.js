/** What learns: the diagram, the palette that couples layers in, the form of the selected car. */

import { h } from "preact";
import { useState } from "preact/hooks";
import { families, networkTitle, partOf } from "../api/parts.js";
import { t } from "../i18n/t.js";
import { Diagram } from "../network/diagram.js";
import { isFrozen } from "../network/fromReport.js";
import { Siding } from "../network/siding.js";
import { learningIn } from "../live/phases.js";
import { Floating } from "../ui/popover.js";
import { isLocked } from "../ui/shown.js";
import { preview, report, told } from "./checking.js";
import { goesOn, own, setWeight } from "./currentRun.js";
import { edit, experiment, loads } from "./document.js";
import { lookedAt } from "./moment.js";
import { coupling } from "./coupling.js";
import { carAt } from "./carAt.js";
import { LayerForm } from "./layerForm.js";
import { Palette } from "./palette.js";
import { NetworkTitle } from "./networkTitle.js";
import { NetworkTools } from "./networkTools.js";
import { Panel } from "./panel.js";
import { MomentPill } from "./momentPill.js";
import { networkOf } from "../views/paths.js";
import { lazy } from "../ui/lazy.js";

const HeadForm = lazy(() => import("../pages/seldom.js").then((module) => module.HeadForm));

/**
 * @param {{frames: import("../views/newestFrames.js").FrameSource, sample: number,
 *   onSample: (sample: number) => void, onPeek?: (neuron: {path: string, unit: number} | null) => void, asked?: any}} props
 *   `asked` says which sample the diagram shows, where it is none of its own
 */
export function NetworkPanel({ frames, sample, onSample, onPeek, asked }) {
  const [selected, setSelected] = useState(/** @type {string | null} */ (null));
  const [inserting, setInserting] = useState(/** @type {{place: string, anchor: Element} | null} */ (null));
  /** @param {string} place @param {string} kind @param {any} [start] the layer as it is to begin */
  const couple = (place, kind, start) => {
    setInserting(null);
    edit(coupling(experiment.peek(), place, start ?? { kind }, families.peek().layers ?? []));
    if (!partOf("layers", kind)?.rides) setSelected(place);
  };
  /** @param {string | null} place */
  const select = (place) => {
    setSelected(place === selected ? null : place);
    if (place === "/dataset") document.getElementById("data")?.focus();
  };
  const networks = Object.keys(experiment.value.networks ?? {});
  const task = partOf("tasks", experiment.value.task?.kind);
  const { feeds = {}, tells = {} } = task ?? {};
  const learns = learningIn(own.value, task);
  /** @param {string} name @returns {import("./networkTitle.js").Learning} */
  const learning = (name) => {
    if (isFrozen(report.value?.networks?.[name], experiment.value)) return "frozen";
    return learns ? (learns.includes(name) ? "learns" : "still") : "";
  };
  const open = selected && (isHead(selected) || (selected.startsWith("/networks/") && carAt(selected)));
  return h(
    Panel,
    {
      name: "network",
      title: t("page", "Network"),
      beside: [
        h(MomentPill, { key: "pill" }),
        h(NetworkTools, { key: "tools", place: placeAfter(selected), onChoose: couple }),
      ],
    },
    networks.map((name) => [
      [feeds[name], tells[name]].filter(Boolean).map((from) =>
        h(Siding, {
          key: `siding ${name}`,
          from,
          title: networkTitle(from),
          back: learning(name) === "still" && learning(from) === "learns",
        }),
      ),
      h(Diagram, {
        key: `${loads.value} ${name}`,
        name,
        from: feeds[name],
        apart: Boolean(tells[name]),
        title: networks.length > 1 && h(NetworkTitle, { name, learning: learning(name) }),
        still: ["still", "frozen"].includes(learning(name)),
        classes: task?.target === "classes" ? preview.value?.classes : undefined,
        report: report.value,
        told: told.value,
        experiment: experiment.value,
        parts: families.value,
        frames,
        preview: preview.value,
        selected,
        onSelect: select,
        onEdit: edit,
        onInsert: (place, anchor) => !isLocked("network") && setInserting({ place, anchor }),
        onSetWeight: goesOn() && !lookedAt.value && !isLocked("network") ? setWeight : undefined,
        sample,
        onSample,
        onPeek,
      }),
    ]),
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
          isHead(selected)
            ? h(HeadForm, { place: selected, onSelect: setSelected })
            : h(LayerForm, { place: selected, onSelect: setSelected }),
      }),
  );
}

/** The card of a car on the page. @param {string} place */
function anchorOf(place) {
  return document.querySelector(`.car-card[data-path${isHead(place) ? "^" : ""}="${CSS.escape(place)}"]`);
}

/** Whether a place is that of a head, which the field `head` stands for. @param {string} place */
function isHead(place) {
  return /^\/networks\/[^/]+\/head$/.test(place);
}

/** Where a layer goes that is added to the selected car, or to the end. @param {string | null} selected */
function placeAfter(selected) {
  const found = selected?.startsWith("/networks/") ? carAt(selected) : null;
  if (found) return `${found.car.list}/${found.car.end}`;
  const networks = experiment.value.networks ?? {};
  const name = (selected && networkOf(selected)) || (Object.keys(networks)[0] ?? "main");
  return `/networks/${name}/layers/${networks[name]?.layers?.length ?? 0}`;
}
