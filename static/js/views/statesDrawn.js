/** What recurrent layers carry along: a map of units over places for each, and the input, with one cursor for all. */

import { h } from "preact";
import { useState } from "preact/hooks";
import { sizesOf } from "../api/shapes.js";
import { diverging, inkOn } from "../canvas/colour.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { numberAt } from "../live/frameFormat.js";
import { Select } from "../ui/controls.js";
import { useNewestFrame } from "./newestFrames.js";
import { placeAt, pointAway, unitAt } from "./placeAt.js";
import { rangeOf, Strip } from "./strip.js";
import { hasTokens, tokenName } from "./tokenStrip.js";
import { CursorLine, titleOf, UnitMap } from "./unitMap.js";
import { unitsIn } from "./unitOrder.js";

/** @typedef {import("./points.js").Preview} Preview */
/** @typedef {import("../live/frameFormat.js").FrameArray} FrameArray */

const START = "states:";

/** @param {{source: import("./newestFrames.js").OneSource, preview: Preview, sample: number | null, experiment: any}} props */
export function States({ source, preview, sample, experiment }) {
  const cursor = { place: placeAt.value, ...unitAt.value };
  const frame = useNewestFrame(source);
  const [order, setOrder] = useState(/** @type {import("./unitOrder.js").Order} */ ("number"));
  const maps = Object.entries(frame?.arrays ?? {}).filter(([name]) => name.startsWith(START));
  if (!frame || maps.length === 0) return null;
  const at = Math.min(sample ?? 0, maps[0][1].shape[0] - 1);
  const { inputs } = frame.arrays;
  const size = inputs.data.length / inputs.shape[0];
  const levels = inputs.data.subarray(at * size, (at + 1) * size);
  const places = maps[0][1].shape[2];
  const chosen = maps.find(([name]) => name === START + cursor.path)?.[1];
  const shades = hasTokens(preview) && chosen ? shadesOf(chosen, at, cursor.unit) : null;
  return h(
    "figure",
    { class: "states", onPointerLeave: pointAway },
    h(
      "div",
      { class: "states-input" },
      hasTokens(preview)
        ? h(Letters, { tokens: levels, preview, place: cursor.place, shades })
        : h(Strip, { levels, shape: sizesOf(preview.shape), range: rangeOf(preview) }),
      !hasTokens(preview) && h(CursorLine, { place: cursor.place, places }),
    ),
    shades &&
      h(
        "small",
        { class: "quiet" },
        t("views", "The text has the colours of unit {unit}.", { unit: String(cursor.unit + 1) }),
      ),
    h(Select, {
      label: t("views", "Order of the units"),
      inline: true,
      value: order,
      options: [
        { value: "number", title: t("views", "by number") },
        { value: "varied", title: t("views", "most varied first") },
        { value: "alike", title: t("views", "alike side by side") },
      ],
      onInput: (/** @type {any} */ chosen) => setOrder(chosen),
    }),
    maps.map(([name, array]) => {
      const path = name.slice(START.length);
      const { place, unit } = cursor;
      const told = cursor.path === path && place !== null ? numberAt(array, [at, unit, place]) : null;
      return h(
        "div",
        { key: path, class: "state-map" },
        h("small", null, titleOf(experiment, path)),
        h(UnitMap, {
          array,
          at,
          path,
          order: unitsIn(array, at, order),
          label: t("views", "What each unit carries at each time step"),
        }),
        h(
          "small",
          { class: "quiet" },
          told === null
            ? t("views", "{units} units, downwards; {places} time steps, to the right", {
                units: String(array.shape[1]),
                places: String(places),
              })
            : t("views", "unit {unit}, time step {place}: {number}", {
                unit: String(unit + 1),
                place: String((place ?? 0) + 1),
                number: formatNumber(told, 3),
              }),
        ),
      );
    }),
  );
}

/** What one unit carries at each place, from −1 to 1 of the most that any does. @param {FrameArray} array
 * @param {number} at @param {number} unit */
export function shadesOf(array, at, unit) {
  const [, units, places] = array.shape;
  const limit = Math.max(Math.abs(array.low ?? 1), Math.abs(array.high ?? 1)) || 1;
  const shown = Math.min(unit, units - 1);
  return Array.from({ length: places }, (_, place) => numberAt(array, [at, shown, place]) / limit);
}

const LETTERS = 40; // of a long text, around the cursor

/** Each token in its place above the map, so that one cursor serves both; in the colours of one unit.
 * @param {{tokens: ArrayLike<number>, preview: Preview, place: number | null, shades: number[] | null}} props */
function Letters({ tokens, preview, place, shades }) {
  const vocabulary = preview.vocabulary ?? [];
  const words = vocabulary.some((token) => [...token].length > 1);
  const cut = tokens.length > LETTERS;
  const first = cut ? Math.max(0, Math.min(tokens.length - LETTERS, (place ?? 0) - LETTERS / 2)) : 0;
  const count = cut ? LETTERS : tokens.length;
  const columns = cut ? {} : { style: { gridTemplateColumns: `repeat(${tokens.length}, 1fr)` } };
  return h(
    cut ? "p" : "div",
    { class: cut ? "state-letters" : `state-tokens${words ? " words" : ""}`, ...columns },
    Array.from({ length: count }, (_, at) => {
      const shade = shades?.[first + at];
      return h(
        "span",
        {
          key: at,
          class: place === first + at ? "under-cursor" : "",
          style: shade === undefined ? undefined : { background: diverging(shade), color: inkOn(shade) },
          onPointerEnter: cut ? undefined : () => (placeAt.value = at),
        },
        tokenName(vocabulary, tokens[first + at]),
      );
    }),
  );
}
