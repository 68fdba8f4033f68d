/** What things in the diagram are called, and what is said of them. */

import { numbersOf, written } from "../api/shapes.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { weighs } from "./cars.js";
import { subscript } from "./rounding.js";

/** @typedef {import("./cars.js").Car} Car */
/** @typedef {import("./layout.js").Column} Column */

/** @param {Car} car @returns {string} */
export function titleOf(car) {
  if (car.role === "input") return car.from ? `↳ ${car.from}` : t("network", "Input");
  if (car.role === "output") return t("network", "Output");
  const first = car.layers[0];
  return weighs(car) && car.units !== null ? `${first.title} ${car.units}` : first.title;
}

/** A title that fits on a card: the sizes below it say how many dimensions a picture has.
 * @param {Car} car @returns {string} */
export function shortTitle(car) {
  return shortened(titleOf(car));
}

/** @param {string} title */
const shortened = (title) => title.replace(/ [123]-D$|^[一二三]维/, "");

/** What a folded block is called: `6 × Residual`, or how many cars it holds.
 * @param {Column} column */
export function blockTitle({ cars, times }) {
  if (times < 2) return t("network", "{count} cars", { count: cars.length });
  return `${times} × ${shortTitle(cars[0])}${cars.length > times ? " …" : ""}`;
}

/** The line below the title: activations and how much the car learns.
 * @param {Car} car @param {string[]} names of the inputs @returns {string} */
export function subtitleOf(car, names) {
  if (car.role === "input") return names.length > 0 ? listed(names) : shapeText(car);
  const activations = car.layers.slice(1).map((layer) => layer.title);
  const count = t("network", "{count} p", { count: formatNumber(car.parameters) });
  if (car.role === "output") {
    return car.path ? `${shortened(car.layers[0].title)} · ${count}` : t("network", "the last layer’s answer");
  }
  if (car.role === "container") return [joinText(car), ...activations].join(" · ");
  if (activations.length > 0) return car.parameters ? `${activations.join(" · ")} · ${count}` : activations.join(" · ");
  if (weighs(car)) return `${t("network", "no activation")} · ${count}`;
  return car.parameters ? count : t("network", "learns nothing");
}

/** What is told of a car in full, for hovering and for being read aloud.
 * @param {Car} car @param {string[]} names @returns {string} */
export function describedCar(car, names) {
  const parts = [`${titleOf(car)}: ${subtitleOf(car, names)}.`];
  if (car.document?.frozen) parts.push(t("network", "Frozen: its weights stay as they are."));
  if (car.shape) parts.push(t("network", "Gives {shape}.", { shape: shapeText(car) }));
  if (car.role !== "input") {
    parts.push(
      t("network", "{parameters} parameters, {adds} multiply-adds for one sample.", {
        parameters: formatNumber(car.parameters),
        adds: formatNumber(car.multiplyAdds),
      }),
    );
  }
  return parts.join(" ");
}

/** How a car that holds others makes one of what they give.
 * @param {Car} car @returns {string} */
function joinText({ around, join, tracks }) {
  if (around) return join === "add" ? t("network", "adds its input") : t("network", "joins its input");
  return join === "add"
    ? t("network", "{count} added", { count: tracks.length })
    : t("network", "{count} joined", { count: tracks.length });
}

/** The sizes of a picture or a series, as short as it goes.
 * @param {{shape: Car["shape"]}} car @returns {string} */
export function sizesText({ shape }) {
  return written(shape);
}

/** @param {{shape: Car["shape"]}} car @returns {string} */
export function shapeText(car) {
  if (!car.shape) return "";
  if (numbersOf(car.shape) === 1) return t("network", "one number");
  return car.shape.text || t("network", "{count} numbers", { count: String(numbersOf(car.shape)) });
}

/** The name of one input of a column: `x₁`, or `Linear 8 · 3`.
 * @param {Column} column @param {number} unit @param {string[]} names @returns {string} */
export function neuronName(column, unit, names) {
  if (column.car.from) return `${column.car.from} · ${unit + 1}`;
  if (column.car.role === "input" && column.style === "tiles") return names[unit] ?? `x${subscript(unit + 1)}`;
  if (column.style === "strip" && column.feeds[0] === 0)
    return t("network", "pixel {number}", { number: String(unit + 1) });
  if (column.style === "planes" || column.style === "picture") {
    return t("network", "{car}, channel {number}", { car: titleOf(column.car), number: String(unit + 1) });
  }
  return `${titleOf(column.car)} · ${unit + 1}`;
}

/** @param {string[]} names @returns {string} */
function listed(names) {
  if (names.length <= 3) return names.join(t("network", ", "));
  return t("network", "{first} … {last}", { first: names[0], last: names[names.length - 1] });
}

/** What the units of the output are called: its classes; of two that one number tells apart, the second.
 * @param {Car} output @param {string[]} classes */
export function answersOf(output, classes) {
  if (output.units === classes.length) return classes;
  return output.units === 1 && classes.length === 2 ? classes.slice(1) : [];
}
