/** The activations of an experiment, read and chosen as one: which there are, and the edits that change them all. Pure. */

import { valueAt } from "./patch.js";

/** @typedef {import("../api/client.js").Edit} Edit */
/** @typedef {import("../api/parts.js").Part} Part */
/** @typedef {{path: string, kind: string}} Found a layer */

/** Those that bend each number by itself. @param {Part[]} parts the family of layers */
export const activationParts = (parts) => parts.filter(({ elementwise }) => elementwise);

/** Every list of layers, the innermost too. @param {any} document @returns {{path: string, ends: boolean}[]} `ends`: its
 * last layer gives the answer of a network, which nothing is to bend */
function listsOf(document) {
  /** @param {any} holder @param {string} path @param {boolean} ends @returns {{path: string, ends: boolean}[]} */
  const within = (holder, path, ends) => {
    if (!Array.isArray(holder?.layers)) return [];
    const inner = holder.layers.flatMap((/** @type {any} */ layer, /** @type {number} */ at) => [
      ...within(layer, `${path}/layers/${at}`, false),
      ...(layer?.branches ?? []).flatMap((/** @type {any} */ branch, /** @type {number} */ number) =>
        within(branch, `${path}/layers/${at}/branches/${number}`, false),
      ),
    ]);
    return [{ path: `${path}/layers`, ends }, ...inner];
  };
  const networks = Object.entries(document.networks ?? {});
  return networks.flatMap(([name, network]) => within(network, `/networks/${name}`, network.head === false));
}

/** The activations that are chosen together: all but one that ends a network. @param {any} document @param {Part[]} parts @returns {Found[]} */
export function activationsOf(document, parts) {
  const kinds = new Set(activationParts(parts).map(({ kind }) => kind));
  return listsOf(document).flatMap(({ path, ends }) => {
    const layers = valueAt(document, path);
    const last = ends ? layers.length - 1 : -1;
    return layers.flatMap((/** @type {any} */ { kind }, /** @type {number} */ at) =>
      kinds.has(kind) && at !== last ? [{ path: `${path}/${at}`, kind }] : [],
    );
  });
}

/** Another activation in place of all; where there are none, one behind each layer that wants one. "" takes them out.
 * @param {any} document @param {Part[]} parts @param {string} kind @returns {Edit[]} */
export function activationEdits(document, parts, kind) {
  const found = activationsOf(document, parts);
  if (!kind) return found.reverse().map(({ path }) => ({ op: "remove", path }));
  if (found.length > 0) return found.map(({ path }) => ({ op: "replace", path, value: { kind } }));
  const known = new Map(parts.map((part) => [part.kind, part]));
  return listsOf(document)
    .flatMap(({ path, ends }) => {
      const layers = /** @type {any[]} */ (valueAt(document, path));
      return layers.flatMap((layer, at) =>
        known.get(layer.kind)?.followed_by && !(ends && at === layers.length - 1)
          ? [`${path}/${at + 1 + Number(known.get(layers[at + 1]?.kind)?.normalises ?? 0)}`]
          : [],
      );
    })
    .reverse() // so that each place is still where it was found
    .map((path) => ({ op: "add", path, value: { kind } }));
}
