/** Keeps the painted part of the diagram at what is to be seen, without rendering anything anew for a frame. */

import { useLayoutEffect } from "preact/hooks";
import { useFrames } from "../views/newestFrames.js";
import { framesFor } from "./sameNetwork.js";
import { sampleOf } from "./maps.js";
import { mountPicture } from "./picture.js";

/**
 * @param {{current: ReturnType<typeof mountPicture> | null}} picture is filled here
 * @param {{canvas: {current: HTMLCanvasElement | null}, track: {current: HTMLElement | null},
 *   frames: import("../views/newestFrames.js").FrameSource, train: import("./cars.js").Train}} source
 * @param {Omit<import("./picture.js").Scene, "frames">} scene
 */
export function usePicture(picture, { canvas, track, frames, train }, scene) {
  const { layout, lit, about, sample } = scene;
  useLayoutEffect(() => {
    if (!canvas.current || !track.current) return undefined;
    picture.current = mountPicture(canvas.current, track.current);
    return () => picture.current?.end();
  }, []);
  const show = (/** @type {import("../views/newestFrames.js").Frames} */ now) => {
    const kept = framesFor(now, train);
    picture.current?.show({ ...scene, frames: kept, sample: sampleOf(kept.maps, sample) });
  };
  useFrames(frames, show, [train, layout, lit?.column, lit?.unit, lit?.source, about, sample]);
}
