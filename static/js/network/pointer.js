/** The pointer over the diagram: what lies under it, the exact number beside it, a click to open or to set. */

import { h } from "preact";
import { useRef, useState } from "preact/hooks";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { framesOf } from "../views/frames.js";
import { neuronName } from "./names.js";
import { biasSpot } from "./picture.js";
import { answersOf } from "./tiles.js";
import { weightAt, weightsOf } from "./weights.js";
import { wireAt } from "./wires.js";

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./wires.js").Neuron} Neuron */
/**
 * @typedef {{kind: "neuron", column: number, unit: number} | {kind: "bias", column: number, unit: number}
 *   | {kind: "weight", column: number, unit: number, source: number, from: number}} Hit
 */

/** @param {{layout: Layout, picture: {current: {bundles: () => import("./wires.js").Bundle[]} | null},
 *   frames: import("../views/frames.js").FrameSource, names: string[], track: {current: HTMLElement | null},
 *   openNeuron: (neuron: Neuron) => void, canEdit: boolean, setEditing: (editing: any) => void,
 *   onPeek?: (neuron: {path: string, unit: number, name: string} | null) => void}} props */
export function usePointer({ layout, picture, frames, names, track, openNeuron, canEdit, setEditing, onPeek }) {
  const [hover, setHover] = useState(/** @type {{hit: Hit, x: number, y: number} | null} */ (null));
  const last = useRef("");
  const at = (/** @type {PointerEvent | MouseEvent} */ event) => {
    const box = track.current?.getBoundingClientRect();
    return box ? [event.clientX - box.left, event.clientY - box.top] : [0, 0];
  };
  const look = (/** @type {PointerEvent} */ event) => {
    const [x, y] = at(event);
    const own = event.target instanceof Element && event.target.closest("button, .neuron-card, .popover, .car-card");
    const hit = own || event.buttons ? null : hitAt(layout, picture.current?.bundles() ?? [], x, y);
    const key = hit ? JSON.stringify(hit) : "";
    if (key === last.current && hit?.kind !== "weight") return;
    if (key !== last.current) {
      const neuron = hit?.kind === "neuron" ? peekOf(layout, names, hit) : null;
      onPeek?.(neuron);
    }
    last.current = key;
    setHover(hit && { hit, x, y });
  };
  const leave = () => {
    if (last.current) onPeek?.(null);
    last.current = "";
    setHover(null);
  };
  const click = (/** @type {MouseEvent} */ event) => {
    if (event.target instanceof Element && event.target.closest("button, .neuron-card, .popover")) return;
    const [x, y] = at(event);
    const hit = hitAt(layout, picture.current?.bundles() ?? [], x, y);
    if (hit?.kind === "neuron") openNeuron(hit);
    else if (hit && canEdit && valueOf(layout, frames, hit) !== null) setEditing(editingOf(layout, names, hit, x, y));
  };
  const column = hover ? layout.columns[hover.hit.column] : null;
  return {
    hovered: hover && column && hover.hit.kind !== "bias" ? litBy(hover.hit) : null,
    handlers: { onPointerMove: look, onPointerLeave: leave, onClick: click },
    tip: hover && column && h(Tip, { ...hover, layout, frames, names, canEdit }),
  };
}

/** What lights up under the pointer: a neuron with its wires, or one wire.
 * @param {Hit} hit @returns {Neuron} */
function litBy(hit) {
  const { column, unit } = hit;
  return hit.kind === "weight" ? { column, unit, source: hit.source } : { column, unit };
}

/** What lies at a point of the track, biases before neurons before wires.
 * @param {Layout} layout @param {import("./wires.js").Bundle[]} bundles @param {number} x @param {number} y
 * @returns {Hit | null} */
