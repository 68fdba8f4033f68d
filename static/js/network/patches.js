/** Where the chosen pixel of an open plane card looks: its window on the planes that arrive, and the pixel itself. */

import { h } from "preact";
import { sidesOf } from "../api/shapes.js";
import { framesOf } from "../views/newestFrames.js";
import { tileAt } from "./layout.js";
import { sampleOf } from "./maps.js";
import { pixelSum } from "./pixelSum.js";
import { spotOf } from "./windowCells.js";

/** @param {{layout: import("./layout.js").Layout, place: import("./wires.js").Neuron,
 *   frames: import("../views/newestFrames.js").FrameSource, sample: number,
 *   pixel: import("./planeCard.js").PixelSignal}} props */
export function Patches({ layout, place, frames, sample, pixel }) {
  const here = pixel.value;
  const frame = framesOf(frames).maps;
  const sum = here && pixelSum(frame, layout, place, sampleOf(frame, sample), here);
  const own = layout.columns[place.column];
  const row = own.shown.indexOf(place.unit);
  const shape = own.car.shape;
  if (!sum || !shape || row < 0 || sum.kind === "reduced") return null;
  const [height, width] = sidesOf(shape);
  const windows = sum.parts.flatMap(({ column, unit, cells, map }) => {
    const box = boxOf(layout.columns[column], unit);
    return box ? [h(Spot, { key: `${column} ${unit}`, box, spot: spotOf(cells, map.height, map.width) })] : [];
  });
  return [
    windows.length > 0 && layout.columns[sum.parts[0].column].style === "picture" ? windows[0] : windows,
    h(Spot, { key: "pixel", box: tileAt(own, row), spot: spotOf([here], height, width) }),
  ];
}

/** @param {import("./layout.js").Column} column @param {number} unit */
function boxOf(column, unit) {
  if (column.style === "picture") {
    return { left: column.x - column.width / 2, top: column.top, width: column.width, height: column.height };
  }
  const row = column.shown.indexOf(unit);
  return row < 0 || column.style !== "planes" ? null : tileAt(column, row);
}

/** @param {{box: {left: number, top: number, width: number, height: number}, spot: Record<string, string>}} props */
function Spot({ box, spot }) {
  const style = { left: `${box.left}px`, top: `${box.top}px`, width: `${box.width}px`, height: `${box.height}px` };
  return h("div", { class: "patch", style, "aria-hidden": "true" }, h("i", { class: "map-spot", style: spot }));
}
