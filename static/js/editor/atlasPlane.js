/** The map of an atlas: a place for each network, coarse until all have come. */

import { h } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { partOf } from "../api/parts.js";
import { paintMap } from "../canvas/colour.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { goodness } from "../live/many.js";
import { tilesOf } from "../views/metrics.js";
import { cellAfter, cellAt, filledIn } from "./atlasAxes.js";
import { Here } from "./atlasHere.js";
import { axisTitle, Ends, lowerIsBetter, numberOf, Place } from "./atlasPlace.js";
import { edit, experiment } from "./document.js";

/** @typedef {import("../live/many.js").Found} Found */

const SCALE = { kind: /** @type {const} */ ("diverging"), low: -1, high: 1, limit: 1 };

/** @param {{many: ReturnType<typeof import("./manyNetworks.js").makeMany>, metric: string, epochs: number, onClose: () => void}} props */
export function Plane({ many, metric, epochs, onClose }) {
  const { x, y } = many.begun.value;
  const [columns, rows] = [x.values.length, y.values.length];
  const [at, setAt] = useState(/** @type {[number, number] | null} */ (null));
  const results = many.results.value;
  const byPlace = useMemo(() => new Map(results.map((result) => [String(result.at), result])), [results]);
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
  const values = at && { [x.path]: x.values[at[0]], [y.path]: y.values[at[1]] };
  /** @param {MouseEvent & {currentTarget: HTMLElement}} event */
  const point = (event) => setAt(cellAt(event, event.currentTarget.getBoundingClientRect(), columns, rows));
  const open = () => {
    if (!values) return;
    edit(Object.entries(values).map(([path, value]) => ({ op: "replace", path, value })));
    onClose();
  };
  /** @param {KeyboardEvent} event */
  const onKeyDown = (event) => {
    if (event.key === "Enter") open();
    const next = cellAfter(event.key, at ?? [0, 0], columns, rows);
    if (!next) return;
    event.preventDefault();
    setAt(next);
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
        h(Here, { x, y, onMove: setAt }),
      ),
      h("figcaption", null, `→ ${axisWords(x)}`),
      h("p", { class: "atlas-up" }, `↑ ${axisWords(y)}`),
    ),
    h(
      "div",
      { class: "atlas-told" },
      at && values
        ? h(Place, { values, found: byPlace.get(String(at)), name, epochs, onOpen: open })
        : h("p", null, t("page", "Point at a place of the map, or drag the dot: it is the experiment on the page.")),
      h(Ends, { results, name, epochs, onOpen: setAt }),
    ),
  );
}

/** @param {string} metric @param {Found[]} results */
function shownMetric(metric, results) {
  const metrics = results.find((result) => result.reason === "done")?.metrics;
  const loss = metrics && !("validation_loss" in metrics) ? "train_loss" : "validation_loss";
  if (metric === "score") return tilesOf(metrics, partOf("tasks", experiment.peek().task?.kind))[0];
  return metric === "loss" ? loss : metric;
}

/** @param {{path: string, values: number[]}} axis */
function axisWords({ path, values }) {
  const [low, high] = [values[0], values[values.length - 1]].map((value) => formatNumber(value, 2));
  return `${axisTitle(path)}: ${low} … ${high}`;
}
