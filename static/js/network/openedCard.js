/** The card that explains an opened unit: a neuron's sum, or a plane pixel by pixel. */

import { h } from "preact";
import { NeuronCard } from "./neuronCard.js";
import { Patches } from "./patches.js";
import { PlaneCard } from "./planeCard.js";

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./wires.js").Neuron} Neuron */

/**
 * @param {object} props
 * @param {Layout} props.layout
 * @param {Neuron} props.place
 * @param {import("../views/newestFrames.js").FrameSource} props.frames
 * @param {string[]} props.names of the inputs
 * @param {number} props.sample
 * @param {any} [props.preview]
 * @param {import("./planeCard.js").PixelSignal} props.pixel
 * @param {(sample: number) => void} props.onSample
 * @param {(weight: import("./diagram.js").WeightSet) => void} [props.onSetWeight]
 * @param {() => void} props.onClose
 */
export function OpenedCard({ pixel, onSetWeight, ...shared }) {
  const { layout, place, frames, sample } = shared;
  if (layout.columns[place.column].style !== "planes") return h(NeuronCard, { ...shared, onSetWeight });
  return [
    h(PlaneCard, { key: "card", ...shared, pixel }),
    h(Patches, { key: "patches", layout, place, frames, sample, pixel }),
  ];
}
