/** "Was it luck?": the same experiment with many seeds, how far its networks end apart, and the best and worst of them. */

import { h } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { partOf } from "../api/parts.js";
import { paintMap } from "../canvas/colour.js";
import { formatNumber } from "../i18n/numbers.js";
import { sentences, t } from "../i18n/t.js";
import { band, histogram, meanSurface, quantile, sortedValues } from "../live/many.js";
import { formatMetric, metricTitle } from "../live/metricNames.js";
import { Button, Select, Toggle } from "../ui/controls.js";
import { Dialog } from "../ui/dialog.js";
import { tilesOf } from "../views/metrics.js";
import { edit, experiment } from "./document.js";
import { KeptList } from "./keptNetworks.js";
import { makeMany, Progress } from "./manyNetworks.js";

/** @typedef {import("../live/many.js").Found} Found */

const PATH = "/api/seeds";
const COUNTS = [16, 64, 256, 1000];
const BINS = 16;
const [WIDTH, HEIGHT] = [320, 120]; // of a chart, in its own units
const BETWEEN = { kind: /** @type {const} */ ("between"), low: 0, high: 1, first: 0, second: 1 };
const SPREAD = { kind: /** @type {const} */ ("diverging"), low: -1, high: 1, limit: 1 };

/** @param {{kept?: import("./keptNetworks.js").Kept, onClose: () => void,
 *   onKept: (kept: import("./keptNetworks.js").Kept) => void}} props */
export function Luck({ kept, onClose, onKept }) {
  const [count, setCount] = useState(kept?.asked.count ?? 64);
  const [data, setData] = useState(kept?.asked.data ?? false);
  const many = useMemo(() => makeMany(PATH), []);
  useEffect(() => {
    if (kept && kept.asked.count === count && kept.asked.data === data) return many.show(kept);
    void many.start({ experiment: experiment.peek(), count, data });
    return many.stop;
  }, [count, data]);
  const results = many.results.value;
  const [name] = tilesOf(results[0]?.metrics, partOf("tasks", experiment.value.task?.kind));
  return h(
    Dialog,
    { title: t("page", "Was it luck?"), class: "many", onClose },
    h(
      "p",
      null,
      t(
        "page",
        "The same experiment with other first weights and another order of samples. Where the results lie far apart, one run says little: compare several before you believe that a change has helped.",
      ),
    ),
    h(
      "div",
      { class: "many-controls" },
      h(Select, {
        label: t("page", "Seeds"),
        value: String(count),
        options: COUNTS.map((value) => ({ value: String(value), title: formatNumber(value) })),
        onInput: (value) => setCount(Number(value)),
      }),
      h(Toggle, { label: t("page", "Other data, too"), value: data, onInput: setData }),
    ),
    h(Progress, { many, file: "seeds" }),
    results.length > 1 && h(Told, { results, name, onClose }),
    h(KeptList, { path: PATH, onOpen: onKept }),
  );
}

/** @param {{results: Found[], name: string, onClose: () => void}} props */
function Told({ results, name, onClose }) {
  const sorted = sortedValues(results, name);
  if (sorted.length < 2) return h("p", null, t("page", "The loss of these networks was no number at the end."));
  const words = (/** @type {number} */ share) => formatMetric(name, quantile(sorted, share));
  const diverged = results.length - sorted.length;
  return h(
    "div",
    { class: "many-told" },
    h(
      "p",
      { class: "many-sentence" },
      sentences(
        t("page", "{metric}: from {low} to {high}; half of the networks between {first} and {second}.", {
          metric: metricTitle(name),
          low: words(0),
          high: words(1),
          first: words(0.25),
          second: words(0.75),
        }),
        diverged > 0 && t("page", "Diverged: {count}.", { count: diverged }),
      ),
    ),
    h(Histogram, { sorted, name }),
    h(Band, { results }),
    h(Boundary, { results }),
    h(Ends, { results, name, onClose }),
  );
}

