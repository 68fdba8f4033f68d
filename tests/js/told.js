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
  if (rule?.makes === "concat") return first(arriving, ends.reduce((sum, one) => sum + one, rule.around ? before : 0)); // prettier-ignore
  return first(arriving, layer.filters ?? layer.units ?? before);
}

/** @param {any} shape @param {number} size */
function first(shape, size) {
  return { ...shape, axes: shape.axes.map((axis, at) => (at === 0 ? { ...axis, size } : axis)) };
}
