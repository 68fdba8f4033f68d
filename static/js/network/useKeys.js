/** The diagram under the keyboard: one tab stop, arrow keys inside. */

import { useRef, useState } from "preact/hooks";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { doubling, listAt, moving, removal } from "./edits.js";
import { foldOf } from "./folding.js";
import { keptFocus, moveFocus } from "./keys.js";
import { mapOf, rangeOf, sampleOf } from "./maps.js";
import { tileAt } from "./layout.js";
import { describedCar, neuronName } from "./names.js";
import { answersOf } from "./tiles.js";
import { weightsOf } from "./weights.js";

/** @typedef {import("./layout.js").Layout} Layout */
/** @typedef {import("./cars.js").Car} Car */

/** @param {import("./diagram.js").DiagramProps & {layout: Layout, list: string, names: string[], press: (car: Car) => void,
 *   fold: (key: string) => void, openNeuron: (neuron: import("./wires.js").Neuron) => void, close: () => void}} props */
export function useKeys(props) {
  const { layout, list: whole, experiment, names } = props;
  const [focus, setFocus] = useState(/** @type {import("./keys.js").Focus} */ ({ column: 0, row: -1 }));
  const [here, setHere] = useState(false);
  const byKey = useRef(false);
  const kept = keptFocus(layout, focus);
  const focused = here ? kept : null;
  const column = layout.columns[kept.column];
  const act = (/** @type {KeyboardEvent} */ event) => {
    const { car } = column;
    const key = event.key;
    const single = car.list && column.style !== "stack";
    const folds = foldOf(layout, column);
    if (event.altKey && (key === "ArrowLeft" || key === "ArrowRight")) return shift(key === "ArrowLeft" ? -1 : 1);
    if (event.altKey && (key === "ArrowUp" || key === "ArrowDown")) return aside(key === "ArrowUp" ? -1 : 1);
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const next = moveFocus(layout, kept, key);
    if (next) {
      setFocus(next);
      reveal(event, layout, next);
    } else if (key === "Enter" && kept.row < 0) {
      if (column.style === "stack") props.fold(column.key);
      else props.press(car);
    } else if (key === "Enter") props.openNeuron({ column: kept.column, unit: column.shown[kept.row] });
    else if (key === "Escape") props.close();
    else if ((key === "Delete" || key === "Backspace") && single) props.onEdit(removal(car));
    else if (key === "+" || key === "＋" || key === "Insert") insert(event, car);
    else if (key.toLowerCase() === "u" && folds) props.fold(folds.key);
    else if (key.toLowerCase() === "d" && single) props.onEdit(doubling(car, listAt(experiment, car.list)));
    else return false;
    return true;
  };
  const insert = (/** @type {KeyboardEvent} */ event, /** @type {Car} */ car) => {
    const path = car.list
      ? `${car.list}/${car.end}`
      : `${whole}/${car.role === "input" ? 0 : listAt(experiment, whole).length}`;
    const track = /** @type {Element} */ (event.currentTarget);
    props.onInsert(path, track.querySelector(`[data-place="${path}"]`) ?? track);
  };
  const shift = (/** @type {number} */ by) => {
    const { car } = column;
    const order = layout.columns.filter(
      (sibling) => sibling.car.list === car.list && car.list && sibling.style !== "stack",
    );
    const other = order[order.indexOf(column) + by]?.car;
    if (!other) return true;
    props.onEdit(moving(car, listAt(experiment, car.list), by < 0 ? other.start : other.end));
    setFocus({ column: layout.columns.findIndex((candidate) => candidate.car === other), row: -1 });
    return true;
  };
  /** Moves a car to the end of the branch above or below its own. @param {number} by */
  const aside = (by) => {
    const { car } = column;
    const [, front, number] = /^(.*\/branches\/)(\d+)\/layers$/.exec(car.list) ?? [];
    const list = `${front}${Number(number) + by}/layers`;
    const gap = layout.gaps.findLast((candidate) => candidate.list === list);
    if (front && gap) props.onEdit(moving(car, listAt(experiment, car.list), gap.at, list));
    return true;
  };
  return {
    focused: focused && byKey.current ? focused : null,
    lit: focused && byKey.current && kept.row >= 0 ? { column: kept.column, unit: column.shown[kept.row] } : null,
    active: (/** @type {string} */ id) => `${id}-${kept.column}${kept.row >= 0 ? `-${kept.row}` : ""}`,
    handlers: {
      onFocus: (/** @type {FocusEvent} */ event) => {
        byKey.current = /** @type {Element} */ (event.target).matches(":focus-visible");
        setHere(event.target === event.currentTarget);
      },
      onBlur: () => setHere(false),
      onKeyDown: (/** @type {KeyboardEvent} */ event) => {
        if (event.isComposing || event.target !== event.currentTarget) return;
        byKey.current = true;
        if (!act(event)) return;
        event.preventDefault();
        event.stopPropagation();
      },
    },
    /** What is read aloud where the focus stands. @param {() => import("../views/newestFrames.js").Frames} frames @param {number} sample */
    spoken: (frames, sample) => {
      if (!focused || !byKey.current) return "";
      if (kept.row < 0) return describedCar(column.car, names);
      return spokenNeuron(layout, kept, names, frames(), sample);
    },
  };
}

