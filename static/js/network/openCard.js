/** The card that explains an opened unit: a neuron's sum, or a plane pixel by pixel. */

import { h } from "preact";
import { cardRoom } from "./folding.js";
import { NeuronCard } from "./neuronCard.js";
import { Patches } from "./patches.js";
import { PlaneCard } from "./planeCard.js";

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./wires.js").Neuron} Neuron */

const WIDTH = { tiles: 386, planes: 434 }; // pixels, with what is free around them; network.css has the same

/** Where an opened unit stands now, if it does.
 * @param {Layout} layout @param {{path: string, unit: number} | null} opened @returns {Neuron | null} */
export function placeOfOpen(layout, opened) {
  if (!opened) return null;
  const column = layout.columns.findIndex(({ car, shown }) => car.path === opened.path && shown.includes(opened.unit));
  return column < 0 ? null : { column, unit: opened.unit };
}

/** Room at the right that its card needs.
 * @param {Layout} layout @param {Neuron} card */
export function roomFor(layout, card) {
  const { style } = layout.columns[card.column];
  return cardRoom(layout, card.column, WIDTH[/** @type {"tiles"} */ (style)] ?? WIDTH.tiles);
}

/**
 * @param {object} props
 * @param {Layout} props.layout
 * @param {Neuron} props.place
 * @param {import("../views/frames.js").FrameSource} props.frames
 * @param {string[]} props.names of the inputs
 * @param {number} props.sample
 * @param {any} [props.preview]
 * @param {import("./planeCard.js").PixelSignal} props.pixel
 * @param {(sample: number) => void} props.onSample
 * @param {(weight: import("./diagram.js").WeightSet) => void} [props.onSetWeight]
 * @param {() => void} props.onClose
 */
export function OpenCard({ pixel, onSetWeight, ...shared }) {
  const { layout, place, frames, sample } = shared;
  if (layout.columns[place.column].style !== "planes") return h(NeuronCard, { ...shared, onSetWeight });
  return [
    h(PlaneCard, { key: "card", ...shared, pixel }),
    h(Patches, { key: "patches", layout, place, frames, sample, pixel }),
  ];
}
