/** What the diagram takes out of the checker's report and the preview of the data. */

import { t } from "../i18n/t.js";
import { placeOf } from "./cars.js";
import { shapeText } from "./names.js";

/** @typedef {import("./cars.js").Car} Car */

/** The shape of one sample, as far as it is known.
 * @param {string[]} names of the inputs @param {any} preview of the dataset @returns {import("./cars.js").Shape | null} */
export function inputShape(names, preview) {
  const sizes = preview?.shape?.length > 1 || names.length === 0 ? preview?.shape : [names.length];
  if (!sizes) return null;
  const kind = sizes.length === 3 ? "image" : sizes.length === 2 ? "series" : "features";
  const shape = { kind, sizes, text: "" };
  const text =
    kind === "image"
      ? t("network", "{width} × {height} pixels", { width: sizes[2], height: sizes[1] })
      : kind === "series"
        ? t("network", "{length} moments", { length: sizes[1] })
        : shapeText({ shape });
  return { ...shape, text };
}

/** The problems that belong to a car and to none inside it.
 * @param {any} report @param {Car} car */
export function problemsOf(report, car) {
  if (!car.list) return [];
  const places = car.layers.map((layer) => placeOf(layer.path));
  const inner = car.inner.map((one) => placeOf(one.path));
  const at = (/** @type {string} */ problem, /** @type {string} */ place) =>
    problem === place || problem.startsWith(`${place}/`);
  return (report?.problems ?? []).filter(
    (/** @type {any} */ { place }) => places.some((one) => at(place, one)) && !inner.some((one) => at(place, one)),
  );
}
