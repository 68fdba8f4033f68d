/** Diffusion on the plane: points at a chosen time between noise and data, their paths, and where the network points. */

import { h } from "preact";
import { useMemo, useState } from "preact/hooks";
import { t } from "../i18n/t.js";
import { Chip } from "../ui/controls.js";
import { ofWeights, WhoseWeights } from "./bothWeights.js";
import { drawStage } from "./denoisingLayers.js";
import { Filmstrip } from "./filmstrip.js";
import { useNewestFrame } from "./newestFrames.js";
import { StageSlider } from "./stageSlider.js";
import { Unlike } from "./unlike.js";
import { PlanePicture, usePlane } from "./zoomedPlane.js";

/** @typedef {import("./denoisingLayers.js").Layer} Layer */

const TITLES = () =>
  /** @type {[Layer, string, string][]} */ ([
    ["real", t("views", "Real"), t("views", "Points of the data")],
    ["drawn", t("views", "Drawn"), t("views", "Points at the chosen time, from the same noise for the whole run")],
    ["paths", t("views", "Paths"), t("views", "The way of points from noise to the chosen time")],
    ["clean", t("views", "Made out"), t("views", "The clean points that the network makes out in them: the mean of all that could be")], // prettier-ignore
    ["field", t("views", "Field"), t("views", "From everywhere on the plane, where the network sees clean points at the chosen time")], // prettier-ignore
  ]);

/** @param {{source: import("./newestFrames.js").OneSource, probe: string, preview: import("./points.js").Preview, splits: ReadonlySet<number>,
 *   evaluation?: any, run: import("../live/run.js").Run | null}} props */
export function Denoising({ source, probe, preview, splits, evaluation, run }) {
  const [layers, setLayers] = useState(/** @type {ReadonlySet<Layer>} */ (new Set(["real", "drawn", "field"])));
  const [stage, setStage] = useState(/** @type {number | null} */ (null));
  const newest = useNewestFrame(source);
  const [live, setLive] = useState(false);
  const stills = useMemo(() => still(preview, live), [preview, live]);
  const plane = usePlane(source, {
    paint: (context, size, frame, view) =>
      drawStage(context, size, ofWeights(frame, live), { preview, splits, layers, stage, view }),
  });
  const toggle = (/** @type {Layer} */ layer) => {
    const next = new Set(layers);
    if (!next.delete(layer)) next.add(layer);
    setLayers(next);
  };
  const { times, most } = /** @type {{times: number[], most: number}} */ (newest?.about ?? { times: [0], most: 0 });
  return [
    h(
      "div",
      { class: "output-shown", role: "group", "aria-label": t("views", "Layers of the picture") },
      TITLES().map(([layer, title, hint]) =>
        h(Chip, { key: layer, title, hint, value: layers.has(layer), onInput: () => toggle(layer) }),
      ),
    ),
    h(PlanePicture, { plane, label: t("views", "Points on their way from noise to data, and real points") }),
    newest && h(StageSlider, { times, most, chosen: stage, onInput: setStage }),
    h(
      "p",
      { class: "quiet plane-key" },
      h("i", { class: "sign class-1", "aria-hidden": "true" }, "■"),
      ` ${t("views", "real")}  `,
      h("i", { class: "sign class-0", "aria-hidden": "true" }, "●"),
      ` ${t("views", "drawn")}  `,
      layers.has("clean") && h("i", { class: "sign class-2", "aria-hidden": "true" }, "○"),
      layers.has("clean") && ` ${t("views", "made out")}`,
    ),
    h(Unlike, { evaluation }),
    h(WhoseWeights, { frame: newest, live, onInput: setLive }),
    run && h(Filmstrip, { run, probe, paint: stills }),
  ];
}

/** Paints one of the pictures over time. @param {import("./points.js").Preview} preview @param {boolean} live
 * @returns {import("./filmstrip.js").Paint} */
function still(preview, live) {
  const layers = new Set(/** @type {const} */ (["real", "drawn"]));
  const scene = { preview, splits: new Set([0]), layers, stage: null, view: { x: 0, y: 0, half: 6 } };
  return (context, size, frame) => drawStage(context, size, ofWeights(frame, live), scene);
}
