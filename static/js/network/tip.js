/** What is said beside the pointer: a neuron's or a plane's range and kernel, a weight, a bias. */

import { h } from "preact";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { framesOf } from "../views/newestFrames.js";
import { labelOf, valueOf } from "./hits.js";
import { KernelTile } from "./kernelTiles.js";
import { tileAt } from "./layout.js";
import { mapOf, rangeOf, sampleOf } from "./maps.js";
import { kernelFor } from "./ribbons.js";
import { answersOf } from "./tiles.js";

/** @typedef {import("./layout.js").Layout} Layout */

const MOST_KERNELS = 4; // beside the pointer; the card shows all

/** @param {{hit: import("./hits.js").Hit, x: number, y: number, layout: Layout,
 *   frames: import("../views/newestFrames.js").FrameSource, names: string[], canEdit: boolean, sample: number}} props */
export function Tip({ hit, x, y, layout, frames, names, canEdit, sample }) {
  const column = layout.columns[hit.column];
  const label = labelOf(layout, names, hit);
  if (hit.kind === "neuron") return h(Beside, { hit, layout, frames, label, sample });
  const value = valueOf(layout, frames, hit);
  const above = y > layout.height - 90;
  const style = { left: `${Math.min(Math.max(x, 130), layout.width - 130)}px`, top: `${y}px` };
  return h(
    "div",
    { class: `network-tip${above ? " above" : ""}`, style, key: column.key },
    h("span", null, label),
    h("b", { class: value !== null && value < 0 ? "negative" : "" }, value === null ? "–" : formatNumber(value, 4)),
    canEdit && h("small", null, t("network", "Click to set it")),
  );
}

/** @param {{hit: {column: number, unit: number}, layout: Layout, frames: import("../views/newestFrames.js").FrameSource,
 *   label: string, sample: number}} props */
function Beside({ hit, layout, frames, label, sample }) {
  const column = layout.columns[hit.column];
  const now = framesOf(frames);
  const plane = column.style === "planes";
  const input = column.car.role === "input";
  const tile = tileAt(column, column.shown.indexOf(hit.unit));
  const right = column.x + column.width / 2 + 10;
  const narrow = right > layout.width - 190 * layout.scale;
  const style = narrow
    ? { right: `${layout.width - column.x + column.width / 2 + 10}px`, top: `${tile.top + tile.height / 2}px` }
    : { left: `${right}px`, top: `${tile.top + tile.height / 2}px` };
  const range = plane ? planeRange(now, column, hit.unit, sample) : neuronRange(now, column, hit.unit);
  const kernel = plane ? kernelFor(layout, now.maps, hit) : null;
  const more = kernel ? kernel.channels.length - MOST_KERNELS : 0;
  return h(
    "div",
    { class: "network-tip beside", style },
    h("b", null, label),
    range && h("span", null, t("network", "from {low} to {high}", { low: range[0], high: range[1] })),
    kernel &&
      h(
        "span",
        { class: "tip-kernels" },
        kernel.channels
          .slice(0, MOST_KERNELS)
          .map((channel, at) => h(KernelTile, { key: channel, kernel, at, side: 30 })),
        more > 0 && h("small", null, t("network", "and {count} more", { count: more })),
      ),
    !input &&
      h(
        "small",
        null,
        plane ? t("network", "Click to see pixel by pixel") : t("network", "Click to see how it adds up"),
      ),
  );
}

/** @param {import("./tiles.js").Frames} frames @param {import("./layout.js").Column} column @param {number} unit */
function neuronRange(frames, column, unit) {
  const answers = answersOf(frames, column.car.path, unit);
  return answers && answers.length > 0 ? [Math.min(...answers), Math.max(...answers)] : null;
}

/** @param {import("./tiles.js").Frames} frames @param {import("./layout.js").Column} column @param {number} unit
 * @param {number} sample */
function planeRange(frames, column, unit, sample) {
  const map = mapOf(frames.maps, column.car.path, unit, sampleOf(frames.maps, sample));
  return map && rangeOf(map);
}
