/** One place of an atlas: its settings, how its network ended, and its answer; and the best and worst of them. */

import { h } from "preact";
import { useEffect, useMemo, useRef, useState } from "preact/hooks";
import { post, postForBytes } from "../api/client.js";
import { newestWins } from "../api/newestWins.js";
import { networkTitle, titleOfSetting } from "../api/parts.js";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { readAnswer } from "../live/atOnce.js";
import { formatMetric, metricOf, kindOf, metricTitle } from "../live/metricNames.js";
import { Button } from "../ui/controls.js";
import { note } from "../ui/live.js";
import { countOpening } from "../views/sealed.js";
import { paintSurface } from "../views/surface.js";
import { experiment } from "./document.js";
import { patched } from "./patch.js";
import { networkOf } from "../views/paths.js";
import { PLANE } from "../views/index.js";

/** @typedef {import("../live/many.js").Found} Found */

/** One place: its settings, how its network ended where that is known, and its answer.
 * @param {{values: Record<string, number>, found: Found | undefined, name: string, epochs: number, onOpen: () => void}} props */
export function Place({ values, found, name, epochs, onOpen }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const answers = useMemo(() => newestAnswer(canvas), []);
  const key = JSON.stringify(values);
  useEffect(() => {
    answers.ask(key, { experiment: withValues(values), epochs, probes: [PLANE.probe] });
  }, [key]);
  useEffect(() => answers.stop, []);
  return h(
    "div",
    { class: "atlas-place", role: "status" },
    h("p", null, settingWords(values)),
    h("p", null, found ? outcome(found, name) : "…"),
    h("canvas", { ref: canvas, role: "img", "aria-label": t("page", "What it answers") }),
    h(Button, { look: "quiet", onClick: onOpen }, t("page", "Open it")),
  );
}

/** The experiment on the page with these values, by JSON Pointer. @param {Record<string, number>} values */
function withValues(values) {
  const edits = Object.entries(values).map(([path, value]) => ({ op: /** @type {const} */ ("replace"), path, value }));
  return patched(experiment.peek(), edits);
}

/** Draws what is answered at the newest place: one question is under way at a time, so that the picture follows a drag.
 * @param {{current: HTMLCanvasElement | null}} canvas */
function newestAnswer(canvas) {
  const ends = new AbortController();
  let wanted = { key: "", asked: /** @type {any} */ (null) };
  const asking = newestWins(async () => {
    if (ends.signal.aborted) return;
    const { key, asked } = wanted;
    const options = { signal: ends.signal, apart: "atlas" };
    const answer = await postForBytes("/api/instant/frames", asked, options).catch(() => null);
    const frame = answer && readAnswer(answer, 0).frames[PLANE.probe];
    if (frame && frame.about.domain === "plane" && canvas.current) {
      paintSurface(canvas.current, frame);
      canvas.current.dataset.drawn = key; // for tests
    }
  });
  return {
    stop: () => ends.abort(),
    /** @param {string} key of the place @param {any} asked */
    ask(key, asked) {
      wanted = { key, asked };
      void asking.ask();
    },
  };
}

/** @param {Found} found @param {string} name */
function outcome(found, name) {
  if (found.reason === "diverged") return t("page", "Diverged.");
  if (name === "gap") return `${t("page", "Gap")} ${formatNumber(numberOf(found, name), 3)}`;
  if (name === "epochs") {
    const epochs = found.epochs_to_target;
    return epochs ? t("page", "Target reached in epoch {epochs}.", { epochs }) : t("page", "Target not reached.");
  }
  return `${metricTitle(name)} ${formatMetric(name, found.metrics[name])}`;
}

/** What did best and worst, and what the best does on the test samples.
 * @param {{results: Found[], name: string, epochs: number, onOpen: (at: [number, number]) => void}} props */
export function Ends({ results, name, epochs, onOpen }) {
  const finite = results.filter((found) => Number.isFinite(numberOf(found, name)));
  if (finite.length < 2) return null;
  finite.sort((a, b) => (numberOf(a, name) - numberOf(b, name)) * (lowerIsBetter(name) ? 1 : -1));
  const row = (/** @type {string} */ title, /** @type {Found} */ { at, values }) =>
    h(Button, { key: title, look: "quiet", onClick: () => onOpen(at) }, `${title}: ${settingWords(values)}`);
  return h(
    "div",
    { class: "many-ends" },
    row(t("page", "Best"), finite[0]),
    row(t("page", "Worst"), finite[finite.length - 1]),
    h("p", { class: "quiet" }, t("page", "The best of {count} is flattered: on new samples it will most likely do worse.", { count: results.length })), // prettier-ignore
    h(Tested, { key: JSON.stringify(finite[0].values), best: finite[0], name: metricOf(name) ? name : lossOf(finite[0]), epochs }), // prettier-ignore
  );
}

/** The sealed test value of the best place beside the one it was chosen by: trained once more and measured on click.
 * @param {{best: Found, name: string, epochs: number}} props */
function Tested({ best, name, epochs }) {
  const [metrics, setMetrics] = useState(/** @type {Record<string, number> | null} */ (null));
  const tested = `test_${kindOf(name)}`;
  const open = async () => {
    const document = withValues(best.values);
    try {
      const told = await post("/api/instant", { experiment: document, epochs, test: "open" });
      if (tested in told.metrics) countOpening(document.dataset);
      setMetrics(told.metrics);
    } catch (problem) {
      note(/** @type {Error} */ (problem).message);
    }
  };
  if (!metrics) return h(Button, { look: "quiet", onClick: () => void open() }, t("page", "Open the best one's test value")); // prettier-ignore
  if (!(tested in metrics))
    return h("p", { role: "status" }, t("page", "This experiment keeps no samples for a test."));
  const words = (/** @type {string} */ metric) => `${metricTitle(metric)} ${formatMetric(metric, metrics[metric])}`;
  return h("p", { class: "atlas-tested", role: "status" }, `${words(name)} · `, h("b", null, words(tested)));
}

/** @param {Found} found */
const lossOf = ({ metrics }) => ("validation_loss" in metrics ? "validation_loss" : "train_loss");

/** @param {string} name of a metric, gap or epochs */
export function lowerIsBetter(name) {
  return name === "gap" || name === "epochs" || metricOf(name)?.better !== "higher";
}

/** @param {Found} found @param {string} name */
export function numberOf({ metrics, epochs_to_target: epochs }, name) {
  if (name === "epochs") return epochs ?? NaN;
  if (name === "gap") return Number(metrics.validation_loss) - Number(metrics.train_loss);
  return Number(metrics[name]);
}

/** @param {Record<string, number>} values */
export function settingWords(values) {
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
