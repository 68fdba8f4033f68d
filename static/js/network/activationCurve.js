/** The curve of an activation with a dot where the neuron's sum lies. */

import { h } from "preact";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { interpolated } from "./sum.js";

const [WIDTH, HEIGHT, EDGE] = [260, 84, 8];

/** @param {{curve: {x: ArrayLike<number>, y: ArrayLike<number>}, z: number, title: string}} props */
export function ActivationCurve({ curve, z, title }) {
  const xs = Array.from(curve.x);
  const ys = Array.from(curve.y);
  const reach = Math.max(...ys.map(Math.abs).filter(Number.isFinite), 1e-9);
  const [low, high] = [xs[0], xs[xs.length - 1]];
  const left = (/** @type {number} */ x) => EDGE + ((x - low) / (high - low)) * (WIDTH - 2 * EDGE);
  const top = (/** @type {number} */ y) => HEIGHT / 2 - (y / reach) * (HEIGHT / 2 - EDGE);
  const at = Math.min(high, Math.max(low, z));
  const y = interpolated(xs, ys, at);
  const line = xs.map((x, index) => `${left(x).toFixed(1)},${top(ys[index]).toFixed(1)}`).join(" ");
  const label = t("network", "{title}: {z} becomes {a}", { title, z: formatNumber(z), a: formatNumber(y) });
  return h(
    "svg",
    { class: "activation-curve", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": label },
    h("line", { class: "axis", x1: EDGE, x2: WIDTH - EDGE, y1: top(0), y2: top(0) }),
    h("line", { class: "axis", x1: left(0), x2: left(0), y1: EDGE, y2: HEIGHT - EDGE }),
    h("polyline", { points: line }),
    h("line", { class: "drop", x1: left(at), x2: left(at), y1: top(0), y2: top(y) }),
    h("circle", { cx: left(at), cy: top(y), r: 5.5, class: z === at ? "" : "beyond" }),
    h("text", { x: WIDTH - EDGE, y: top(0) - 4, "text-anchor": "end" }, `z ${formatNumber(high)}`),
  );
}
