/** The cards of all cars, in their columns. */

import { h } from "preact";
import { CarCard } from "./carCard.js";
import { placeOf } from "./cars.js";
import { unfolded } from "./folding.js";
import { problemsOf } from "./reading.js";

/** What the pinned cards are selected as.
 * @type {Record<string, string>} */
export const RESERVED = { input: "/dataset", output: "/networks/main/head" };

/**
 * @param {object} props
 * @param {import("./layout.js").Layout} props.layout
 * @param {string} props.id
 * @param {string[]} props.names of the inputs
 * @param {any} props.report
 * @param {string | null} props.selected place of the selected car
 * @param {import("./keys.js").Focus | null} props.focused
 * @param {(car: import("./cars.js").Car) => void} props.press
 * @param {(key: string) => void} props.fold
 * @param {ReturnType<typeof import("./drag.js").useDrag>} props.drag
 * @param {(edits: import("./edits.js").Edit[]) => void} props.onEdit
 */
export function Cards({ layout, id, names, report, selected, focused, press, fold, drag, onEdit }) {
  return layout.columns.map((column, index) => {
    const { car } = column;
    return h(CarCard, {
      key: index,
      column,
      index,
      id: `${id}-${index}`,
      names,
      selected: selected !== null && (selected === placeOf(car.path) || selected === RESERVED[car.role]),
      focused: focused?.column === index && focused.row < 0,
      problems: problemsOf(report, car),
      onEdit,
      onPress: () => (column.style === "stack" ? fold(column.key) : press(car)),
      onFold: car.role === "container" && !unfolded(layout, car) ? () => fold(car.path) : null,
      drag: drag.of(index),
    });
  });
}
