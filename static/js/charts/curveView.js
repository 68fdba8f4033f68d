/** How the curves are looked at: along what, on which scales, how smooth. Kept from visit to visit. */

import { signal } from "@preact/signals";
import { h } from "preact";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Button, SegmentedControl, Slider, Toggle } from "../ui/controls.js";
import { Popover } from "../ui/popover.js";
import { axisTitle } from "./metricLines.js";

/** @typedef {import("./metricLines.js").Along} Along */
/** @typedef {{along: Along, logX: boolean, logY: boolean, smoothing: number}} View */

const KEPT = "charts-view";
/** @type {View} */
const USUAL = { along: "epoch", logX: false, logY: false, smoothing: 0 };
const MOST_SMOOTHING = 0.99;

export const view = signal(/** @type {View} */ ({ ...USUAL, ...kept() }));

/**
 * The axis that chart and scrubber share: which part of it is shown, and where on the page, in pixels of the chart.
 * @type {import("@preact/signals").Signal<{along: Along, log: boolean, from: number, to: number, left: number, width: number, zoomed: boolean} | null>}
 */
export const sharedAxis = signal(/** @type {any} */ (null));

/** @param {Partial<View>} change */
function look(change) {
  view.value = { ...view.peek(), ...change };
  try {
    localStorage.setItem(KEPT, JSON.stringify(view.peek()));
  } catch {
    // storage is full or forbidden: the choice holds for this visit
  }
}

/** Buttons for logarithmic axes, where they are wanted at every look. */
export function LogButtons() {
  const { logX, logY } = view.value;
  return h(
    "span",
    { class: "log-buttons" },
    h(
      Button,
      { title: t("charts", "Logarithmic x"), pressed: logX, onClick: () => look({ logX: !logX }) },
      t("charts", "log x"),
    ),
    h(
      Button,
      { title: t("charts", "Logarithmic y"), pressed: logY, onClick: () => look({ logY: !logY }) },
      t("charts", "log y"),
    ),
  );
}

/** A button that says how the curves are looked at, and opens the choices.
 * @param {{scales?: boolean}} props whether the scales of the axes are among them */
export function ViewMenu({ scales = true }) {
  const { along, logX, logY, smoothing } = view.value;
  const summary = [
    scales && logY && t("charts", "log y"),
    scales && logX && t("charts", "log x"),
    smoothing > 0 && t("charts", "smoothing {number}", { number: formatNumber(smoothing, 2) }),
    t("charts", "by {axis}", { axis: axisTitle(along).toLowerCase() }),
  ];
  return h(Popover, {
    label: t("charts", "How to look at the curves"),
    class: "view-menu",
    trigger: (attributes) => h(Button, { look: "quiet", attributes }, summary.filter(Boolean).join(" · "), " ▾"),
    children: () => [
      h(SegmentedControl, {
        label: t("charts", "Along"),
        value: along,
        options: /** @type {Along[]} */ (["step", "epoch", "seconds"]).map((value) => ({
          value,
          title: t("charts", { step: "steps", epoch: "epochs", seconds: "seconds" }[value]),
        })),
        onInput: (value) => look({ along: /** @type {Along} */ (value) }),
      }),
      scales &&
        h(Toggle, {
          label: t("charts", "Logarithmic y"),
          help: t("charts", "Each grid line is ten times the one below, so small values stay visible."),
          value: logY,
          onInput: (value) => look({ logY: value }),
        }),
      scales &&
        h(Toggle, { label: t("charts", "Logarithmic x"), value: logX, onInput: (value) => look({ logX: value }) }),
      h(Slider, {
        label: t("charts", "Smoothing"),
        help: t("charts", "Each point becomes a mean of the points before it; the raw line stays behind it, faint."),
        value: smoothing,
        min: 0,
        max: MOST_SMOOTHING,
        step: 0.01,
        onInput: (value) => look({ smoothing: Math.min(MOST_SMOOTHING, Math.max(0, value)) }),
      }),
    ],
  });
}

/** @returns {Partial<View>} */
function kept() {
  try {
    return JSON.parse(globalThis.localStorage?.getItem(KEPT) ?? "{}");
  } catch {
    return {}; // somebody else's words under our name
  }
}
