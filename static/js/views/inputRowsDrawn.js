/** What goes into a network of tokens: the rows of the tokens, the rows of the places, and their sums, number by number. */

import { h } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { onTheme, paintMap } from "../canvas/colour.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { useNewestFrame } from "./newestFrames.js";
import { partUnder, placeAt, pointAway } from "./placeAt.js";
import { tokenName, TokenStrip } from "./tokenStrip.js";
import { CursorLine } from "./unitMap.js";

const BLANK = "▢"; // a token that was not shown
const FINE = 1000; // thousandths are told

/** @param {{source: import("./newestFrames.js").OneSource, preview: import("./points.js").Preview, sample: number | null}} props */
export function InputRows({ source, preview, sample }) {
  const frame = useNewestFrame(source);
  const [unit, setUnit] = useState(0);
  if (!frame) return null;
  const { tokens, embedded, positions, sums } = frame.arrays;
  const [samples, units, width] = embedded.shape;
  const at = Math.min(sample ?? 0, samples - 1);
  const places = Math.min(/** @type {number[]} */ (frame.about.counts)[at], width);
  const place = Math.min(placeAt.value ?? 0, places - 1);
  const own = tokens.data.subarray(at * width, at * width + places);
  const rowsOf = (/** @type {import("../live/frameFormat.js").FrameArray} */ { data, shape }) =>
    shape.length === 2 ? data : data.subarray(at * units * width, (at + 1) * units * width);
  const vocabulary = (preview.vocabulary ?? []).map((token) => token || BLANK);
  const name = tokenName(vocabulary, own[place]);
  const number = String(place + 1);
  const rows = [
    { title: t("views", "Token “{name}”", { name }), data: rowsOf(embedded) },
    { title: t("views", "+ place {number}", { number }), data: rowsOf(positions) },
    { title: t("views", "= what goes in"), data: rowsOf(sums) },
  ];
  const most = Math.max(...rows.map(({ data }) => largest(data, units, width, places)), 1e-9);
  const numbers = rows.map(({ data }) => formatNumber(Math.round(data[unit * width + place] * FINE) / FINE, 6));
  const move = (/** @type {number} */ toPlace, /** @type {number} */ toUnit) => {
    placeAt.value = Math.max(0, Math.min(places - 1, toPlace));
    setUnit(Math.max(0, Math.min(units - 1, toUnit)));
  };
  return h(
    "figure",
    { class: "input-rows", onPointerLeave: pointAway },
    h(TokenStrip, { tokens: own, preview: { ...preview, vocabulary }, pointing: true }),
    rows.map(({ title, data }, number) =>
      h(
        "div",
        { key: number },
        h("small", null, title),
        h(Rows, { data, units, width, places, most, label: title, place, unit, move }),
      ),
    ),
    h(
      "p",
      { role: "status" },
      t("views", "Number {unit} of {units}: {token} + {place} = {sum}", {
        unit: String(unit + 1),
        units: String(units),
        token: numbers[0],
        place: numbers[1].startsWith("−") ? `(${numbers[1]})` : numbers[1],
        sum: numbers[2],
      }),
    ),
    h(
      "figcaption",
      { class: "quiet" },
      t(
        "views",
        "Each column is one token, each line one of its numbers, all in the same colours, from −{most} to {most}. The numbers are the weights themselves.",
        { most: formatNumber(most, 2) },
      ),
    ),
  );
}

/** One map of numbers (units, places). @param {any} props */
function Rows({ data, units, width, places, most, label, place, unit, move }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const paint = () => {
    if (!canvas.current) return;
    const codes = Uint8Array.from({ length: units * places }, (_, at) =>
      Math.round(((data[Math.floor(at / places) * width + (at % places)] / most + 1) / 2) * 255),
    );
    paintMap(canvas.current, codes, [units, places], { kind: "diverging", low: -most, high: most });
  };
  useLayoutEffect(paint, [data, most, places]);
  useLayoutEffect(() => onTheme(paint), [data, most, places]);
  const point = (/** @type {PointerEvent} */ event) => {
    const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    move(partUnder(event.clientX - box.left, box.width, places), partUnder(event.clientY - box.top, box.height, units));
  };
  const step = (/** @type {KeyboardEvent} */ event) => {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!by) return;
    event.preventDefault();
    move(place + by[0], unit + by[1]);
  };
  const heard = { onPointerMove: point, onPointerDown: point, onKeyDown: step };
  return h(
    "div",
    { class: "state-picture" },
    h("canvas", { ref: canvas, role: "img", "aria-label": label, tabIndex: 0, ...heard }),
    h(CursorLine, { place, places }),
    h("i", { class: "row-cursor", style: { top: `${(unit / units) * 100}%`, height: `${100 / units}%` } }),
  );
}

/** The largest size of a number at the places that count. @param {ArrayLike<number>} data @param {number} units
 * @param {number} width @param {number} places */
function largest(data, units, width, places) {
  let most = 0;
  for (let unit = 0; unit < units; unit++)
    for (let at = 0; at < places; at++) most = Math.max(most, Math.abs(data[unit * width + at]));
  return most;
}
