/** What stands below the cards: the tiles of neurons and planes, pictures and strips, and what is said below them. */

import { h } from "preact";
import { t } from "../i18n/t.js";
import { memo } from "../ui/memo.js";
import { inOneRow, tileAt } from "./layout.js";
import { neuronName, sizesText, titleOf } from "./names.js";

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./layout.js").Column} Column */
/** @typedef {import("./wires.js").Neuron} Neuron */

const ROOM = 9; // letters beside a tile
const MARGIN = 7; // pixels between a name and its tile; network.css has it, too
const TWO_LINES = 34; // pixels of a tile beside which two lines have room
const SHORT = 36; // pixels beside the tile of an answer in which hardly a name can be read

/** @param {{layout: Layout, id: string, names: string[], answers: string[], lit: Neuron | null, focused: {column: number, row: number} | null,
 *   opened: Neuron | null}} props */
export function Neurons({ layout, id, names, answers, lit, focused, opened }) {
  const alone = lit !== null && lit.source === undefined; // then all others step back, but for those that feed it
  const feeds = alone ? (layout.columns[lit.column]?.feeds ?? []) : [];
  return layout.columns.map((column, index) =>
    h(
      "div",
      {
        key: index,
        class: `units ${column.car.role}${alone && lit.column !== index && !feeds.includes(index) ? " dim" : ""}`,
      },
      h(Units, {
        column,
        index,
        id,
        names: column.car.role === "output" ? answers : names,
        lit: alone && lit.column === index ? lit.unit : -1,
        focused: focused?.column === index ? focused.row : -1,
        opened: opened?.column === index ? opened.unit : -1,
      }),
    ),
  );
}

/** What stands in one column; drawn again only when something of it changed. */
const Units = memo(
  /** @param {{column: Column, index: number, id: string, names: string[], lit: number, focused: number,
   *   opened: number}} props numbers of units, and the row with the focus; −1 for none */
  ({ column, index, id, names, lit, focused, opened }) => {
    if (column.style === "none" || column.style === "unrolled") return null;
    const caption = h(Caption, { key: "caption", column });
    if (column.shown.length === 0) return [h(Whole, { key: "whole", column, index }), caption];
    const tiles = column.shown.map((unit, row) => {
      const classes = column.style === "planes" ? ["neuron", "feature-plane"] : ["neuron"];
      if (lit >= 0 && lit !== unit) classes.push("dim");
      if (opened === unit) classes.push("opened");
      if (focused === row) classes.push("focused");
      const { left, top, width, height } = tileAt(column, row);
      const output = column.car.role === "output";
      const label = output && names[unit] ? `${titleOf(column.car)} · ${names[unit]}` : neuronName(column, unit, names);
      return h(
        "div",
        {
          key: row, // by its place: where cars come and go, what is drawn already is painted anew
          id: `${id}-${index}-${row}`,
          class: classes.join(" "),
          style: { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` },
          role: "img",
          "aria-label": label,
        },
        h("canvas", { "data-column": index, "data-unit": unit, "aria-hidden": "true" }),
        column.car.role === "input" &&
          inOneRow(column) && // else tiles stand beside most of them
          h(
            "span",
            { class: `neuron-name${height < TWO_LINES ? "" : " wrapped"}`, style: { maxWidth: `${left - MARGIN}px` } },
            column.car.from ? String(unit + 1) : inLittleRoom(label),
          ),
        output && names[unit] && inOneRow(column) && h(Answer, { column, left, width, name: names[unit] }),
      );
    });
    return [tiles, caption];
  },
);

/** What an output is called: beside it, or, of one alone that stands in a narrow column, under it.
 * @param {{column: Column, left: number, width: number, name: string}} props */
function Answer({ column, left, width, name }) {
  const room = column.left + column.card - left - width - 5;
  const under = room < SHORT && column.shown.length === 1;
  return h(
    "span",
    {
      class: `neuron-name answer${under ? " under" : ""}`,
      style: { maxWidth: `${under ? column.card : room}px` },
    },
    name,
  );
}

/** A name of little room: of a category's long one, the value, which is what tells it from the next.
 * @param {string} label */
function inLittleRoom(label) {
  const value = label.indexOf(" = ");
  return value > 0 && label.length > ROOM ? label.slice(value + 1) : label;
}

/** The sizes of planes, and how many of how many units are shown.
 * @param {{column: Column}} props */
function Caption({ column }) {
  const { style, shown, units, compact } = column;
  const sizes = style === "planes" || style === "picture" ? sizesText(column.car) : "";
  const values = { shown: String(shown.length), count: String(units) };
  const part = compact ? `${values.shown}/${values.count}` : t("network", "{shown} of {count}", values);
  const some = shown.length > 0 && units > shown.length ? part : "";
  if (!sizes && !some) return null;
  const low = column.shown.length > 0 ? Math.max(...column.tops) + column.tall : column.top + column.height;
  const place = { left: `${column.x}px`, top: `${low + 4}px`, width: `${column.card + 24}px` };
  return h(
    "span",
    { class: "neuron-some", style: place },
    sizes && h("span", null, sizes),
    sizes && some ? " · " : "",
    some && h("span", null, some),
  );
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
  const straight = column.feeds[0] === 0;
  const label = {
    picture: t("network", "The chosen sample"),
    strip: straight
      ? t("network", "The pixels of the chosen sample, one below the other")
      : t("network", "All its numbers for the chosen sample, one below the other"),
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
