/** The newest frame of each probe, whether it comes as it is or as a signal. */

import { effect } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";

/** @typedef {import("../live/frame.js").Frame} Frame */
/** @typedef {{value: Frame | null | undefined, peek(): Frame | null | undefined}} FrameSignal */
/** @typedef {Record<string, Frame | FrameSignal | null | undefined>} FrameSource */
/** @typedef {Record<string, Frame | undefined>} Frames */

/** @param {FrameSource | undefined} source @returns {Frames} */
export function framesOf(source) {
  /** @type {Frames} */
  const frames = {};
  for (const [probe, one] of Object.entries(source ?? {})) {
    frames[probe] = (one && "peek" in one ? one.value : /** @type {Frame | null | undefined} */ (one)) ?? undefined;
  }
  return frames;
}

/** The frames that were taken with such data: the same inputs, the same classes.
 * @param {Frames} frames @param {import("./points.js").Preview} preview @returns {Frames} */
export function framesOver(frames, preview) {
  const { surface, activations } = frames;
  const classes = preview.classes.length;
  const domain = preview.group === "line" ? "line" : "plane";
  const over = surface?.about.domain === domain && String(surface.about.classes ?? []) === String(preview.classes);
  const outputs = activations?.arrays.outputs.shape[1] ?? 0;
  const suits = classes === 0 ? outputs === 1 : outputs === classes || (classes === 2 && outputs === 1);
  const same = activations?.arrays.raw.shape[1] === preview.raw[0]?.length;
  return { ...frames, surface: over ? surface : undefined, activations: suits && same ? activations : undefined };
}

/** Calls `changed` with the frames at once and whenever one of them is replaced; nothing is rendered anew.
 * @param {FrameSource | undefined} source @param {(frames: Frames) => void} changed @param {unknown[]} [also] */
export function useFrames(source, changed, also = []) {
  const now = Object.values(source ?? {});
  useEffect(() => effect(() => changed(framesOf(source))), [source, now.length, ...now.slice(0, 8), ...also]);
}

/** The frames as state: the component is rendered anew with each that comes.
 * @param {FrameSource | undefined} source @returns {Frames} */
export function useNewest(source) {
  const [frames, setFrames] = useState(() => framesOf(source));
  useFrames(source, setFrames);
  return frames;
}
