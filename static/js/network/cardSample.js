/** Which sample a neuron card speaks of, and the way to the next. */

import { h } from "preact";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Icon } from "../ui/icons.js";
import { className } from "../views/marks.js";

/** @param {{frames: import("../views/newestFrames.js").Frames, sample: number, names: string[], preview?: any,
 *   onSample: (sample: number) => void}} props */
export function Sample({ frames, sample, preview, onSample }) {
  const { answers, maps } = frames;
  const rows = /** @type {number[]} */ ((answers ?? maps)?.about.samples ?? []);
  const count = Math.min(rows.length, maps?.about.samples?.length ?? Infinity); // there may be maps of fewer samples
  const asked = (answers ?? maps)?.about.asked; // what a person asked about has a name, and no truth that is known
  if (asked) return h("p", { class: "card-sample" }, asked);
  if (count === 0) return null;
  const go = (/** @type {number} */ by) => onSample((sample + by + count) % count);
  return h(
    "div",
    { class: "card-sample" },
    h(Turn, { icon: "left", label: t("network", "Previous sample"), onClick: () => go(-1) }),
    h("span", null, wordsOf(frames, String(rows[sample]), sample, preview)),
    h(Turn, { icon: "right", label: t("network", "Next sample"), onClick: () => go(1) }),
  );
}

/** @param {import("../views/newestFrames.js").Frames} frames @param {string} number @param {number} sample @param {any} preview */
function wordsOf(frames, number, sample, preview) {
  const { raw, targets } = frames.answers?.arrays ?? {};
  if (!raw || !targets) return t("network", "Sample {number}", { number });
  const width = raw.shape[1];
  const classes = preview?.classes ?? frames.plane?.about.classes ?? [];
  const truth = className(classes, targets.data[sample]) || formatNumber(targets.data[sample]);
  if (width > 2) return t("network", "Sample {number}: {truth}", { number, truth });
  const numbers = Array.from({ length: width }, (_, at) => formatNumber(raw.data[sample * width + at], 2));
  const where = `(${numbers.join(t("network", ", "))})`;
  return t("network", "Sample {number} {where}: {truth}", { number, where, truth });
}

/** @param {{icon: string, label: string, onClick: () => void}} props */
export function Turn({ icon, label, onClick }) {
  return h(
    "button",
    { type: "button", class: "card-turn", title: label, "aria-label": label, onClick },
    h(Icon, { name: icon, size: 16 }),
  );
}
