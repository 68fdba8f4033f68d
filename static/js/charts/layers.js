/** The tabs that show layers side by side, as bars. */

import { h } from "preact";
import { GradientFlow, UpdateRatio, WeightHistograms } from "../views/bars.js";

/** @typedef {import("../live/run.js").Run} Run */

export const LAYER_TABS = [
  { id: "gradient_flow", title: "Gradient flow", Bars: GradientFlow },
  { id: "update_ratio", title: "Update : weight", Bars: UpdateRatio },
  { id: "weights", title: "Weights", Bars: WeightHistograms },
];

/** @param {{kind: string, run: Run | null, nameOf?: (path: string) => string}} props */
export function LayerChart({ kind, run, nameOf }) {
  const { Bars } = LAYER_TABS.find(({ id }) => id === kind) ?? LAYER_TABS[0];
  const evaluation = /** @type {any} */ (run?.evaluation.value ?? null);
  const frame = kind === "weights" ? run?.frames.weights.value : null;
  return h("div", { class: "layer-chart", tabIndex: 0 }, h(Bars, { evaluation, frame, nameOf }));
}