/** @param {Layout} layout @param {import("./keys.js").Focus} focus @param {string[]} names
 * @param {import("../views/newestFrames.js").Frames} frames @param {number} sample */
function spokenNeuron(layout, focus, names, frames, sample) {
  const column = layout.columns[focus.column];
  const unit = column.shown[focus.row];
  if (column.style === "planes") return spokenPlane(column, unit, names, frames, sample);
  const weights = weightsOf(frames.weights, column.car.path);
  const bias = weights?.biases?.[weights.rows.get(unit) ?? -1];
  const answer = answersOf(frames, column.car.path, unit)?.[sample];
  const said = [
    t("network", "{neuron}, {number} of {count}.", {
      neuron: neuronName(column, unit, names),
      number: String(unit + 1),
      count: String(column.units),
    }),
  ];
  if (answer !== undefined) said.push(t("network", "Answers {value}.", { value: formatNumber(answer) }));
  if (bias !== undefined) said.push(t("network", "Bias {value}.", { value: formatNumber(bias) }));
  return said.join(" ");
}

/** @param {import("./layout.js").Column} column @param {number} unit @param {string[]} names
 * @param {import("../views/newestFrames.js").Frames} frames @param {number} sample */
function spokenPlane(column, unit, names, frames, sample) {
  const map = mapOf(frames.maps, column.car.path, unit, sampleOf(frames.maps, sample));
  const name = t("network", "{name} of {count}.", { name: neuronName(column, unit, names), count: column.units });
  if (!map) return name;
  const [low, high] = rangeOf(map);
  return `${name} ${t("network", "Its numbers run from {low} to {high}.", { low, high })}`;
}

/** Scrolls the column that has the focus into view.
 * @param {KeyboardEvent} event @param {Layout} layout @param {import("./keys.js").Focus} focus */
function reveal(event, layout, focus) {
  const scroller = /** @type {HTMLElement} */ (event.currentTarget).parentElement;
  const column = layout.columns[focus.column];
  if (!scroller) return;
  const [left, right] = [column.left - 12, column.left + column.card + 12];
  const tile = focus.row < 0 ? null : tileAt(column, focus.row);
  const [top, bottom] = tile ? [tile.top - 12, tile.top + tile.height + 12] : [column.cardTop - 4, column.cardTop + 66];
  if (top < scroller.scrollTop) scroller.scrollTop = top;
  else if (bottom > scroller.scrollTop + scroller.clientHeight) scroller.scrollTop = bottom - scroller.clientHeight;
  if (left < scroller.scrollLeft) scroller.scrollLeft = left;
  else if (right > scroller.scrollLeft + scroller.clientWidth) scroller.scrollLeft = right - scroller.clientWidth;
}
