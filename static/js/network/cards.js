/** The cards of all cars, in their columns. */

import { h } from "preact";
import { memo } from "../ui/memo.js";
import { CarCard } from "./carCard.js";
import { foldOf } from "./folding.js";
import { problemsOf } from "./fromReport.js";

/**
 * The cards, drawn again only when something of them changed: never for what is lit below them.
 * @type {(props: CardsProps) => any}
 */
export const Cards = memo(drawn);

/**
 * @typedef {object} CardsProps
 * @property {import("./layout.js").Layout} layout
 * @property {string} id
 * @property {string[]} names of the inputs
 * @property {any} report
 * @property {string | null} selected place of the selected car
 * @property {number} focused column whose card has the focus; −1 for none
 * @property {(car: import("./cars.js").Car) => void} press
 * @property {(key: string) => void} fold
 * @property {number | null} dragged column of the card that is dragged
 * @property {number} x how far it is dragged, in pixels
 * @property {number} y
 * @property {ReturnType<typeof import("./drag.js").useDrag>["of"]} dragOf
 * @property {(edits: import("./edits.js").Edit[]) => void} onEdit
 */

/** @param {CardsProps} props */
function drawn({ layout, id, names, report, selected, focused, press, fold, dragOf, onEdit }) {
  return layout.columns.map((column, index) => {
    const { car } = column;
    return h(CarCard, {
      key: index,
      column,
      scale: layout.scale,
      index,
      id: `${id}-${index}`,
      names,
      selected: selected === car.place,
      focused: focused === index,
      problems: problemsOf(report, car),
      onEdit,
      onPress: () => (column.style === "stack" ? fold(column.key) : press(car)),
      folds: foldOf(layout, column),
      fold,
      drag: dragOf(index),
    });
  });
}
