/** The experiment on the page, as a dot on the map of an atlas: it is dragged, or moved by arrow keys, and the experiment
 * changes with it. */

import { h } from "preact";
import { useRef } from "preact/hooks";
import { t } from "../i18n/t.js";
import { cellAfter, cellAt, placeOf } from "./atlasAxes.js";
import { settingWords } from "./atlasPlace.js";
import { edit, experiment } from "./document.js";
import { valueAt } from "./patch.js";

/** @typedef {{path: string, values: number[]}} Axis */

/** `onMove` is told the cell that it has come to. @param {{x: Axis, y: Axis, onMove: (at: [number, number]) => void}} props */
export function Here({ x, y, onMove }) {
  const dragged = useRef(/** @type {string | null} */ (null)); // the last cell of a drag
  const [columns, rows] = [x.values.length, y.values.length];
  const [across, up] = [x, y].map(({ path, values }) => placeOf(values, valueAt(experiment.value, path)));
  if (across === null || up === null) return null;
  const cell = /** @type {[number, number]} */ ([Math.round(across), Math.round(up)]);
  /** @param {[number, number]} at */
  const move = (at) => {
    edit([
      { op: "replace", path: x.path, value: x.values[at[0]] },
      { op: "replace", path: y.path, value: y.values[at[1]] },
    ]);
    onMove(at);
  };
  /** @param {PointerEvent & {currentTarget: HTMLElement}} event */
  const onPointerMove = (event) => {
    if (dragged.current === null) return;
    const map = /** @type {HTMLElement} */ (event.currentTarget.parentElement);
    const at = cellAt(event, map.getBoundingClientRect(), columns, rows);
    if (String(at) === dragged.current) return;
    dragged.current = String(at);
    move(at);
  };
  return h("span", {
    class: "atlas-here",
    style: { left: `${((across + 0.5) / columns) * 100}%`, bottom: `${((up + 0.5) / rows) * 100}%` },
    role: "slider",
    tabIndex: 0,
    title: t("page", "The experiment on the page; drag it"),
    "aria-label": t("page", "The experiment on the page"),
    "aria-valuemin": 1,
    "aria-valuemax": columns * rows,
    "aria-valuenow": cell[1] * columns + cell[0] + 1,
    "aria-valuetext": settingWords({
      [x.path]: valueAt(experiment.value, x.path),
      [y.path]: valueAt(experiment.value, y.path),
    }),
    /** @param {PointerEvent & {currentTarget: HTMLElement}} event */
    onPointerDown: (event) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      dragged.current = String(cell);
      onMove(cell);
    },
    onPointerMove,
    onLostPointerCapture: () => (dragged.current = null),
    /** @param {KeyboardEvent} event */
    onKeyDown: (event) => {
      const at = cellAfter(event.key, cell, columns, rows);
      if (!at) return;
      event.preventDefault();
      move(at);
    },
  });
}
