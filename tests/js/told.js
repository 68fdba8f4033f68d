/** What the checker tells of layers, for tests of what is drawn from it: of pictures, and of a few kinds of layers. */

import { listsOf } from "../../static/js/network/edits.js";

export const RULES = /** @type {Record<string, import("../../static/js/network/provenance.js").Rule>} */ ({
  linear: { reads: "place", makes: "dot" },
  flatten: { reads: "order", makes: "copy" },
  residual: { reads: "parts", makes: "add", around: true },
  skip: { reads: "parts", makes: "concat", around: true },
  tunnel: { reads: "parts", makes: "add", around: true },
  delta: { reads: "parts", makes: "add" },
});

const AXES = { features: ["size"], image: ["channels", "height", "width"], series: ["channels", "length"] };

/** A shape with its units and those that are drawn of them.
 * @param {"features" | "image" | "series"} kind @param {number[]} sizes */
export function shapeOf(kind, sizes) {
  const axes = sizes.map((size, at) => ({ name: AXES[kind][at], size }));
  const units = sizes[0];
  const choice = Array.from({ length: 12 }, (_, at) => Math.round((at * (units - 1)) / 11));
  return { kind, axes, units, shown: units > 16 ? choice : [...Array(units).keys()], text: "" };
}

/** An entry for each layer, inner ones too: filters and units set the first size, what joins side by side adds them up.
 * @param {any[]} layers @param {any} takes @param {string} [list] */
export function toldOf(layers, takes, list = "/networks/main/layers") {
  const entries = [];
  let arriving = takes;
  layers.forEach((layer, at) => {
    const place = `${list}/${at}`;
    const inner = listsOf(layer).map(({ path, layers }) => toldOf(layers, arriving, place + path));
    const rule = RULES[layer.kind] ?? (layer.branches ? { reads: "parts", makes: layer.join ?? "concat" } : undefined);
    const shape = sized(arriving, layer, rule, inner);
    entries.push({ place, kind: layer.kind, takes: arriving, shape, parameters: 0, multiply_adds: 0, rule });
    entries.push(...inner.flat());
    arriving = shape;
  });
  return entries;
}

function sized(arriving, layer, rule, inner) {
  const before = arriving.axes[0].size;
  const ends = inner.map((entries) => entries.at(-1)?.shape.axes[0].size ?? before);
  if (rule?.makes === "concat") return first(arriving, ends.reduce((sum, size) => sum + size, rule.around ? before : 0)); // prettier-ignore
  return first(arriving, layer.filters ?? layer.units ?? before);
}

/** @param {any} shape @param {number} size */
function first(shape, size) {
  const [, ...others] = shape.axes.map((axis) => axis.size);
  return { ...shapeOf(shape.kind, [size, ...others]), text: shape.text };
}
