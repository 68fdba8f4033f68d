/** One place of an atlas: its settings, how its network ended, and its answer; and the best and worst of them. */

import { h } from "preact";
import { useEffect, useRef } from "preact/hooks";
import { postForBytes } from "../api/client.js";
import { networkTitle, titleOfSetting } from "../api/parts.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { readAnswer } from "../live/atOnce.js";
import { formatMetric, metricOf, kindOf, metricTitle } from "../live/metricNames.js";
import { Button } from "../ui/controls.js";
import { paintSurface } from "../views/surface.js";
import { experiment } from "./document.js";
import { patched } from "./patch.js";
import { networkOf } from "../views/paths.js";
import { planeView } from "../views/planeView.js";

/** @typedef {import("../live/many.js").Found} Found */

/** One place: its settings, how its network ended, and its answer. @param {{found: Found, name: string, epochs: number, onOpen: () => void}} props */
export function Place({ found, name, epochs, onOpen }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const key = JSON.stringify(found.values);
  useEffect(() => {
    const own = new AbortController();
    const edits = Object.entries(found.values).map(([path, value]) => ({ op: /** @type {const} */ ("replace"), path, value })); // prettier-ignore
    const asked = { experiment: patched(experiment.peek(), edits), epochs, probes: [planeView.probe] };
    postForBytes("/api/instant/frames", asked, { signal: own.signal }).then(
      (answer) => {
        const frame = readAnswer(answer, 0).frames[planeView.probe];
        if (frame && frame.about.domain === "plane" && canvas.current) {
          paintSurface(canvas.current, frame);
          canvas.current.dataset.drawn = key; // for tests
        }
      },
      () => null, // a newer place has been pointed at, or it cannot be drawn
    );
    return () => own.abort();
  }, [key]);
  return h(
    "div",
    { class: "atlas-place", role: "status" },
    h("p", null, settingWords(found.values)),
    h(
      "p",
      null,
      found.reason === "diverged"
        ? t("page", "Diverged.")
        : name === "gap"
          ? `${t("page", "Gap")} ${formatNumber(numberOf(found, name), 3)}`
          : `${metricTitle(name)} ${formatMetric(name, found.metrics[name])}`,
    ),
    h("canvas", { ref: canvas, role: "img", "aria-label": t("page", "What it answers") }),
    h(Button, { look: "quiet", onClick: onOpen }, t("page", "Open it")),
  );
}

/** What did best and worst. @param {{results: Found[], name: string, onOpen: (at: [number, number]) => void}} props */
export function Ends({ results, name, onOpen }) {
  const finite = results.filter((one) => Number.isFinite(numberOf(one, name)));
  if (finite.length < 2) return null;
  finite.sort((one, other) => (numberOf(one, name) - numberOf(other, name)) * (lowerIsBetter(name) ? 1 : -1));
  const row = (/** @type {string} */ title, /** @type {Found} */ one) =>
    h(Button, { key: title, look: "quiet", onClick: () => onOpen(one.at) }, `${title}: ${settingWords(one.values)}`);
  return h(
    "div",
    { class: "many-ends" },
    row(t("page", "Best"), finite[0]),
    row(t("page", "Worst"), finite[finite.length - 1]),
    h("p", { class: "quiet" }, t("page", "The best of {count} is flattered: on new samples it will do a little worse.", { count: results.length })), // prettier-ignore
  );
}

/** @param {string} name of a metric, or gap */
export function lowerIsBetter(name) {
  return name === "gap" || metricOf(kindOf(name))?.better !== "higher";
}

/** @param {Found} found @param {string} name */
export function numberOf({ metrics }, name) {
  if (name === "gap") return Number(metrics.validation_loss) - Number(metrics.train_loss);
  return Number(metrics[name]);
}

/** @param {Record<string, number>} values */
function settingWords(values) {
  return Object.entries(values)
    .map(([path, value]) => `${axisTitle(path)} ${formatNumber(value, 3)}`)
    .join(" · ");
}

/** What a setting is called; where there are several networks, with the one that it belongs to. @param {string} path */
export function axisTitle(path) {
  if (path === "/seed") return t("page", "Seed");
  if (!path.endsWith("/units")) return titleOfSetting(experiment.peek(), path);
  const several = Object.keys(experiment.peek().networks ?? {}).length > 1;
  const title = t("page", "Neurons of the first layer");
  return several ? `${networkTitle(networkOf(path))} · ${title}` : title;
}
