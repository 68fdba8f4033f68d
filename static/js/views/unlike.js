/** One sentence on how unlike drawn points and real ones are, measured against what chance alone makes of real ones. */

import { h } from "preact";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { judgedOn } from "../live/metricNames.js";

/** @param {{evaluation?: {metrics: import("./metrics.js").MetricNumbers} | null}} props of the moment that is shown */
export function Unlike({ evaluation }) {
  const split = judgedOn(evaluation?.metrics);
  const [apart, chance] = ["mmd", "mmd_of_halves"].map((name) => Number(evaluation?.metrics[`${split}_${name}`]));
  if (!Number.isFinite(apart) || !Number.isFinite(chance)) return null;
  const values = { mmd: formatNumber(apart, 2), chance: formatNumber(chance, 2) };
  const sentence =
    apart <= chance
      ? t(
          "views",
          "By the MMD, drawn points cannot be told from real ones: {mmd}, and halves of the real ones stay below {chance}.",
          values,
        )
      : t(
          "views",
          "By the MMD, drawn points can be told from real ones: {mmd}, where halves of the real ones stay below {chance}.",
          values,
        );
  return h(
    "p",
    { class: "quiet unlike", title: sentence },
    h("span", { class: "unlike-whole" }, sentence),
    h("span", { class: "unlike-short", "aria-hidden": "true" }, t("views", "MMD {mmd}; by chance {chance}", values)),
  );
}
