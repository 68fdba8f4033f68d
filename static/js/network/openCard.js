/** Where the card stands that explains an opened unit; what it shows is fetched when the first is opened. */

import { lazy } from "../ui/lazy.js";
import { cardRoom } from "./folding.js";

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

export const OpenCard = lazy(() => import("../pages/seldom.js").then((module) => module.OpenedCard));
export const WeightEditor = lazy(() => import("../pages/seldom.js").then((module) => module.WeightEditor));
