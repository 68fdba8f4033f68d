/** What the diagram takes out of the checker's report and the preview of the data. */

import { isImage, isRow, sizeOf, written } from "../api/shapes.js";
import { t } from "../i18n/t.js";
import { shapeText } from "./names.js";

/** @typedef {import("./cars.js").Car} Car */

const OUTER = 5; // parts of an address such as `/networks/main/layers/0`

/** The shape of one sample, in the words of the diagram.
 * @param {import("./cars.js").Shape | null} shape @returns {import("./cars.js").Shape | null} */
export function inputShape(shape) {
  if (!shape) return null;
  const [width, height] = [sizeOf(shape, "width"), sizeOf(shape, "height")];
  if (isImage(shape)) return { ...shape, text: t("network", "{width} × {height} pixels", { width, height }) };
  if (isRow(shape)) return { ...shape, text: t("network", "{length} time steps", { length: sizeOf(shape, "length") }) };
  return { ...shape, text: shapeText({ shape }) };
}

/** What arrives at a network: the data, or what its first layer says where that is something else.
 * @param {import("./cars.js").Entry[]} entries @param {import("./cars.js").Shape | null} data */
export function arrivingOf(entries, data) {
  const takes = entries[0]?.takes;
  return takes && written(takes) !== written(data) ? takes : data;
}

/** What a network costs: its own layers and its head, each with what it holds.
 * @param {import("./cars.js").Entry[]} entries of one network, inner ones too */
export function totalsOf(entries) {
  const outer = entries.filter(({ place }) => place.split("/").length === OUTER);
  const sum = (/** @type {"parameters" | "multiply_adds"} */ field) =>
    outer.reduce((total, entry) => total + entry[field], 0);
  return { parameters: sum("parameters"), multiplyAdds: sum("multiply_adds") };
}

/** The problems that belong to a car and to none inside it.
 * @param {any} report @param {Car} car */
export function problemsOf(report, car) {
  if (!car.list) return [];
  const places = car.layers.map((layer) => layer.path);
  const inner = car.inner.map((nested) => nested.path);
  const at = (/** @type {string} */ problem, /** @type {string} */ place) =>
    problem === place || problem.startsWith(`${place}/`);
  return (report?.problems ?? []).filter(
    (/** @type {any} */ { place }) => places.some((path) => at(place, path)) && !inner.some((path) => at(place, path)),
  );
}

/** Whether nothing of a network learns: each of its layers with weights is frozen, by itself or with what holds it.
 * @param {import("./cars.js").Entry[] | undefined} entries of the report @param {any} experiment */
export function isFrozen(entries = [], experiment) {
  const learned = entries.filter(({ parameters }) => parameters > 0);
  return learned.length > 0 && learned.every(({ place }) => resting(place.split("/").slice(1), experiment));
}

/** @param {string[]} names the way to a layer @param {any} from @returns {boolean} */
function resting([name, ...rest], from) {
  const layer = from?.[name];
  if (layer?.frozen) return true;
  return rest.length > 0 ? resting(rest, layer) : Boolean(layer?.layers || layer?.branches); // those inside decide
}
