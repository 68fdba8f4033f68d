/** The plane of a generator: real and drawn points, what the discriminator says, the bent lattice of noise, the pull. */

import { h } from "preact";
import { useMemo, useState } from "preact/hooks";
import { t } from "../i18n/t.js";
import { Chip } from "../ui/controls.js";
import { ofWeights, WhoseWeights } from "./bothWeights.js";
import { Filmstrip } from "./filmstrip.js";
import { drawLayers } from "./generatedLayers.js";
import { useNewestFrame } from "./newestFrames.js";
import { StepAlone } from "./stepAlone.js";
import { Unlike } from "./unlike.js";
import { PlanePicture, usePlane } from "./zoomedPlane.js";

/** @typedef {import("./generatedLayers.js").Layer} Layer */

const TITLES = () =>
  /** @type {[Layer, string, string][]} */ ([
    ["says", t("views", "D says"), t("views", "Blue where the discriminator takes points for real, orange for drawn")],
    ["real", t("views", "Real"), t("views", "Points of the data")],
    [
      "drawn",
      t("views", "Drawn"),
      t("views", "Points that the generator draws, from the same noise for the whole run"),
    ],
    ["lattice", t("views", "Lattice"), t("views", "Where the generator bends a straight lattice of noise to, along its first two numbers")], // prettier-ignore
    ["pull", t("views", "Pull"), t("views", "Which way the discriminator's gradient pulls drawn points")],
  ]);

/** @param {{source: import("./newestFrames.js").OneSource, probe: string, preview: import("./points.js").Preview, splits: ReadonlySet<number>,
 *   evaluation?: any, run: import("../live/run.js").Run | null, task: import("../api/parts.js").Part | undefined}} props */
export function GeneratedPoints({ source, probe, preview, splits, evaluation, run, task }) {
  const [layers, setLayers] = useState(/** @type {ReadonlySet<Layer>} */ (new Set(["says", "real", "drawn", "pull"])));
  const [live, setLive] = useState(false);
  const newest = useNewestFrame(source);
  const stills = useMemo(() => still(preview, live), [preview, live]);
  const plane = usePlane(source, {
    paint: (context, size, frame, view) =>
      drawLayers(context, size, ofWeights(frame, live), { preview, splits, layers, view }),
  });
  const toggle = (/** @type {Layer} */ layer) => {
    const next = new Set(layers);
    if (!next.delete(layer)) next.add(layer);
    setLayers(next);
  };
  const label = t("views", "Real and drawn points, and what the discriminator says all over the plane");
  return [
    h(
      "div",
      { class: "output-shown", role: "group", "aria-label": t("views", "Layers of the picture") },
      TITLES().map(([layer, title, hint]) =>
        h(Chip, { key: layer, title, hint, value: layers.has(layer), onInput: () => toggle(layer) }),
      ),
    ),
    h(PlanePicture, { plane, label }),
    h(
      "p",
      { class: "quiet plane-key" },
      h("i", { class: "sign class-1", "aria-hidden": "true" }, "■"),
      ` ${t("views", "real")}  `,
      h("i", { class: "sign class-0", "aria-hidden": "true" }, "●"),
      ` ${t("views", "drawn")}`,
    ),
    h(Unlike, { evaluation }),
    h(WhoseWeights, { frame: newest, live, onInput: setLive }),
    h(StepAlone, { run, task }),
    run && h(Filmstrip, { run, probe, paint: stills }),
  ];
}

/** Paints one of the pictures over time. @param {import("./points.js").Preview} preview @param {boolean} live
 * @returns {import("./filmstrip.js").Paint} */
function still(preview, live) {
  const layers = new Set(/** @type {const} */ (["real", "drawn"]));
  const scene = { preview, splits: new Set([0]), layers, view: { x: 0, y: 0, half: 6 } };
  return (context, size, frame) => drawLayers(context, size, ofWeights(frame, live), scene);
}
