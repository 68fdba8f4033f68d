/** What coupling a layer in means for the document. Pure. */

import { listAt } from "../network/edits.js";

/** @typedef {import("../api/client.js").Edit} Edit */
/** @typedef {import("../api/parts.js").Part} Part */
/** @typedef {import("../network/cars.js").LayerDocument} LayerDocument */

/**
 * A layer in a place. One that wants an activation behind it gets the one that its neighbours have, or its own where it is the
 * first of its list.
 * @param {any} document
 * @param {string} place `/networks/main/layers/2`
 * @param {LayerDocument} layer as it is to begin
 * @param {Part[]} parts the family of layers
 * @returns {Edit[]}
 */
export function coupling(document, place, layer, parts) {
  const list = place.slice(0, place.lastIndexOf("/"));
  const index = Number(place.slice(place.lastIndexOf("/") + 1));
  const known = new Map(parts.map((part) => [part.kind, part]));
  const others = listAt(document, list);
  const own = known.get(layer.kind)?.followed_by;
  const first = others.some(({ kind }) => known.get(kind)?.followed_by) ? undefined : own && { kind: own };
  const activation = others.findLast(({ kind }) => known.get(kind)?.rides) ?? first;
  /** @type {Edit[]} */
  const edits = [{ op: "add", path: place, value: structuredClone(layer) }];
  if (own && activation) {
    edits.push({ op: "add", path: `${list}/${index + 1}`, value: structuredClone(activation) });
  }
  return edits;
}
