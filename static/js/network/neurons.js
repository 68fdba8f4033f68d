/** The tiles of the neurons, pictures and strips below the cards, and the frames around residuals and unfolded blocks. */

import { h } from "preact";
import { t } from "../i18n/t.js";
import { Icon } from "../ui/icons.js";
import { neuronName } from "./names.js";

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./layout.js").Column} Column */
/** @typedef {import("./wires.js").Neuron} Neuron */

/** @param {{layout: Layout, id: string, names: string[], lit: Neuron | null, focused: {column: number, row: number} | null,
 *   opened: Neuron | null, templates: (layout: Layout, column: Column) => boolean, picture: number[] | null}} props */
export function Neurons({ layout, id, names, lit, focused, opened }) {
  return layout.columns.map((column, index) => {
    if (column.style === "none") return null;
    if (column.style !== "tiles") return h(Whole, { key: `${column.key} whole`, column, index });
    const tiles = column.shown.map((unit, row) => {
      const classes = ["neuron"];
      if (lit && lit.source === undefined && !(lit.column === index && lit.unit === unit) && lit.column - 1 !== index)
        classes.push("dim");
      if (opened?.column === index && opened.unit === unit) classes.push("opened");
      if (focused?.column === index && focused.row === row) classes.push("focused");
      const style = {
        left: `${column.x - column.size / 2}px`,
        top: `${column.tops[row]}px`,
        width: `${column.size}px`,
        height: `${column.size}px`,
      };
      const label = neuronName(column, unit, names);
      return h(
        "div",
        {
          key: `${column.key} ${unit}`,
          id: `${id}-${index}-${row}`,
          class: classes.join(" "),
          style,
          role: "img",
          "aria-label": label,
        },
        h("canvas", { "data-column": index, "data-unit": unit, "aria-hidden": "true" }),
        column.car.role === "input" &&
          h(
            "span",
            { class: "neuron-name", style: { maxWidth: `${column.x - column.size / 2 - column.left}px` } },
            label,
          ),
      );
    });
    const some = column.units > column.shown.length;
    const last = column.tops[column.tops.length - 1] + column.size;
    return [
      tiles,
      some &&
        h(
          "span",
          { key: `${column.key} some`, class: "neuron-some", style: { left: `${column.x}px`, top: `${last + 4}px` } },
          t("network", "{shown} of {count}", { shown: String(column.shown.length), count: String(column.units) }),
        ),
    ];
  });
}

/** A column that is one picture: the sample, its pixels as a strip, or folded cars.
 * @param {{column: Column, index: number}} props */
function Whole({ column, index }) {
  const style = {
    left: `${column.x - column.width / 2}px`,
    top: `${column.top}px`,
    width: `${column.width}px`,
    height: `${column.height}px`,
  };
  const label = {
    picture: t("network", "The chosen sample"),
    strip: t("network", "The pixels of the chosen sample, one below the other"),
    stack: t("network", "The neurons of the folded cars"),
  };
  return h(
    "div",
    {
      class: `whole whole-${column.style}`,
      style,
      role: "img",
      "aria-label": label[/** @type {"strip"} */ (column.style)],
    },
    h("canvas", { "data-column": index, "data-unit": 0, "aria-hidden": "true" }),
  );
}

/** @param {{layout: Layout, fold: (key: string) => void}} props */
export function Blocks({ layout, fold }) {
  return layout.frames.map((frame) => {
    const [first, last] = [layout.columns[frame.from], layout.columns[frame.to]];
    const left = first.left - 12;
    const style = {
      left: `${left}px`,
      width: `${last.left + last.card + 12 - left}px`,
      height: `${layout.height - 8}px`,
    };
    if (frame.residual && frame.count === 0) return null;
    const label = frame.residual ? t("network", "Fold this residual") : t("network", "Fold these cars");
    return h(
      "div",
      { key: `${frame.key} frame`, class: `block${frame.residual ? " residual" : ""}`, style },
      h(
        "button",
        {
          type: "button",
          class: "block-fold",
          tabIndex: -1,
          title: label,
          "aria-label": label,
          onClick: () => fold(frame.key),
        },
        h(Icon, { name: "minus", size: 14 }),
      ),
    );
  });
}
