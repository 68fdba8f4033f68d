/** What stands for a class beside its colour: its name, and a shape as a path on a canvas and as a sign in text. */

import { dataName } from "../i18n/dataNames.js";

/** Signs of the ten classes, in order. */
export const SIGNS = ["●", "■", "▲", "◆", "▼", "✚", "★", "⬢", "⬟", "✖"];

/** What class `number` is called; "" where there is none. @param {string[]} classes @param {number} number */
export const className = (classes, number) => (classes[number] === undefined ? "" : dataName(classes[number]));

/** Adds the shape of class `number` to the path.
 * @param {CanvasRenderingContext2D | Path2D} path @param {number} number @param {number} x @param {number} y
 * @param {number} radius pixels */
export function addMark(path, number, x, y, radius) {
  const kind = number % SIGNS.length;
  if (kind === 0) {
    path.moveTo(x + radius, y);
    path.arc(x, y, radius, 0, 2 * Math.PI);
  } else if (kind === 1) path.rect(x - radius * 0.88, y - radius * 0.88, radius * 1.76, radius * 1.76);
  else if (kind === 2) polygon(path, x, y + radius * 0.15, radius * 1.25, 3, -0.25);
  else if (kind === 3) polygon(path, x, y, radius * 1.25, 4, -0.25);
  else if (kind === 4) polygon(path, x, y - radius * 0.15, radius * 1.25, 3, 0.25);
  else if (kind === 5) cross(path, x, y, radius * 1.1, 0);
  else if (kind === 6) star(path, x, y, radius * 1.35);
  else if (kind === 7) polygon(path, x, y, radius * 1.1, 6, 0);
  else if (kind === 8) polygon(path, x, y, radius * 1.15, 5, -0.25);
  else cross(path, x, y, radius * 1.1, Math.PI / 4);
}

/** @param {CanvasRenderingContext2D | Path2D} path @param {number} x @param {number} y @param {number} radius
 * @param {number} corners @param {number} turn whole turns by which the first corner is off the right */
function polygon(path, x, y, radius, corners, turn) {
  for (let corner = 0; corner < corners; corner++) {
    const angle = 2 * Math.PI * (corner / corners + turn);
    const [left, top] = [x + radius * Math.cos(angle), y + radius * Math.sin(angle)];
    if (corner === 0) path.moveTo(left, top);
    else path.lineTo(left, top);
  }
  path.closePath();
}

/** @param {CanvasRenderingContext2D | Path2D} path @param {number} x @param {number} y @param {number} radius */
function star(path, x, y, radius) {
  for (let corner = 0; corner < 10; corner++) {
    const angle = 2 * Math.PI * (corner / 10 - 0.25);
    const reach = corner % 2 ? radius * 0.45 : radius;
    const [left, top] = [x + reach * Math.cos(angle), y + reach * Math.sin(angle)];
    if (corner === 0) path.moveTo(left, top);
    else path.lineTo(left, top);
  }
  path.closePath();
}

/** @param {CanvasRenderingContext2D | Path2D} path @param {number} x @param {number} y @param {number} radius
 * @param {number} angle */
function cross(path, x, y, radius, angle) {
  const thin = radius * 0.38;
  const corners = [
    [thin, -radius],
    [thin, -thin],
    [radius, -thin],
    [radius, thin],
    [thin, thin],
    [thin, radius],
    [-thin, radius],
    [-thin, thin],
    [-radius, thin],
    [-radius, -thin],
    [-thin, -thin],
    [-thin, -radius],
  ];
  const [sine, cosine] = [Math.sin(angle), Math.cos(angle)];
  corners.forEach(([dx, dy], at) => {
    const [left, top] = [x + dx * cosine - dy * sine, y + dx * sine + dy * cosine];
    if (at === 0) path.moveTo(left, top);
    else path.lineTo(left, top);
  });
  path.closePath();
}
