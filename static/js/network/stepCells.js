/** What stands in the columns of an unrolled layer: a time step, a fold of several, and the cursor under the keys. */

import { h } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { isTokens } from "../api/shapes.js";
import { onTheme, paintMap } from "../canvas/colour.js";
import { largest, paintSigned } from "../canvas/heatmap.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { placeAt } from "../views/placeAt.js";
import { tokenName } from "../views/tokenStrip.js";
import * as steps from "./timeSteps.js";

/** @typedef {steps.Carried} Carried */
/** @typedef {import("../views/points.js").Preview} Preview */
/** One letter of one reading. @typedef {{carried: Carried, letter: string, name: string, seen: steps.Seen | null}} Row */

const FEW = 2; // numbers of a time step that are written; more are painted
const NEXT = 3; // column behind the first time step: of what is folded there, the last is nearest to those in sight
const FAR = 10; // time steps that a page goes

/** One time step, from what leaves down to what enters. `onward` says that another follows.
 * @param {{place: number, column: number, rows: Row[], at: number, leaves: boolean, onward: boolean, entering?: number[],
 *   preview?: Preview}} props */
export function Step({ place, column, rows, at, leaves, onward, entering, preview }) {
  const cell = (/** @type {number} */ row) => ({ style: { gridColumn: column, gridRow: row }, "data-place": place });
  return [
    h("span", { key: "y", class: "step-way", ...cell(1) }, leaves && "↑ y"),
    rows.map(({ carried, letter, name, seen }, row) =>
      h(
        "span",
        { key: name, class: "step-state", ...cell(row + 2) },
        h(Units, { seen, at, place, name }),
        onward && h(On, { carried, letter }),
      ),
    ),
    h("span", { key: "W", class: "step-way", ...cell(rows.length + 2) }, "↑ ", h("small", null, "W")),
    h("span", { key: "x", class: "step-entering", ...cell(rows.length + 3) }, h(Entering, { entering, preview })),
    h("span", { key: "t", class: "step-number", ...cell(rows.length + 4) }, String(place + 1)),
  ];
}

/** What is handed on to the next time step: the state by way of its weights.
 * @param {{carried: Carried, letter: string}} props */
function On({ carried, letter }) {
  const state = letter === carried.letters[0];
  return h("i", { class: "step-on" }, state && h("small", null, "U"), carried.backwards ? "←" : "→");
}

/** What each unit carries at a time step, downwards; bare while nobody knows.
 * @param {{seen: steps.Seen | null, at: number, place: number, name: string}} props */
function Units({ seen, at, place, name }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const paint = () => {
    if (!canvas.current || !seen) return;
    const { low = -1, high = 1 } = seen.array;
    const codes = steps.codesAt(seen, at, place);
    paintMap(canvas.current, codes, [codes.length, 1], { kind: "diverging", low, high });
  };
  useLayoutEffect(paint, [seen?.array, at, place]);
  useLayoutEffect(() => onTheme(paint), [seen?.array, at, place]);
  if (!seen) return h("span", { class: "step-bare", title: t("network", "Nothing is recorded of this.") });
  return h("canvas", { ref: canvas, "aria-hidden": "true", "data-name": name });
}

/** What of the sample enters: a token, a few numbers, or many as a strip.
 * @param {{entering?: number[], preview?: Preview}} props */
function Entering({ entering, preview }) {
  if (!entering) return null;
  if (isTokens(preview?.shape)) return h("span", { class: "token" }, tokenName(preview?.vocabulary ?? [], entering[0]));
  if (entering.length > FEW) return h(Channels, { numbers: entering });
  return entering.map((number, row) => h("span", { key: row }, formatNumber(number, 2)));
}

/** @param {{numbers: number[]}} props */
function Channels({ numbers }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const upwards = Float32Array.from(numbers).reverse(); // the first channel at the bottom, as in strips
  const paint = () => canvas.current && paintSigned(canvas.current, upwards, [upwards.length, 1], largest(upwards));
  useLayoutEffect(() => void paint(), [numbers]);
  useLayoutEffect(() => onTheme(() => void paint()), [numbers]);
  return h("canvas", { ref: canvas, "aria-hidden": "true" });
}

/** Time steps for which there is no room: pressed, those next to them make room.
 * @param {{item: steps.Item, column: number, rows: Row[]}} props */
export function Fold({ item: { place, folded }, column, rows }) {
  const label = t("network", "Time steps folded here: {count}. Press to see them.", { count: folded });
  return [
    h(
      "button",
      {
        key: "fold",
        type: "button",
        class: "step-fold",
        tabIndex: -1,
        title: label,
        "aria-label": label,
        style: { gridColumn: column, gridRow: `2 / ${rows.length + 5}` },
        onClick: () => (placeAt.value = place + (column === NEXT ? folded - 1 : 0)),
      },
      h("span", null, "…"),
      h("b", null, formatNumber(folded)),
      h("span", null, t("network", "time steps")),
      h("span", null, "…"),
    ),
    rows.map(({ carried, letter, name }, row) =>
      h(
        "span",
        { key: name, class: "step-state past", style: { gridColumn: column, gridRow: row + 2 } },
        h(On, { carried, letter }),
      ),
    ),
  ];
}

/** The cursor under the keys: arrows go from time step to time step.
 * @param {{count: number, place: number, said: string, row: number}} props */
export function Cursor({ count, place, said, row }) {
  const go = (/** @type {KeyboardEvent} */ event) => {
    const to = {
      ArrowLeft: place - 1,
      ArrowRight: place + 1,
      PageUp: place - FAR,
      PageDown: place + FAR,
      Home: 0,
      End: count - 1,
    }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    placeAt.value = Math.max(0, Math.min(count - 1, to));
  };
  return h("div", {
    class: "step-cursor",
    style: { gridColumn: "2 / -1", gridRow: row },
    role: "slider",
    tabIndex: 0,
    "aria-label": t("network", "Time step"),
    "aria-valuemin": 1,
    "aria-valuemax": count,
    "aria-valuenow": place + 1,
    "aria-valuetext": said,
    onFocus: () => (placeAt.value = place),
    onKeyDown: go,
  });
}

/** What enters, in words; empty where it is painted. @param {number[]} entering @param {Preview | undefined} preview */
export function enteringText(entering, preview) {
  if (isTokens(preview?.shape)) return tokenName(preview?.vocabulary ?? [], entering[0]);
  return entering.length > FEW ? "" : entering.map((number) => formatNumber(number, 2)).join(", ");
}
