/** The plane card: one channel of a picture or a series, its filter, and how each of its pixels comes about. */

import { h } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { useEscape } from "../ui/escape.js";
import { useNewest } from "../views/newestFrames.js";
import { BigMap } from "./bigMap.js";
import { Sample, Turn } from "./cardSample.js";
import { KernelTile } from "./kernelTiles.js";
import { mapOf, rangeOf, sampleOf, valueAt } from "./maps.js";
import { sizesText, titleOf } from "./names.js";
import { revealCard, settleCard } from "./neuronCard.js";
import { PixelFormula } from "./pixelFormula.js";
import { pixelSum } from "./pixelSum.js";
import { kernelFor } from "./ribbons.js";

/** @typedef {{row: number, column: number}} Pixel */
/** The chosen pixel, shared with what is lit in the diagram.
 * @typedef {import("@preact/signals").Signal<Pixel | null>} PixelSignal */

const MOST_KERNELS = 16;

/**
 * @param {object} props
 * @param {import("./layout.js").Layout} props.layout
 * @param {import("./wires.js").Neuron} props.place
 * @param {import("../views/newestFrames.js").FrameSource} props.frames
 * @param {string[]} props.names of the inputs
 * @param {number} props.sample
 * @param {any} [props.preview]
 * @param {PixelSignal} props.pixel
 * @param {(sample: number) => void} props.onSample
 * @param {() => void} props.onClose
 */
export function PlaneCard({ layout, place, frames, names, sample, preview, pixel, onSample, onClose }) {
  const root = useRef(/** @type {HTMLElement | null} */ (null));
  const now = useNewest(frames);
  const frame = now.maps;
  const chosen = sampleOf(frame, sample);
  const column = layout.columns[place.column];
  const map = mapOf(frame, column.car.path, place.unit, chosen);
  const here = map && (pixel.value ?? brightest(map));
  useEffect(() => {
    if (map && pixel.peek() === null) pixel.value = brightest(map); // and there it stays while it trains
  }, [map === null, column.car.path, place.unit]);
  useEffect(() => revealCard(root.current, column), [place.column]);
  useLayoutEffect(() => settleCard(root.current, layout));
  useEscape(root, onClose);
  const title = t("network", "Channel {number} of {car}", {
    number: String(place.unit + 1),
    car: titleOf(column.car),
  });
  const style = { left: `${column.x + column.width / 2 + 22}px`, maxHeight: `${layout.height - 6}px` };
  const kernel = kernelFor(layout, frame, place);
  const sum = here ? pixelSum(frame, layout, place, chosen, here) : null;
  return h(
    "section",
    { class: "neuron-card plane-card", ref: root, style, "aria-label": title },
    h("header", null, h("h3", null, title), h(Turn, { icon: "close", label: t("network", "Close"), onClick: onClose })),
    h(Sample, { frames: now, sample: chosen, names, preview, onSample }),
    !map && h("p", null, t("network", "It has not answered yet.")),
    map &&
      here &&
      h(
        "div",
        { class: "plane-top" },
        h(BigMap, {
          map,
          pixel: here,
          label: title,
          onPixel: (/** @type {Pixel} */ pointed) => (pixel.value = pointed),
        }),
        h("div", { class: "plane-facts" }, h(Facts, { map, column, pixel: here }), kernel && h(Kernels, { kernel })),
      ),
    sum && here && h(PixelFormula, { sum, layout, place, names, pixel: here }),
  );
}

/** @param {{map: import("./maps.js").FeatureMap, column: import("./layout.js").Column, pixel: Pixel}} props */
function Facts({ map, column, pixel }) {
  const [low, high] = rangeOf(map);
  const where =
    map.height === 1
      ? t("network", "time step {column}", { column: String(pixel.column + 1) })
      : t("network", "row {row}, column {column}", { row: String(pixel.row + 1), column: String(pixel.column + 1) });
  return h(
    "dl",
    { class: "facts" },
    h("dt", null, where),
    h("dd", { class: "chosen" }, formatNumber(valueAt(map, pixel.row, pixel.column))),
    h("dt", null, t("network", "numbers")),
    h("dd", null, t("network", "from {low} to {high}", { low, high })),
    h("dt", null, t("network", "gives")),
    h("dd", null, sizesText(column.car)),
  );
}

/** The weights of the filter, one tile for each channel it looks at.
 * @param {{kernel: import("./maps.js").Kernel}} props */
function Kernels({ kernel }) {
  const { channels, height, width } = kernel;
  const side = channels.length > 8 ? 22 : channels.length > 3 ? 28 : 40;
  const title = t("network", "Its filter: {width} × {height} weights for each of {count} channels", {
    width: String(width),
    height: String(height),
    count: String(channels.length),
  });
  return h(
    "div",
    { class: "kernel-tiles", role: "img", "aria-label": title, title },
    channels.slice(0, MOST_KERNELS).map((channel, at) => h(KernelTile, { key: channel, kernel, at, side })),
  );
}

/** Where a map answers most: the first pixel that is looked at.
 * @param {import("./maps.js").FeatureMap} map @returns {Pixel} */
function brightest(map) {
  let [found, most] = [0, -1];
  for (let at = 0; at < map.height * map.width; at++) {
    const size = Math.abs(map.low + (map.data[map.start + at] / 255) * (map.high - map.low));
    if (size > most) [found, most] = [at, size];
  }
  return { row: Math.floor(found / map.width), column: found % map.width };
}