export function hitAt(layout, bundles, x, y) {
  for (const [index, column] of layout.columns.entries()) {
    if (column.style !== "tiles" || Math.abs(x - column.x) > column.size / 2 + 14) continue;
    for (const [row, unit] of column.shown.entries()) {
      const [left, top] = biasSpot(column, row);
      const weighted = column.car.layers[0]?.kind === "linear";
      if (weighted && Math.abs(x - left) < 10 && Math.abs(y - top) < 10) return { kind: "bias", column: index, unit };
      const inside = y >= column.tops[row] && y <= column.tops[row] + column.size;
      if (inside && Math.abs(x - column.x) <= column.size / 2) return { kind: "neuron", column: index, unit };
    }
  }
  const found = wireAt(bundles, x, y);
  if (!found) return null;
  const { bundle, wire } = found;
  const [unit, source] = [bundle.targets[wire], bundle.sources[wire]];
  return { kind: "weight", column: bundle.to, unit, source, from: bundle.from };
}

/** @param {Layout} layout @param {import("../views/frames.js").FrameSource} frames @param {Hit} hit
 * @returns {number | null} the weight or bias under the pointer */
function valueOf(layout, frames, hit) {
  const weights = weightsOf(framesOf(frames).weights, layout.columns[hit.column].car.path);
  const value =
    hit.kind === "weight"
      ? weightAt(weights, hit.source, hit.unit)
      : hit.kind === "bias"
        ? weights?.biases?.[weights.rows.get(hit.unit) ?? -1]
        : undefined;
  return value === undefined || Number.isNaN(value) ? null : value;
}

/** @param {Layout} layout @param {string[]} names @param {Hit} hit */
function peekOf(layout, names, { column, unit }) {
  return { path: layout.columns[column].car.path, unit, name: neuronName(layout.columns[column], unit, names) };
}

/** @param {Layout} layout @param {string[]} names @param {Hit} hit @param {number} x @param {number} y */
function editingOf(layout, names, hit, x, y) {
  const column = layout.columns[hit.column];
  const { path } = column.car;
  const parameter = hit.kind === "bias" ? "bias" : "weight";
  const index = hit.kind === "weight" ? [hit.unit, hit.source] : [hit.unit];
  return { key: `${path} ${parameter} ${index}`, path, parameter, index, x, y, label: labelOf(layout, names, hit) };
}

/** @param {Layout} layout @param {string[]} names @param {Hit} hit @returns {string} */
function labelOf(layout, names, hit) {
  const to = neuronName(layout.columns[hit.column], hit.unit, names);
  if (hit.kind === "bias") return t("network", "Bias of {neuron}", { neuron: to });
  if (hit.kind === "neuron") return to;
  const from = neuronName(layout.columns[hit.from], hit.source, names);
  return t("network", "Weight from {from} to {to}", { from, to });
}

/** @param {{hit: Hit, x: number, y: number, layout: Layout, frames: import("../views/frames.js").FrameSource,
 *   names: string[], canEdit: boolean}} props */
function Tip({ hit, x, y, layout, frames, names, canEdit }) {
  const column = layout.columns[hit.column];
  const value = valueOf(layout, frames, hit);
  const above = y > layout.height - 90;
  const style = {
    left: `${Math.min(Math.max(x, 130), layout.width - 130)}px`,
    top: `${hit.kind === "neuron" ? column.tops[column.shown.indexOf(hit.unit)] + column.size / 2 : y}px`,
  };
  const label = labelOf(layout, names, hit);
  if (hit.kind === "neuron") {
    const input = column.car.role === "input";
    const answers = answersOf(framesOf(frames), column.car.path, hit.unit);
    const range = answers && answers.length > 0 ? [Math.min(...answers), Math.max(...answers)] : null;
    style.left = `${column.x + column.size / 2 + 10}px`;
    return h(
      "div",
      { class: "network-tip beside", style },
      h("b", null, label),
      range && h("span", null, t("network", "from {low} to {high}", { low: range[0], high: range[1] })),
      !input && h("small", null, t("network", "Click to see how it adds up")),
    );
  }
  return h(
    "div",
    { class: `network-tip${above ? " above" : ""}`, style },
    h("span", null, label),
    h("b", { class: value !== null && value < 0 ? "negative" : "" }, value === null ? "–" : formatNumber(value, 4)),
    canEdit && h("small", null, t("network", "Click to set it")),
  );
}
