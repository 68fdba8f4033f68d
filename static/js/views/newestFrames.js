/** The newest frame of each probe, whether it comes as it is or as a signal. */

import { effect } from "@preact/signals";
import { useEffect, useState } from "preact/hooks";

/** @typedef {import("../live/frameFormat.js").Frame} Frame */
/** @typedef {{value: Frame | null | undefined, peek(): Frame | null | undefined}} FrameSignal */
/** @typedef {Frame | FrameSignal | null | undefined} OneSource the frame of one probe */
/** @typedef {Record<string, OneSource>} FrameSource */
/** @typedef {Record<string, Frame | undefined>} Frames */

/** @param {FrameSource | undefined} source @returns {Frames} */
export function framesOf(source) {
  /** @type {Frames} */
  const frames = {};
  for (const [probe, ofProbe] of Object.entries(source ?? {})) frames[probe] = frameOf(ofProbe);
  return frames;
}

/** The frame of one probe. @param {OneSource} source @returns {Frame | undefined} */
export function frameOf(source) {
  return (source && "peek" in source ? source.value : /** @type {Frame | null | undefined} */ (source)) ?? undefined;
}

/** Calls `changed` with the frames at once and whenever one of them is replaced; nothing is rendered anew.
 * @param {FrameSource | undefined} source @param {(frames: Frames) => void} changed @param {unknown[]} [also] */
export function useFrames(source, changed, also = []) {
  const now = Object.values(source ?? {});
  useEffect(() => effect(() => changed(framesOf(source))), [source, now.length, ...now.slice(0, 8), ...also]);
}

/** The same for the frames of one probe.
 * @param {OneSource} source @param {(frame: Frame | undefined) => void} changed @param {unknown[]} [also] */
export function useFrame(source, changed, also = []) {
  useEffect(() => effect(() => changed(frameOf(source))), [source, ...also]);
}

/** The newest frame of one probe as state: the component is rendered anew with each that comes.
 * @param {OneSource} source @returns {Frame | undefined} */
export function useNewestFrame(source) {
  const [frame, setFrame] = useState(() => frameOf(source));
  useFrame(source, setFrame);
  return frame;
}

/** The frames as state: the component is rendered anew with each that comes.
 * @param {FrameSource | undefined} source @returns {Frames} */
export function useNewest(source) {
  const [frames, setFrames] = useState(() => framesOf(source));
  useFrames(source, setFrames);
  return frames;
}
