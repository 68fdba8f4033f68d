/** What a view is, and how the page finds those that have something to draw. */

import { h } from "preact";

/**
 * Where a view stands: `overview` fills the panel of the output; `result` stands above its numbers and `below` under
 * them; `drawing` beside a person's drawing; `curves` is a tab of its own beside the curves. What is for `network` has no
 * component: the diagram is one picture of several probes.
 * @typedef {"overview" | "result" | "below" | "drawing" | "curves" | "network"} Place
 */
/** What decides whether there is something to draw: the data, the task that is learned with them, and the probes that fit both.
 * @typedef {{preview?: any, task: import("../api/parts.js").Part | undefined, probes: string[]}} Stage */
/**
 * @typedef {object} View
 * @property {string} probe whose frames it draws; "" where it draws the evaluation alone
 * @property {Place} place
 * @property {(stage: Stage) => boolean} [fits] left out where it is drawn whenever its probe fits
 * @property {any} [component] is given all that the place has, its `probe`, and as `source` the newest frame of it, which
 *   is read with `useNewestFrame`
 * @property {string} [title] of a tab, English
 * @property {boolean} [mistakes] whether it can mark the samples that are taken for another class
 * @property {"plane" | "weights" | "answers" | "maps" | "states" | "gates"} [as] for `network`: what the diagram draws of it
 * @property {Counted} [counted] for `network`
 */
/** How the `inputs` of a frame tell of which network it is: along which axis they count numbers, or channels.
 * @typedef {{axis: number, of: "numbers" | "channels"}} Counted */
/** @typedef {import("./newestFrames.js").FrameSource} FrameSource */

/** The views of a place that have something to draw. @param {View[]} views @param {Place} place @param {Stage} stage */
export function viewsAt(views, place, stage) {
  const fits = (/** @type {View} */ { probe, fits }) => (fits ? fits(stage) : stage.probes.includes(probe));
  return views.filter((view) => view.place === place && fits(view));
}

/** Every probe that is drawn somewhere. @param {View[]} views @returns {string[]} */
export function probesOf(views) {
  return [...new Set(views.map(({ probe }) => probe))].filter(Boolean);
}

/** What the component of a view is given wherever it stands.
 * @param {View} view @param {FrameSource | undefined} frames */
export const drawn = ({ probe }, frames) => ({ probe, source: frames?.[probe] });

/** The views of a place, one under the other.
 * @param {{views: View[], place: Place, frames: FrameSource} & Stage & Record<string, any>} props */
export function Placed({ views, place, frames, ...shown }) {
  return viewsAt(views, place, /** @type {Stage} */ (shown)).map((view) =>
    h(view.component, { key: views.indexOf(view), ...shown, ...drawn(view, frames) }),
  );
}
