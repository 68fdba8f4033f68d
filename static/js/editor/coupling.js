/** What coupling a layer in means for the document. Pure. */

import { sizesOf, sizeOf, isRow } from "../api/shapes.js";
import { listAt } from "../network/edits.js";

/** @typedef {import("../api/client.js").Edit} Edit */
/** @typedef {import("../api/parts.js").Part} Part */
/** @typedef {import("../network/cars.js").LayerDocument} LayerDocument */
/** @typedef {import("../network/cars.js").Shape} Shape */

/** Groups whose layers get an activation like the others', and which one the first of all gets. */
const FIRST = /** @type {Record<string, LayerDocument>} */ ({ dense: { kind: "tanh" }, convolution: { kind: "relu" } });

/**
 * A layer in a place; one with weights with the activation that the network has elsewhere, the first of all with a tanh,
 * or behind a convolution a ReLU.
 * @param {any} document
 * @param {string} place `/networks/main/layers/2`
 * @param {string} kind
 * @param {Part[]} parts the family of layers
 * @param {{shape?: Shape | null, start?: LayerDocument}} [there] what arrives, and the layer as it is to begin
 * @returns {Edit[]}
 */
export function coupling(document, place, kind, parts, { shape = null, start } = {}) {
  const list = place.slice(0, place.lastIndexOf("/"));
  const index = Number(place.slice(place.lastIndexOf("/") + 1));
  const groups = new Map(parts.map((part) => [part.kind, part.group]));
  const riding = new Set(parts.flatMap((part) => (part.rides ? [part.kind] : [])));
  const others = listAt(document, list);
  const first = others.some((layer) => (groups.get(layer.kind) ?? "") in FIRST)
    ? undefined
    : FIRST[groups.get(kind) ?? ""];
  const activation = others.findLast((layer) => riding.has(layer.kind)) ?? first;
  const layer = start ?? begun(kind, parts, shape);
  /** @type {Edit[]} */
  const edits = [{ op: "add", path: place, value: structuredClone(layer) }];
  if (activation && (groups.get(kind) ?? "") in FIRST) {
    edits.push({ op: "add", path: `${list}/${index + 1}`, value: structuredClone(activation) });
  }
  return edits;
}

/** A layer as it is first put somewhere: one that holds others with layers in it that keep what arrives.
 * @param {string} kind @param {Part[]} parts @param {Shape | null} shape @returns {LayerDocument} */
function begun(kind, parts, shape) {
  const fields = parts.find((part) => part.kind === kind)?.schema?.properties ?? {};
  if (fields.branches) return { kind, branches: [{ layers: [keeping(shape)] }, { layers: [keeping(shape)] }] };
  return fields.layers ? { kind, layers: [keeping(shape)] } : { kind };
}

/** A layer with weights that gives the shape it takes.
 * @param {Shape | null} shape @returns {LayerDocument} */
export function keeping(shape) {
  const filters = sizeOf(shape, "channels");
  if (filters === undefined) return { kind: "linear", units: sizesOf(shape).at(-1) ?? 8 };
  return { kind: isRow(shape) ? "conv1d" : "conv2d", filters, kernel: 3, padding: 1 };
}
