/** The tabs that show layers side by side, as bars. */

import { h } from "preact";
import { t } from "../i18n/t.js";

/** @typedef {import("../live/run.js").Run} Run */

export const LAYER_TABS = [
  { id: "gradient_flow", title: "Gradient flow" },
  { id: "update_ratio", title: "Update : weight" },
  { id: "weights", title: "Weights" },
];

/** @param {{kind: string, run: Run | null}} props */
export function LayerChart({ kind, run }) {
  return h("div", { class: "chart", "data-kind": kind }, run ? t("charts", "Nothing yet") : "");
}
