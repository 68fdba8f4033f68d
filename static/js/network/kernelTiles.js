/** Small pictures of numbers in a grid: the weights of a kernel, a patch of a map. */

import { h } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { onTheme } from "../canvas/colour.js";
import { largest, paintSigned } from "../canvas/heatmap.js";

/** @typedef {import("./maps.js").Kernel} Kernel */

/** The weights with which a filter looks at the channel in place `at`, painted by their sign.
 * @param {{kernel: Kernel, at: number, side: number}} props side in pixels at the usual size of text */
export function KernelTile({ kernel, at, side }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const paint = () => {
    if (!canvas.current) return;
    const cells = kernel.height * kernel.width;
    const own = kernel.data.subarray(kernel.start + at * cells, kernel.start + (at + 1) * cells);
    const count = kernel.channels.length * cells;
    const limit = largest(kernel.data.subarray(kernel.start, kernel.start + count)); // one scale for the whole filter
    paintSigned(canvas.current, own, [kernel.height, kernel.width], limit);
  };
  useLayoutEffect(() => void paint(), [kernel.data, kernel.start, at]);
  useLayoutEffect(() => onTheme(paint), [kernel.data, kernel.start, at]);
  const style = { width: `${side / 16}rem`, height: `${(kernel.height === 1 ? side / 2 : side) / 16}rem` };
  return h("canvas", { ref: canvas, class: "kernel-tile", style, "aria-hidden": "true" });
}
