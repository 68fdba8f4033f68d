/** The gates of LSTM and GRU as maps above one another, and the cell of one unit as a conveyor; the cursor is that of all
 * maps. */

import { h } from "preact";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { numberAt } from "../live/frameFormat.js";
import { useNewestFrame } from "./newestFrames.js";
import { Gradient } from "./gradientDrawn.js";
import { placeAt, pointAway, unitAt } from "./placeAt.js";
import { titleOf, UnitMap } from "./unitMap.js";

/** @typedef {import("../live/frameFormat.js").FrameArray} FrameArray */
/** @typedef {Record<string, FrameArray>} Arrays */

/** @param {{source: import("./newestFrames.js").OneSource, sample: number | null, experiment: any}} props */
export function Gates({ source, sample, experiment }) {
  const frame = useNewestFrame(source);
  const paths = /** @type {string[]} */ (frame?.about?.layers ?? []);
  if (!frame || paths.length === 0) return null;
  return h(
    "figure",
    { class: "states gates", onPointerLeave: pointAway },
    paths.map((path) =>
      h(Layer, { key: path, arrays: frame.arrays, path, sample: sample ?? 0, title: titleOf(experiment, path) }),
    ),
  );
}

/** What gates are called, in the order in which they stand. */
function gateNames() {
  return {
    f: t("views", "forget gate f"),
    i: t("views", "input gate i"),
    g: t("views", "candidate g"),
    o: t("views", "output gate o"),
    c: t("views", "cell c"),
    z: t("views", "update gate z (near 1 it keeps)"),
    r: t("views", "reset gate r"),
    n: t("views", "candidate n"),
  };
}

/** @param {{arrays: Arrays, path: string, sample: number, title: string}} props */
function Layer({ arrays, path, sample, title }) {
  const names = Object.entries(gateNames()).filter(([name]) => arrays[`gate:${name}:${path}`]);
  const key = `gates ${path}`; // units stand in another order here than in the map of states
  const at = names.length > 0 ? Math.min(sample, arrays[`gate:${names[0][0]}:${path}`].shape[0] - 1) : 0;
  return h(
    "section",
    { class: "gate-maps", "aria-label": t("views", "Gates of {layer}", { layer: title }) },
    names.length > 0 && h("p", null, h("b", null, title), ` ${t("views", "units that keep longest stand on top")}`),
    names.map(([name, label]) =>
      h(
        "div",
        { key: name, class: "gate-map" },
        h("small", null, label),
        h(UnitMap, { array: arrays[`gate:${name}:${path}`], at, path: key, label }),
      ),
    ),
    names.length > 0 && h(Conveyor, { arrays, path, at, own: key }),
    h(Gradient, { arrays, path, title }),
  );
}

/** What one unit carries from one time step to the next, with its numbers.
 * @param {{arrays: Arrays, path: string, at: number, own: string}} props */
function Conveyor({ arrays, path, at, own }) {
  const cursor = { place: placeAt.value, ...unitAt.value };
  const keeps = arrays[`gate:f:${path}`] ?? arrays[`gate:z:${path}`];
  const unit = Math.min(cursor.path === own ? cursor.unit : 0, keeps.shape[1] - 1);
  const place = Math.min(cursor.place ?? keeps.shape[2] - 1, keeps.shape[2] - 1);
  const half = arrays[`half_life:${path}`].data[unit];
  const read = (/** @type {string} */ name, before = 0) =>
    place - before < 0 ? 0 : numberAt(arrays[`gate:${name}:${path}`], [at, unit, place - before]);
  const number = (/** @type {number} */ value) => formatNumber(value, 2);
  const cells = Boolean(arrays[`gate:c:${path}`]);
  return h(
    "div",
    { class: "conveyor" },
    cells &&
      h(
        "p",
        null,
        h("b", null, number(read("c", 1))),
        h("span", null, ` × f ${number(read("f"))} `),
        h("span", null, `+ i ${number(read("i"))} × g ${number(read("g"))} `),
        h("span", { class: "belt", "aria-hidden": "true" }, "⟶ "),
        h("b", null, number(read("c"))),
      ),
    !cells &&
      h(
        "p",
        null,
        h("span", null, `z ${number(read("z"))} × h + ${number(1 - read("z"))} × n ${number(read("n"))} `),
        h("span", { class: "belt", "aria-hidden": "true" }, "⟶ h"),
      ),
    h(
      "small",
      { class: "quiet" },
      t(
        "views",
        "Unit {unit} from the top, time step {place}. Half of what it stored is left after {half} time steps.",
        {
          unit: String(unit + 1),
          place: String(place + 1),
          half: formatNumber(half, 2),
        },
      ),
    ),
  );
}