/** @param {{sorted: number[], name: string}} props */
function Histogram({ sorted, name }) {
  const { low, high, counts } = histogram(sorted, BINS);
  const most = Math.max(...counts);
  const width = WIDTH / BINS;
  return h(
    "figure",
    null,
    h(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": t("page", "How many networks ended where") },
      counts.map((count, at) => {
        const height = (count / most) * HEIGHT;
        return h("rect", { key: at, x: at * width + 1, y: HEIGHT - height, width: width - 2, height });
      }),
    ),
    h("figcaption", null, h("span", null, formatMetric(name, low)), metricTitle(name), h("span", null, formatMetric(name, high))), // prettier-ignore
  );
}

/** @param {{results: Found[]}} props */
function Band({ results }) {
  const validated = results.some(({ metrics }) => "validation_loss" in metrics);
  const name = validated ? "validation_loss" : "train_loss";
  const rows = band(results, name);
  const last = rows[rows.length - 1]?.epoch ?? 1;
  const top = Math.max(...rows.map(({ high }) => high)) || 1;
  const x = (/** @type {number} */ epoch) => ((epoch / last) * WIDTH).toFixed(1);
  const y = (/** @type {number} */ loss) => (HEIGHT - (loss / top) * (HEIGHT - 4)).toFixed(1);
  const upper = rows.map(({ epoch, high }) => `${x(epoch)},${y(high)}`);
  const lower = rows.map(({ epoch, low }) => `${x(epoch)},${y(low)}`).reverse();
  return h(
    "figure",
    null,
    h(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": t("page", "The middle 80 % of the curves") },
      h("polygon", { points: [...upper, ...lower].join(" ") }),
      h("polyline", { points: rows.map(({ epoch, middle }) => `${x(epoch)},${y(middle)}`).join(" ") }),
    ),
    h("figcaption", null, h("span", null, "0"), t("page", "{metric} by epoch, middle 80 %", { metric: metricTitle(name) }), h("span", null, formatNumber(last))), // prettier-ignore
  );
}

/** The mean answer of all, and where they disagree. @param {{results: Found[]}} props */
function Boundary({ results }) {
  const surface = meanSurface(results);
  if (!surface) return null;
  return h(
    "div",
    { class: "many-maps" },
    h(Map, { codes: surface.mean, side: surface.side, scale: BETWEEN, title: t("page", "Mean answer") }),
    h(Map, {
      codes: surface.spread.map((deviation) => 127 + deviation),
      side: surface.side,
      scale: SPREAD,
      title: t("page", "Where they disagree"),
    }),
  );
}

/** @param {{codes: Uint8Array, side: number, scale: import("../canvas/colour.js").Scale, title: string}} props */
function Map({ codes, side, scale, title }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  useEffect(() => {
    if (canvas.current) paintMap(canvas.current, codes, [side, side], scale);
  });
  return h(
    "figure",
    null,
    h("canvas", { ref: canvas, role: "img", "aria-label": title }),
    h("figcaption", null, title),
  );
}

/** The seeds that did best and worst. @param {{results: Found[], name: string, onClose: () => void}} props */
function Ends({ results, name, onClose }) {
  const losses = results.map((result) => [Number(result.metrics.validation_loss ?? result.metrics.train_loss), result]);
  const finite = /** @type {[number, Found][]} */ (losses.filter(([loss]) => Number.isFinite(loss)));
  finite.sort(([a], [b]) => a - b);
  const open = (/** @type {Found} */ result) => () => {
    edit(Object.entries(result.values).map(([path, value]) => ({ op: "replace", path, value })));
    onClose();
  };
  const row = (/** @type {string} */ title, /** @type {Found} */ result) =>
    h(
      "p",
      { key: title },
      h("span", null, `${title}: ${t("page", "seed {seed}", { seed: result.values["/seed"] })}, `),
      h("span", null, `${metricTitle(name)} ${formatMetric(name, result.metrics[name])} `),
      h(Button, { look: "quiet", onClick: open(result) }, t("page", "Open it")),
    );
  return h("div", { class: "many-ends" }, row(t("page", "Best"), finite[0][1]), row(t("page", "Worst"), finite[finite.length - 1][1])); // prettier-ignore
}
