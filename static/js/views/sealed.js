/** The test result in a sealed envelope: opened by a click, and the openings are counted. */

import { signal } from "@preact/signals-core";
import { h } from "preact";
import { formatNumber, formatPercent } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Button } from "../ui/controls.js";
import { BEST, isShare, numberOf } from "./metrics.js";
import { learnedOf } from "./points.js";

/** For which experiment the test set lies open; "" for none. */
const openedFor = signal("");

/** Whether the test set of an experiment lies open, how often it was opened, and how to open or seal it.
 * @param {any} experiment */
export function sealOf(experiment) {
  const [key, dataKey] = [keyOf(experiment), keyOf(experiment?.dataset)];
  const open = openedFor.value === key;
  return {
    open,
    times: Math.max(read(key), open ? 1 : 0),
    /** Of these test data, also by experiments that were changed since then. */
    all: read(dataKey),
    breakSeal() {
      if (openedFor.peek() === key) return;
      add(key);
      add(dataKey);
      openedFor.value = key;
    },
    seal() {
      openedFor.value = "";
    },
  };
}

/** The envelope, where there are samples for the end.
 * @param {{preview: import("./points.js").Preview, evaluation: any, experiment: any}} props */
export function SealedTest({ preview, evaluation, experiment }) {
  if (!preview.split.includes(2)) return null;
  return h(Sealed, { metrics: evaluation?.metrics, experiment, learned: learnedOf(preview) });
}

/** @param {{metrics: import("./metrics.js").MetricNumbers | undefined, experiment: any,
 *   learned: import("./metrics.js").Learned}} props */
function Sealed({ metrics, experiment, learned }) {
  const { open: broken, times, all, breakSeal, seal } = sealOf(experiment);
  const there = metrics !== undefined && "test_loss" in metrics;
  const open = broken && there;
  const name = BEST[learned];
  const good = numberOf(metrics?.[`test_${name}`]);
  const words = { accuracy: t("views", "accuracy"), rmse: t("views", "RMSE"), mean_iou: t("views", "mean IoU") };
  return h(
    "section",
    { class: `sealed${open ? " open" : ""}`, "aria-label": t("views", "Test result") },
    h(Envelope, { open }),
    h(
      "div",
      { class: "sealed-words" },
      h("b", null, open ? t("views", "Test result") : t("views", "Test result, sealed")),
      open
        ? h(
            "span",
            { class: "sealed-result", role: "status" },
            h("strong", null, isShare(name) ? formatPercent(good) : formatNumber(good)),
            ` ${words[/** @type {keyof typeof words} */ (name)]} · ${t("views", "loss {loss}", { loss: formatNumber(numberOf(metrics?.test_loss)) })}`,
          )
        : h("span", null, t("views", "Open it once, when you have finished choosing.")),
      times > 0 &&
        h(
          "small",
          null,
          times === 1 ? t("views", "opened once") : t("views", "opened {count} times", { count: String(times) }),
        ),
      all > times && h("small", null, t("views", "these test data: {count} times in all", { count: String(all) })),
    ),
    open
      ? h(Button, { look: "quiet", onClick: seal }, t("views", "Seal"))
      : h(
          Button,
          {
            onClick: breakSeal,
            disabled: !there,
            title: there ? undefined : t("views", "There is no test result yet."),
          },
          t("views", "Open"),
        ),
  );
}

/** @param {{open: boolean}} props */
function Envelope({ open }) {
  return h(
    "svg",
    { class: "envelope", viewBox: "0 0 40 32", width: 40, height: 32, "aria-hidden": "true" },
    h("path", { class: "envelope-body", d: "M3 10h34v19H3z" }),
    h("path", { class: "envelope-flap", d: open ? "M3 10 20 1l17 9" : "M3 10l17 12 17-12" }),
    !open && h("circle", { class: "envelope-seal", cx: 20, cy: 20.5, r: 4 }),
  );
}

/** @param {unknown} document @returns {string} */
const keyOf = (document) => `trainyard.opened.${digest(JSON.stringify(document ?? null))}`;

/** Counts one more opening. @param {string} key @returns {number} */
function add(key) {
  const count = read(key) + 1;
  try {
    localStorage.setItem(key, String(count));
  } catch {
    // a browser that keeps nothing still opens the envelope
  }
  return count;
}

/** @param {string} key @returns {number} */
function read(key) {
  try {
    return Number(localStorage.getItem(key)) || 0;
  } catch {
    return 0;
  }
}

/** A short name for a text (FNV-1a, 32 bits).
 * @param {string} text @returns {string} */
export function digest(text) {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return (hash >>> 0).toString(36);
}
