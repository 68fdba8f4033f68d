/** Which sample a neuron card speaks of, and the way to the next. */

import { h } from "preact";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Icon } from "../ui/icons.js";
import { className } from "../views/marks.js";

/** @param {{frames: import("../views/frames.js").Frames, sample: number, names: string[], preview?: any,
 *   onSample: (sample: number) => void}} props */
export function Sample({ frames, sample, preview, onSample }) {
  const activations = frames.activations;
  const maps = frames.feature_maps?.about.samples?.length ?? Infinity; // there may be maps of fewer samples
  const count = Math.min(activations?.about.samples?.length ?? 0, maps);
  if (!activations || count === 0) return null;
  const { asked } = activations.about; // what a person asked about has a name, and no truth that is known
  if (asked) return h("p", { class: "card-sample" }, asked);
  const raw = activations.arrays.raw;
  const width = raw.shape[1];
  const numbers = Array.from({ length: Math.min(2, width) }, (_, at) => formatNumber(raw.data[sample * width + at], 2));
  const target = activations.arrays.targets.data[sample];
  const classes = preview?.classes ?? frames.surface?.about.classes ?? [];
  const truth = className(classes, target) || formatNumber(target);
  const number = String(activations.about.samples[sample]);
  const where = `(${numbers.join(t("network", ", "))})`;
  const go = (/** @type {number} */ by) => onSample((sample + by + count) % count);
  return h(
    "div",
    { class: "card-sample" },
    h(Turn, { icon: "left", label: t("network", "Previous sample"), onClick: () => go(-1) }),
    h(
      "span",
      null,
      width <= 2
        ? t("network", "Sample {number} {where}: {truth}", { number, where, truth })
        : t("network", "Sample {number}: {truth}", { number, truth }),
    ),
    h(Turn, { icon: "right", label: t("network", "Next sample"), onClick: () => go(1) }),
  );
}

/** @param {{icon: string, label: string, onClick: () => void}} props */
export function Turn({ icon, label, onClick }) {
  return h(
    "button",
    { type: "button", class: "card-turn", title: label, "aria-label": label, onClick },
    h(Icon, { name: icon, size: 16 }),
  );
}
