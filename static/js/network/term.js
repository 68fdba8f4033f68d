/** One line of the sum on the neuron card: weight × input as a bar around zero, which can be dragged. */

import { h } from "preact";
import { useRef } from "preact/hooks";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { printed } from "./rounding.js";

const HALF = 50; // per cent of the track: a bar at full length

/**
 * @param {object} props
 * @param {string} props.name
 * @param {number} [props.weight] left out where several terms stand together
 * @param {number} [props.input] left out for a bias
 * @param {number} props.product
 * @param {number} props.digits
 * @param {number} props.largest the term at full length
 * @param {(value: number) => void} [props.onSet] sets the weight
 */
export function Term({ name, weight, input, product, digits, largest, onSet }) {
  const length = (Math.min(1, Math.abs(product) / largest) || 0) * HALF;
  const style = { width: `${length}%`, left: `${product < 0 ? HALF - length : HALF}%` };
  const said = input === undefined ? t("network", "Bias") : t("network", "Weight of {name}", { name });
  const drag = useWeightDrag(said, weight, onSet);
  return h(
    "tr",
    null,
    h("th", { scope: "row", colSpan: input === undefined ? 2 : 1, title: name }, name),
    weight !== undefined &&
      input !== undefined &&
      h("td", { class: "factors" }, `${printed(weight, 2)} × ${printed(input, 2)}`),
    h(
      "td",
      { class: "bar-cell" },
      h(
        "div",
        { class: `bar-track${drag ? " set" : ""}`, ...drag, title: drag && t("network", "Drag to change the weight") },
        h("i", { class: product < 0 ? "negative" : "positive", style }),
      ),
    ),
    h("td", { class: "term" }, printed(product, digits)),
  );
}

/** The bar is a slider: dragging and arrow keys change the weight.
 * @param {string} label @param {number | undefined} weight @param {((value: number) => void) | undefined} onSet */
function useWeightDrag(label, weight, onSet) {
  const start = useRef({ x: 0, weight: 0, on: false });
  if (!onSet || weight === undefined) return null;
  const key = (/** @type {KeyboardEvent} */ event) => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    onSet(Number((weight + by * (event.shiftKey ? 1 : 0.1)).toPrecision(6)));
  };
  return {
    role: "slider",
    tabIndex: 0,
    "aria-label": label,
    "aria-valuenow": weight,
    "aria-valuemin": -Math.max(10, Math.ceil(Math.abs(weight))),
    "aria-valuemax": Math.max(10, Math.ceil(Math.abs(weight))),
    "aria-valuetext": formatNumber(weight),
    onKeyDown: key,
    onPointerDown: (/** @type {PointerEvent} */ event) => {
      start.current = { x: event.clientX, weight, on: true };
      /** @type {HTMLElement} */ (event.currentTarget).setPointerCapture(event.pointerId);
    },
    onPointerMove: (/** @type {PointerEvent} */ event) => {
      const { x, weight: first, on } = start.current;
      if (on) onSet(Number((first + (event.clientX - x) / 25).toPrecision(4)));
    },
    onPointerUp: () => {
      start.current.on = false;
    },
    onPointerCancel: () => {
      start.current.on = false;
    },
  };
}
