/** The map of an atlas: a place for each network, coarse until all have come. */

import { h } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { partOf } from "../api/parts.js";
import { paintMap } from "../canvas/colour.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { goodness } from "../live/many.js";
import { tilesOf } from "../views/metrics.js";
import { filledIn, placeOf } from "./atlasAxes.js";
import { axisTitle, Ends, lowerIsBetter, numberOf, Place } from "./atlasPlace.js";
import { edit, experiment } from "./document.js";
import { valueAt } from "./patch.js";

/** @typedef {import("../live/many.js").Found} Found */

const SCALE = { kind: /** @type {const} */ ("diverging"), low: -1, high: 1, limit: 1 };
const STEPS = /** @type {Record<string, [number, number]>} */ ({
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, 1],
  ArrowDown: [0, -1],
});

/** @param {{many: ReturnType<typeof import("./manyNetworks.js").makeMany>, metric: string, epochs: number, onClose: () => void}} props */
export function Plane({ many, metric, epochs, onClose }) {
  const { x, y } = many.begun.value;
  const [columns, rows] = [x.values.length, y.values.length];
  const [at, setAt] = useState(/** @type {[number, number] | null} */ (null));
  const results = many.results.value;
  const byPlace = useMemo(() => new Map(results.map((one) => [String(one.at), one])), [results]);
  const name = shownMetric(metric, results);
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  useEffect(() => {
    const cells = Array.from({ length: columns * rows }, (_, cell) => {
      const found = byPlace.get(String([cell % columns, rows - 1 - Math.floor(cell / columns)]));
      return found && numberOf(found, name);
    });
    const codes = goodness(filledIn(cells, columns), lowerIsBetter(name));
    if (canvas.current) paintMap(canvas.current, codes.map((code) => code ?? 127), [rows, columns], SCALE); // prettier-ignore
  }, [byPlace, name]);
  const found = at && byPlace.get(String(at));
  /** @param {MouseEvent & {currentTarget: HTMLElement}} event */
  const point = (event) => {
    const box = event.currentTarget.getBoundingClientRect();
    const place = (/** @type {number} */ share, /** @type {number} */ count) =>
      Math.min(Math.max(Math.floor(share * count), 0), count - 1);
    setAt([
      place((event.clientX - box.left) / box.width, columns),
      place(1 - (event.clientY - box.top) / box.height, rows),
    ]);
  };
  const open = () => {
    if (!found) return;
    edit(Object.entries(found.values).map(([path, value]) => ({ op: "replace", path, value })));
    onClose();
  };
  /** @param {KeyboardEvent} event */
  const onKeyDown = (event) => {
    if (event.key === "Enter") open();
    const [right, up] = STEPS[event.key] ?? [0, 0];
    if (!right && !up) return;
    event.preventDefault();
    const [i, j] = at ?? [0, 0];
    setAt([Math.min(Math.max(i + right, 0), columns - 1), Math.min(Math.max(j + up, 0), rows - 1)]);
  };
  return h(
    "div",
    { class: "atlas-plane" },
    h(
      "figure",
      { class: "atlas-map" },
      h(
        "div",
        { class: "atlas-cells" },
        h("canvas", {
          ref: canvas,
          tabIndex: 0,
          role: "application",
          "aria-label": t("page", "Map; arrow keys move, Enter opens"),
          onMouseMove: point,
          onClick: open,
          onKeyDown,
        }),
        h(Here, { x, y }),
      ),
      h("figcaption", null, `→ ${axisWords(x)}`),
      h("p", { class: "atlas-up" }, `↑ ${axisWords(y)}`),
    ),
    h(
      "div",
      { class: "atlas-told" },
      found ? h(Place, { found, name, epochs, onOpen: open }) : h("p", null, t("page", "Point at a place of the map.")),
      h(Ends, { results, name, onOpen: setAt }),
    ),
  );
}

/** The document on the page, where it lies on the map. @param {{x: any, y: any}} props */
function Here({ x, y }) {
  const [across, up] = [x, y].map(({ path, values }) => {
    const place = placeOf(values, valueAt(experiment.value, path));
    return place === null ? null : ((place + 0.5) / values.length) * 100;
  });
  if (across === null || up === null) return null;
  return h("span", {
    class: "atlas-here",
    style: { left: `${across}%`, bottom: `${up}%` },
    title: t("page", "The experiment on the page"),
  });
}

/** @param {string} metric @param {Found[]} results */
function shownMetric(metric, results) {
  const metrics = results.find((one) => one.reason === "done")?.metrics;
  const loss = metrics && !("validation_loss" in metrics) ? "train_loss" : "validation_loss";
  if (metric === "score") return tilesOf(metrics, partOf("tasks", experiment.peek().task?.kind))[0];
  return metric === "gap" ? "gap" : loss;
}

/** @param {{path: string, values: number[]}} axis */
function axisWords({ path, values }) {
  const [low, high] = [values[0], values[values.length - 1]].map((value) => formatNumber(value, 2));
  return `${axisTitle(path)}: ${low} … ${high}`;
}
