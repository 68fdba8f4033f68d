/** The tabs that show layers side by side, as bars. */

import { h } from "preact";
import { VIEWS } from "../views/index.js";
import { viewsAt } from "../views/view.js";

/** What stands beside the curves for a task. @param {import("../api/parts.js").Part} [task] */
export const layerTabs = (task) => viewsAt(VIEWS, "curves", { task });

/**
 * @param {object} props
 * @param {import("../views/view.js").View} props.view
 * @param {{value: any}} [props.evaluation] signal of the numbers of the moment that is shown
 * @param {import("../views/frames.js").FrameSource} [props.frames] of that moment, by probe
 * @param {(path: string) => string} [props.nameOf]
 * @param {import("../live/run.js").Run} [props.run] whose numbers these are
 * @param {import("../views/points.js").Preview | null} [props.preview] of its data
 */
export function LayerChart({ view, evaluation: numbers, frames, nameOf, run, preview }) {
  const evaluation = numbers?.value ?? null;
  return h(
    "div",
    { class: "layer-chart", tabIndex: 0 },
    h(view.component, { key: view.title, evaluation, source: frames?.[view.probe], nameOf, run, preview }),
  );
}
