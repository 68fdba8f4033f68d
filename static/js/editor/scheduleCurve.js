/** The learning rate over the whole training, before it begins. */

import { h } from "preact";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";

const [WIDTH, HEIGHT] = [240, 44];

/** The path of a curve within a box, 0 at its bottom. Pure. @param {number[]} x @param {number[]} y @param {number} most of y */
function pathOf(x, y, most) {
  const last = x.at(-1) || 1;
  const point = (/** @type {number} */ value, /** @type {number} */ at) =>
    `${((x[at] / last) * WIDTH).toFixed(1)} ${(HEIGHT - 2 - (value / most) * (HEIGHT - 4)).toFixed(1)}`;
  return `M${y.map(point).join("L")}`;
}

/** @param {{schedule: {epoch: number[], factor: number[]}, rate: number}} props */
export function ScheduleCurve({ schedule, rate }) {
  const { epoch, factor } = schedule;
  const most = Math.max(...factor);
  if (!(most > 0) || factor.every((value) => value === factor[0])) return null;
  const said = t("editor", "Learning rate from {first} to {last}, at most {most}", {
    first: formatNumber(factor[0] * rate),
    last: formatNumber((factor.at(-1) ?? 0) * rate),
    most: formatNumber(most * rate),
  });
  return h(
    "figure",
    { class: "schedule-curve" },
    h(
      "svg",
      { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: "none", role: "img", "aria-label": said },
      h("path", { class: "area", d: `${pathOf(epoch, factor, most)}L${WIDTH} ${HEIGHT}L0 ${HEIGHT}Z` }),
      h("path", { class: "line", d: pathOf(epoch, factor, most) }),
    ),
    h("figcaption", { class: "fine numbers" }, said),
  );
}
