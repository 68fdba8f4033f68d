/** Pure: what a frame of attention says of a sample. */

import { numberAt } from "../live/frameFormat.js";

/** @typedef {import("../live/frameFormat.js").Frame} Frame */
/** The maps of one attention: bytes of the square roots of shares, so that small ones can be seen.
 * @typedef {{address: string, maps: import("../live/frameFormat.js").FrameArray,
 *   roles: import("../live/frameFormat.js").FrameArray}} Layer */

export const MOSTLY = 0.5; // the mean share from which on a head is named for what it looks at

/** Every attention of a frame, in the order of the network. @param {Frame | undefined} frame @returns {Layer[]} */
export function layersOf(frame) {
  const addresses = /** @type {string[]} */ (frame?.about.layers ?? []);
  return addresses
    .map((address) => ({
      address,
      maps: frame?.arrays[`maps:${address}`],
      roles: frame?.arrays[`roles:${address}`],
    }))
    .filter((layer) => layer.maps && layer.roles)
    .map((layer) => /** @type {Layer} */ (layer));
}

/** How many places of a sample are shown: those that count, as far as the maps go.
 * @param {Frame} frame @param {Layer} layer @param {number} sample */
export function placesOf(frame, layer, sample) {
  const counts = frame.about[`counts:${networkOf(layer)}`] ?? frame.about.counts;
  return Math.min((counts?.[sample] ?? Infinity) + frontOf(frame, layer), layer.maps.shape[3]);
}

/** How many class tokens stand in front of what a layer is given. @param {Frame} frame @param {Layer} layer
 * @returns {number} */
export function frontOf(frame, layer) {
  return frame.about[`front:${layer.address}`] ?? 0;
}

/** What the network of a layer is given of a sample, as far as it counts; `own` says that this are not the samples
 * themselves, but what is written of them.
 * @param {Frame} frame @param {Layer} layer @param {number} sample @param {number} places */
export function givenTo(frame, layer, sample, places) {
  const besides = frame.arrays[`inputs:${networkOf(layer)}`];
  const inputs = besides ?? frame.arrays.inputs;
  const size = inputs.data.length / inputs.shape[0];
  return {
    own: besides !== undefined,
    tokens: inputs.data.subarray(sample * size, sample * size + places - frontOf(frame, layer)),
  };
}

/** @param {Layer} layer */
const networkOf = ({ address }) => address.split("/")[2];

/** The bytes of one head for one sample, only of places that count.
 * @param {Layer} layer @param {number} sample @param {number} head @param {number} places */
export function headCodes(layer, sample, head, places) {
  const [, heads, , width] = layer.maps.shape;
  const start = (sample * heads + head) * width * width;
  const codes = new Uint8Array(places * places);
  for (let row = 0; row < places; row++) {
    const from = start + row * width;
    codes.set(/** @type {Uint8Array} */ (layer.maps.data).subarray(from, from + places), row * places);
  }
  return codes;
}

/** The shares that one place gives to every place.
 * @param {Layer} layer @param {number} sample @param {number} head @param {number} from @param {number} places */
export function sharesOf(layer, sample, head, from, places) {
  return Array.from({ length: places }, (_, at) => numberAt(layer.maps, [sample, head, from, at]) ** 2);
}

/** The places with the largest shares, the largest first. @param {number[]} shares @param {number} most @param {number} least */
export function largest(shares, most, least) {
  return shares
    .map((share, place) => ({ share, place }))
    .filter(({ share }) => share >= least)
    .sort((a, b) => b.share - a.share)
    .slice(0, most);
}

/** What a head mostly looks at: a name of `about.roles`, or "" where it does several things.
 * @param {Frame} frame @param {Layer} layer @param {number} head @returns {string} */
export function roleOf(frame, layer, head) {
  const { role, share } = mostOf(frame, layer.address, head);
  return share >= MOSTLY ? role : "";
}

/** What has the largest share of a head's attention: a name of `about.roles`, and that share.
 * @param {Frame} frame @param {string} address @param {number} head */
export function mostOf(frame, address, head) {
  const names = /** @type {string[]} */ (frame.about.roles ?? []);
  const roles = frame.arrays[`roles:${address}`];
  const shares = names.map((_, at) => (roles ? numberAt(roles, [head, at]) : 0));
  const share = Math.max(...shares, 0);
  return { role: names[shares.indexOf(share)] ?? "", share };
}

/** The step from which on a head has done in all of these frames, which are in order, what it does in the last; null where
 * it does several things. @param {Frame[]} frames @param {string} address @param {number} head @returns {number | null} */
export function sinceWhen(frames, address, head) {
  const last = frames.at(-1);
  if (!last) return null;
  const now = mostOf(last, address, head);
  if (now.share < MOSTLY) return null;
  let since = last.step;
  for (const frame of [...frames].reverse()) {
    const { role, share } = mostOf(frame, address, head);
    if (role !== now.role || share < MOSTLY) break;
    since = frame.step;
  }
  return since;
}

/** The path of the layer that an attention belongs to: `…/layers/2` of `…/layers/2/attention`. @param {string} address */
export function layerPath(address) {
  return address.replace(/\/[a-z_]+$/, "");
}
