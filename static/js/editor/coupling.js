/** What coupling a layer in means for the document. Pure. */

import { listAt } from "../network/edits.js";

/** @typedef {import("../api/client.js").Edit} Edit */
/** @typedef {import("./parts.js").Part} Part */
/** @typedef {import("../network/cars.js").LayerDocument} LayerDocument */

const WEIGHED = ["dense"]; // groups whose layers get an activation like the others'
const FIRST = /** @type {Record<string, LayerDocument>} */ ({
  residual: { kind: "residual", layers: [{ kind: "linear", units: 8 }] },
});

/**
 * A layer in a place; a dense one with the activation that the network has elsewhere, the first of all with a tanh.
 * @param {{layers?: LayerDocument[]}} network
 * @param {string} place `/networks/main/layers/2`
 * @param {string} kind
 * @param {Part[]} parts the family of layers
 * @returns {Edit[]}
 */
export function coupling(network, place, kind, parts) {
  const list = place.slice("/networks/main".length, place.lastIndexOf("/"));
  const index = Number(place.slice(place.lastIndexOf("/") + 1));
  const groups = new Map(parts.map((part) => [part.kind, part.group]));
  const others = listAt(network, list);
  const first = others.some((layer) => WEIGHED.includes(groups.get(layer.kind) ?? "")) ? undefined : { kind: "tanh" };
  const activation = others.findLast((layer) => groups.get(layer.kind) === "activation") ?? first;
  /** @type {Edit[]} */
  const edits = [{ op: "add", path: place, value: structuredClone(FIRST[kind] ?? { kind }) }];
  if (activation && WEIGHED.includes(groups.get(kind) ?? "")) {
    edits.push({ op: "add", path: `/networks/main${list}/${index + 1}`, value: structuredClone(activation) });
  }
  return edits;
}
