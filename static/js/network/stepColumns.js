/** A layer unrolled: a column for each time step, with what enters, what is handed on, and what leaves; the cursor is that
 * of all strips and maps. */

import { h } from "preact";
import { useRef } from "preact/hooks";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { numberAt } from "../live/frameFormat.js";
import { useNewestFrame } from "../views/newestFrames.js";
import { partUnder, placeAt, pointAt, pointAway, unitAt } from "../views/placeAt.js";
import { titleOf } from "./names.js";
import { Cursor, enteringText, Fold, Step } from "./stepCells.js";
import * as steps from "./timeSteps.js";

/** @typedef {import("../views/points.js").Preview} Preview */
/** @typedef {import("./stepCells.js").Row} Row */

/** @param {{column: import("./layout.js").Column, scale: number, frames: import("../views/newestFrames.js").FrameSource,
 *   sample: number, preview?: Preview}} props */
export function StepColumns({ column, scale, frames, sample, preview }) {
  const { car } = column;
  const now = { states: useNewestFrame(frames.states), gates: useNewestFrame(frames.gates) };
  const near = useRef(0); // where the columns are
  const last = useRef(0); // the time step that was pointed at
  const places = steps.placesOf(car);
  const inputs = now.states?.arrays.inputs;
  const at = Math.min(sample, (inputs?.shape[0] ?? 1) - 1);
  const size = (inputs?.data.length ?? 0) / (inputs?.shape[0] ?? 1);
  const entering = inputs && preview && steps.enteringOf(inputs.data.subarray(at * size, (at + 1) * size), preview, places); // prettier-ignore
  const count = entering?.length || places;
  const fitting = steps.columnsFor(count, column.width / scale);
  const place = placeAt.value === null || placeAt.value >= count ? null : placeAt.value;
  if (place !== null && !steps.hasColumn(steps.itemsOf(count, fitting, near.current), place)) near.current = place;
  last.current = Math.min(place ?? last.current, count - 1);
  const items = steps.itemsOf(count, fitting, Math.min(near.current, count - 1));
  const rows = rowsOf(car, now, places, at);
  const told = [
    t("network", "Time step {place} of {count}", { place: String(last.current + 1), count: String(count) }),
    entering && enteringText(entering[last.current], preview),
    unitText(rows, car.path, at, last.current),
  ];
  const said = told.filter(Boolean).join(" · ");
  const sizes = items.map(({ folded }) => `minmax(0, ${folded ? steps.FOLD : 1}fr)`);
  const style = {
    left: `${column.left}px`,
    top: `${column.top}px`,
    width: `${column.width}px`,
    height: `${column.height}px`,
  };
  const under = items.findIndex((item) => item.folded === 0 && item.place === place);
  return h(
    "div",
    {
      class: "unrolled",
      style,
      role: "group",
      "aria-label": t("network", "{layer}, a column for each of {count} time steps", { layer: titleOf(car), count }),
      onPointerLeave: (/** @type {PointerEvent} */ event) => event.pointerType !== "touch" && pointAway(), // a lifted finger has left nothing
    },
    h(
      "small",
      { title: steps.weightsIn(car.carries) },
      t("network", "The same layer, with the same W and U, at every time step."),
    ),
    h(
      "div",
      {
        class: "unrolled-steps",
        style: {
          gridTemplateColumns: `${steps.LABELS * scale}px ${sizes.join(" ")}`,
          gridTemplateRows: `1.1rem repeat(${rows.length}, minmax(1.25rem, 1fr)) 1.1rem minmax(1.6rem, auto) 1.4rem`,
        },
        onPointerMove: (/** @type {PointerEvent} */ event) => pointUnder(event, car),
        onPointerDown: (/** @type {PointerEvent} */ event) => pointUnder(event, car),
      },
      under >= 0 && h("i", { class: "unrolled-cursor", style: { gridColumn: under + 2, gridRow: "1 / -1" } }),
      rows.map(({ name }, row) => h("b", { key: name, style: { gridColumn: 1, gridRow: row + 2 } }, name)),
      h("b", { key: "x", style: { gridColumn: 1, gridRow: rows.length + 3 } }, "x"),
      h("b", { key: "t", style: { gridColumn: 1, gridRow: rows.length + 4 } }, "t"),
      items.map((item, number) =>
        item.folded > 0
          ? h(Fold, { key: `fold ${number}`, item, column: number + 2, rows })
          : h(Step, {
              key: item.place,
              place: item.place,
              column: number + 2,
              rows,
              at,
              leaves: leavesAt(car, item.place, count),
              onward: item.place < count - 1,
              entering: entering?.[item.place],
              preview,
            }),
      ),
      h(Cursor, { count, place: last.current, said, row: rows.length + 4 }),
    ),
    h("small", { class: "quiet" }, said),
  );
}

/** The rows from top to bottom: what was stacked last is on top, and in each reading the state is the lowest.
 * @param {import("./cars.js").Car} car @param {Parameters<typeof steps.seenOf>[0]} frames @param {number} places
 * @param {number} sample @returns {Row[]} */
function rowsOf({ carries, path }, frames, places, sample) {
  return carries.toReversed().flatMap((carried) =>
    carried.letters.toReversed().map((letter) => ({
      carried,
      letter,
      name: carried.names[carried.letters.indexOf(letter)],
      seen: steps.seenOf(frames, path, carried, letter, places, sample),
    })),
  );
}

/** Whether something leaves at a time step: at each, or where a reading ends. @param {import("./cars.js").Car} car
 * @param {number} place @param {number} count */
function leavesAt(car, place, count) {
  const ends = car.carries.filter(({ lower }) => !lower);
  return steps.leavesEach(car) || ends.some(({ backwards }) => place === (backwards ? 0 : count - 1));
}

/** Points at the time step under the pointer, and at the unit where there is one.
 * @param {PointerEvent} event @param {import("./cars.js").Car} car */
function pointUnder(event, { carries, path }) {
  const target = /** @type {HTMLElement} */ (event.target);
  const place = target.closest("[data-place]")?.getAttribute("data-place");
  if (!place) return;
  const carried = carries.find(({ names }) => names.includes(target.dataset.name ?? ""));
  if (!carried) {
    placeAt.value = Number(place);
    return;
  }
  const box = target.getBoundingClientRect();
  const row = partUnder(event.clientY - box.top, box.height, /** @type {HTMLCanvasElement} */ (target).height);
  pointAt(Number(place), {
    unit: carried.first + steps.unitIn(carried.units, row),
    path: steps.addressOf(path, carried),
  });
}

/** What the unit that was pointed at last carries at a time step.
 * @param {Row[]} rows @param {string} path @param {number} at the sample @param {number} place @returns {string} */
function unitText(rows, path, at, place) {
  const address = (/** @type {Row} */ { carried }) => steps.addressOf(path, carried);
  const pointed = rows.some((row) => address(row) === unitAt.value.path);
  const [chosen, there] = pointed ? [unitAt.value.unit, unitAt.value.path] : [0, path];
  const numbers = rows.flatMap((told) => {
    const { carried: { first, units }, seen, name } = told; // prettier-ignore
    if (!seen || address(told) !== there || chosen < first || chosen >= first + units) return [];
    const row = seen.rows[steps.rowOf(units, chosen - first)];
    return row < 0 ? [] : `${name} = ${formatNumber(numberAt(seen.array, [at, row, place]), 2)}`;
  });
  if (numbers.length === 0) return "";
  return t("network", "unit {unit}: {numbers}", { unit: String(chosen + 1), numbers: numbers.join(", ") });
}
