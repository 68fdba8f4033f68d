/** What lies under the pointer, what it is called and which number it stands for. */

import { t } from "../i18n/t.js";
import { framesOf } from "../views/newestFrames.js";
import { weighs } from "./cars.js";
import { tileAt } from "./layout.js";
import { neuronName } from "./names.js";
import { biasSpot } from "./picture.js";
import { weightAt, weightsOf } from "./weights.js";
import { wireAt } from "./wires.js";

/** @typedef {import("./layout.js").Layout} Layout */
/**
 * @typedef {{kind: "neuron", column: number, unit: number} | {kind: "bias", column: number, unit: number}
 *   | {kind: "weight", column: number, unit: number, source: number, from: number}} Hit
 */

/** What lies at a point of the track, biases before neurons before wires.
 * @param {Layout} layout @param {import("./wires.js").Bundle[]} bundles @param {number} x @param {number} y
 * @returns {Hit | null} */
export function hitAt(layout, bundles, x, y) {
  for (const [index, column] of layout.columns.entries()) {
    if (column.shown.length === 0 || Math.abs(x - column.x) > column.width / 2 + 14) continue;
    const weighted = weighs(column.car);
    for (const [row, unit] of column.shown.entries()) {
      const [left, top] = biasSpot(column, row);
      if (weighted && Math.abs(x - left) < 10 && Math.abs(y - top) < 10) return { kind: "bias", column: index, unit };
      const tile = tileAt(column, row);
      const inside = y >= tile.top && y <= tile.top + tile.height && x >= tile.left && x <= tile.left + tile.width;
      if (inside) return { kind: "neuron", column: index, unit };
    }
  }
  const found = wireAt(bundles, x, y);
  if (!found) return null;
  const { bundle, wire } = found;
  const [unit, source] = [bundle.targets[wire], bundle.sources[wire]];
  return { kind: "weight", column: bundle.to, unit, source, from: bundle.from };
}

/** @param {Layout} layout @param {import("../views/newestFrames.js").FrameSource} frames @param {Hit} hit
 * @returns {number | null} the weight or bias under the pointer */
export function valueOf(layout, frames, hit) {
  const weights = weightsOf(framesOf(frames).weights, layout.columns[hit.column].car.path);
  const value =
    hit.kind === "weight"
      ? weightAt(weights, hit.source, hit.unit)
      : hit.kind === "bias"
        ? weights?.biases?.[weights.rows.get(hit.unit) ?? -1]
        : undefined;
  return value === undefined || Number.isNaN(value) ? null : value;
}

/** @param {Layout} layout @param {string[]} names @param {Hit} hit @returns {string} */
export function labelOf(layout, names, hit) {
  const to = neuronName(layout.columns[hit.column], hit.unit, names);
  if (hit.kind === "bias") return t("network", "Bias of {neuron}", { neuron: to });
  if (hit.kind === "neuron") return to;
  const from = neuronName(layout.columns[hit.from], hit.source, names);
  return t("network", "Weight from {from} to {to}", { from, to });
}
