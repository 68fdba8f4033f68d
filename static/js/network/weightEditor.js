/** A small card in which one weight or bias is set, while it trains too. */

import { h } from "preact";
import { useRef, useState } from "preact/hooks";
import { t } from "../i18n/t.js";
import { Button, Slider } from "../ui/controls.js";
import { Floating } from "../ui/popover.js";
import { useNewest } from "../views/newestFrames.js";
import { weightAt, weightsOf } from "./weights.js";

/**
 * @param {object} props
 * @param {string} props.path of the car
 * @param {"weight" | "bias"} props.parameter
 * @param {number[]} props.index
 * @param {string} props.label
 * @param {number} props.x where the card points to, in pixels of the diagram
 * @param {number} props.y
 * @param {import("../views/newestFrames.js").FrameSource} props.frames
 * @param {(weight: import("./diagram.js").WeightSet) => void} props.onSetWeight
 * @param {() => void} props.onClose
 */
export function WeightEditor({ path, parameter, index, label, x, y, frames, onSetWeight, onClose }) {
  const spot = useRef(/** @type {HTMLElement | null} */ (null));
  const now = weightNow(useNewest(frames).weights, path, parameter, index);
  const [first] = useState(now);
  const [chosen, setChosen] = useState(/** @type {number | null} */ (null));
  const [limit] = useState(Math.max(2, Math.ceil(Math.abs(now) * 2)));
  const set = (/** @type {number} */ value) => {
    setChosen(value);
    onSetWeight({ path: `${path}/${parameter}`, index, value });
  };
  return [
    h("span", { key: "spot", class: "weight-spot", ref: spot, style: { left: `${x}px`, top: `${y}px` } }),
    h(Floating, {
      key: "card",
      anchor: () => spot.current,
      label,
      class: "weight-editor",
      onClose,
      children: () => [
        h(Slider, { label, value: round(chosen ?? now), min: -limit, max: limit, onInput: set }),
        h(
          "div",
          { class: "weight-actions" },
          h(Button, { look: "quiet", onClick: () => set(0) }, t("network", "Set to 0")),
          h(Button, { look: "quiet", onClick: () => set(-(chosen ?? now)) }, t("network", "Turn its sign")),
          h(Button, { look: "quiet", onClick: () => set(first) }, t("network", "As it was")),
        ),
      ],
    }),
  ];
}

/** @param {import("../live/frameFormat.js").Frame | undefined} frame @param {string} path @param {"weight" | "bias"} parameter
 * @param {number[]} index @returns {number} */
function weightNow(frame, path, parameter, index) {
  const weights = weightsOf(frame, path);
  if (parameter === "weight") return weightAt(weights, index[1], index[0]) || 0;
  return weights?.biases?.[weights.rows.get(index[0]) ?? -1] ?? 0;
}

/** @param {number} value */
const round = (value) => Number(value.toPrecision(4));
