/** The pointer over the diagram: what lies under it, the exact number beside it, a click to open or to set. */

import { h } from "preact";
import { useRef, useState } from "preact/hooks";
import { hitAt, labelOf, valueOf } from "./hits.js";
import { neuronName } from "./names.js";
import { shiftAt } from "./pinned.js";
import { Tip } from "./tip.js";

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./wires.js").Neuron} Neuron */
/** @typedef {import("./hits.js").Hit} Hit */

/** @param {{layout: Layout, picture: {current: {bundles: () => import("./wires.js").Bundle[]} | null},
 *   frames: import("../views/newestFrames.js").FrameSource, names: string[], sample: number, track: {current: HTMLElement | null},
 *   openNeuron: (neuron: Neuron) => void, canEdit: boolean, setEditing: (editing: any) => void,
 *   onPeek?: (neuron: {path: string, unit: number, name: string} | null) => void}} props */
export function usePointer({ layout, picture, frames, names, sample, track, openNeuron, canEdit, setEditing, onPeek }) {
  const [hover, setHover] = useState(/** @type {{hit: Hit, x: number, y: number} | null} */ (null));
  const last = useRef("");
  const at = (/** @type {PointerEvent | MouseEvent} */ event) => {
    const box = track.current?.getBoundingClientRect();
    return box ? [event.clientX - box.left - shiftAt(event, track.current), event.clientY - box.top] : [0, 0];
  };
  const look = (/** @type {PointerEvent} */ event) => {
    const [x, y] = at(event);
    const own = event.target instanceof Element && event.target.closest("button, .neuron-card, .popover, .car-card");
    const hit = own || event.buttons ? null : hitAt(layout, picture.current?.bundles() ?? [], x, y);
    const key = hit ? JSON.stringify(hit) : "";
    if (key === last.current && hit?.kind !== "weight") return;
    if (key !== last.current) {
      const plane = hit && layout.columns[hit.column].style === "planes"; // which no view pictures over the inputs
      const neuron = hit?.kind === "neuron" && !plane ? peekOf(layout, names, hit) : null;
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
    tip: hover && column && h(Tip, { ...hover, layout, frames, names, canEdit, sample }),
  };
}

/** What lights up under the pointer: a neuron with its wires, or one wire.
 * @param {Hit} hit @returns {Neuron} */
function litBy(hit) {
  const { column, unit } = hit;
  return hit.kind === "weight" ? { column, unit, source: hit.source } : { column, unit };
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
