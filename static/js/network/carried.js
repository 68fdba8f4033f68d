/** What was told of the layers of one document, carried over to an edited one: what did not change stays known. Pure. */

import { listsOf } from "./edits.js";

/** @typedef {import("./cars.js").Entry} Entry */
/** @typedef {import("./cars.js").LayerDocument} LayerDocument */
/** A network as it stands in the document. @typedef {{layers?: LayerDocument[]}} Network */

/** The entries of a network at the places of an edited one. A layer keeps its entry where it moves, and where its settings
 * change, until there is a newer one; nothing is known of one that was not there.
 * @param {Entry[]} entries inner ones too @param {string} address of the network, `/networks/main`
 * @param {Network | undefined} before @param {Network} after @returns {Entry[]} */
export function carried(entries, address, before, after) {
  if (before === after || !before) return entries;
  const list = `${address}/layers`;
  const known = new Map(entries.map((entry) => [entry.place, entry]));
  const inHead = entries.filter(({ place }) => !place.startsWith(`${list}/`));
  return [...within(known, [list, list], before.layers ?? [], after.layers ?? []), ...inHead];
}

/** The newest entries, and of layers that they do not name, because they do not fit, the older ones.
 * @param {Entry[]} older of the same document @param {Entry[]} newest @returns {Entry[]} */
export function completed(older, newest) {
  const named = new Set(newest.map(({ place }) => place));
  const layers = older.filter(({ place }) => place.split("/")[3] === "layers"); // a head is there or not
  return [...newest, ...layers.filter(({ place }) => !named.has(place))];
}

/** @param {Map<string, Entry>} known @param {[string, string]} lists where the layers stood, and where they stand
 * @param {LayerDocument[]} before @param {LayerDocument[]} after @returns {Entry[]} */
function within(known, [from, to], before, after) {
  return pairsOf(before, after).flatMap(([old, now]) => {
    const [was, is] = [`${from}/${old}`, `${to}/${now}`];
    const own = known.get(was);
    const earlier = new Map(listsOf(before[old]).map(({ path, layers }) => [path, layers]));
    const inner = listsOf(after[now]).flatMap(({ path, layers }) =>
      within(known, [was + path, is + path], earlier.get(path) ?? [], layers),
    );
    return own ? [{ ...own, place: is }, ...inner] : inner;
  });
}

/** Which layer of one list is which of another: those that are alike from both ends, then those that are alike anywhere,
 * then those of one kind in their order.
 * @param {LayerDocument[]} before @param {LayerDocument[]} after @returns {[number, number][]} places in both, by the second */
function pairsOf(before, after) {
  const signs = [before, after].map((layers) => layers.map((layer) => JSON.stringify(layer)));
  const kinds = [before, after].map((layers) => layers.map(({ kind }) => kind));
  const found = /** @type {Map<number, number>} */ (new Map()); // by place in the second
  const taken = new Set();
  const pair = (/** @type {number} */ old, /** @type {number} */ now) => (found.set(now, old), taken.add(old));
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && signs[0][start] === signs[1][start]) pair(start, start++);
  for (let end = 1; end <= shorter - start; end++) {
    const [old, now] = [before.length - end, after.length - end];
    if (signs[0][old] !== signs[1][now]) break;
    pair(old, now);
  }
  for (const [was, is] of [signs, kinds]) {
    is.forEach((sign, now) => {
      if (found.has(now)) return;
      const old = was.findIndex((other, at) => other === sign && !taken.has(at));
      if (old >= 0) pair(old, now);
    });
  }
  return [...found].map(([now, old]) => /** @type {[number, number]} */ ([old, now])).sort(([, a], [, b]) => a - b);
}
