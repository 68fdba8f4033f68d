/** Where the card stands that explains an opened unit; what it shows is fetched when the first is opened. */

import { signal } from "@preact/signals-core";
import { lazy } from "../ui/lazy.js";

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./wires.js").Neuron} Neuron */

/** The unit whose card is open; there is one card, however many networks.
 * @type {import("@preact/signals-core").Signal<{path: string, unit: number} | null>} */
export const opened = signal(null);

/** Where an opened unit stands now, if it does.
 * @param {Layout} layout @param {{path: string, unit: number} | null} opened @returns {Neuron | null} */
export function placeOfOpen(layout, opened) {
  if (!opened) return null;
  const column = layout.columns.findIndex(({ car, shown }) => car.path === opened.path && shown.includes(opened.unit));
  return column < 0 ? null : { column, unit: opened.unit };
}

export const OpenCard = lazy(() => import("../pages/seldom.js").then((module) => module.OpenedCard));
export const WeightEditor = lazy(() => import("../pages/seldom.js").then((module) => module.WeightEditor));
