/** Simpler methods beside the network: asked of the server, drawn as level lines, told in a table, with a rule by hand. */

import { signal } from "@preact/signals-core";
import { h } from "preact";
import { useEffect } from "preact/hooks";
import { ApiProblem, post } from "../api/client.js";
import { partOf } from "../api/parts.js";
import { language, t } from "../i18n/t.js";
import { formatMetric, metricOf } from "../live/metricNames.js";
import { TextField } from "../ui/controls.js";
import { TableHead } from "../ui/tableHead.js";

/** @typedef {import("./levels.js").Baseline} Baseline */
/** @typedef {{detail: string, place: string, fixes: any[]}} Told a problem in words */
/**
 * What the server answers. `features` says in words what the hand-made features are; `names` are those that a rule may
 * speak of, none where there can be no rule; some methods had no turn where it is not `complete`.
 * @typedef {{baselines: Baseline[], rule: {text: string, metrics: Record<string, number>} | null, complete: boolean,
 *   features: string | null, names: {name: string, title: string}[]}} Answer
 */

/** Whether they are looked at. */
export const comparing = signal(false);
/** What they reached on the data they were asked about. */
const compared = signal(/** @type {{key: string, answer: Answer} | null} */ (null));
const busy = signal(false);
const rule = signal("");
const trouble = signal(/** @type {Told[]} */ ([]));
let asked = "";

const MOST_NAMES = 12; // that are told of what a rule may speak of

/** Everything they were measured on with this experiment's data; empty while nobody looks, or after another edit.
 * @param {any} experiment @returns {Baseline[]} */
export function baselinesOf(experiment) {
  const answer = comparing.value ? answerFor(experiment) : null;
  if (!answer) return [];
  const { rule: followed, baselines } = answer;
  if (!followed) return baselines;
  return [{ kind: "rule", title: followed.text, inputs: "raw", metrics: followed.metrics }, ...baselines];
}

/** @param {any} experiment @returns {Answer | null} */
function answerFor(experiment) {
  const now = compared.value;
  return now?.key === keyOf(experiment) ? now.answer : null;
}

/** The same data and the same question have the same answers. @param {any} experiment */
const keyOf = (experiment) => JSON.stringify([experiment?.dataset, experiment?.task, language.value]);

/** @param {any} experiment @param {boolean} opened whether the test samples are told too */
async function ask(experiment, opened) {
  const question = JSON.stringify([keyOf(experiment), rule.peek(), opened]);
  if (asked === question) return;
  asked = question;
  busy.value = true;
  try {
    const wish = rule.peek().trim() ? { experiment, rule: rule.peek().trim() } : { experiment };
    const answer = await post(`/api/experiments/baselines${opened ? "?test=open" : ""}`, wish);
    if (asked !== question) return; // something newer was asked meanwhile
    busy.value = false;
    compared.value = { key: keyOf(experiment), answer };
    trouble.value = [];
  } catch (problem) {
    if (asked !== question) return;
    asked = "";
    busy.value = false;
    const { problems = [], message } = problem instanceof ApiProblem ? problem : { message: String(problem) };
    trouble.value = problems.length > 0 ? problems : [{ detail: message, place: "", fixes: [] }];
  }
}

/**
 * @param {object} props
 * @param {any} props.experiment the document
 * @param {Record<string, number> | null} props.network metrics of the run, by name
 * @param {boolean} props.testOpened whether the sealed test result was opened
 */
export function Baselines({ experiment, network, testOpened }) {
  const key = keyOf(experiment);
  useEffect(() => void ask(experiment, testOpened), [key, testOpened]);
  const rows = baselinesOf(experiment);
  const answer = answerFor(experiment);
  const task = partOf("tasks", experiment?.task?.kind);
  const metric = measuredBy(rows, [task?.score ?? "loss", ...(task?.shown ?? [])]);
  const ofRule = trouble.value.filter(({ place }) => place.startsWith("/rule"));
  const others = trouble.value.filter((problem) => !ofRule.includes(problem));
  return h(
    "aside",
    { class: "baselines", "aria-label": t("charts", "Simpler methods"), "aria-busy": busy.value },
    rows.length > 0 && h(Table, { rows, metric, network, testOpened }),
    busy.value && h("p", { role: "status" }, t("charts", "The simpler methods are being trained.")),
    others.map(({ detail }) => h("p", { key: detail, class: "trouble", role: "alert" }, detail)),
    answer &&
      answer.names.length > 0 &&
      h(RuleField, { experiment, testOpened, names: answer.names, problems: ofRule }),
    answer?.features && h("p", { class: "quiet" }, t("charts", "Features made by hand: {features}", { features: answer.features })), // prettier-ignore
    answer && !answer.complete && h("p", { class: "quiet" }, t("charts", "The data are large: not every method had its turn.")), // prettier-ignore
    h("p", { class: "quiet" }, t("charts", "A rule is written by a person: that is AI already. A line is learned from the data: machine learning. A deep network also learns what to look at: deep learning.")), // prettier-ignore
  );
}

/** The first of these metrics that the rows were measured by. @param {Baseline[]} rows @param {string[]} metrics */
const measuredBy = (rows, metrics) =>
  metrics.find((metric) =>
    rows.some((baseline) => `validation_${metric}` in baseline.metrics || `train_${metric}` in baseline.metrics),
  ) ?? metrics[0];

/** @param {{experiment: any, testOpened: boolean, names: {name: string, title: string}[], problems: Told[]}} props */
function RuleField({ experiment, testOpened, names, problems }) {
  const [first, second = first] = names.map(({ name }) => name);
  const plane = first === "x1" && second === "x2";
  const words = names.slice(0, MOST_NAMES).map(({ name, title }) => (title === name || plane ? name : `${name} (${title})`)); // prettier-ignore
  const values = { names: words.join(t("charts", ", ")) + (names.length > MOST_NAMES ? " …" : "") };
  return h(TextField, {
    label: t("charts", "A rule by hand"),
    help: t("charts", "Where it holds, the answer is the second class, else the first. It compares what is known of a sample: {names}. Write ^ for powers, and join comparisons with “and”, “or”, “not”.", values), // prettier-ignore
    value: rule.value,
    placeholder: plane ? "x1^2 + x2^2 < 4" : `${first} > ${second === first ? 0 : second}`,
    late: true,
    problems: /** @type {any} */ (problems),
    onInput: (text) => {
      rule.value = text;
      void ask(experiment, testOpened);
    },
  });
}

/** @param {{rows: Baseline[], metric: string, network: Record<string, number> | null, testOpened: boolean}} props */
function Table({ rows, metric, network, testOpened }) {
  const cell = (/** @type {Record<string, number> | null} */ metrics, /** @type {string} */ split) => {
    const value = metrics?.[`${split}_${metric}`];
    if (split === "test" && !testOpened) return h("td", { class: "quiet" }, t("charts", "sealed"));
    return h("td", null, formatMetric(metric, value));
  };
  const inputs = { raw: t("charts", "raw"), features: t("charts", "features") };
  return h(
    "table",
    null,
    h("caption", null, h("b", null, metricOf(metric)?.title), " ", metricOf(metric)?.help),
    h(TableHead, {
      titles: [t("charts", "Method"), t("charts", "Inputs"), t("charts", "Validation"), t("charts", "Test")],
    }),
    h(
      "tbody",
      null,
      h(
        "tr",
        { class: "own" },
        h("th", { scope: "row" }, t("charts", "this network")),
        h("td", null, ""),
        cell(network, "validation"),
        cell(network, "test"),
      ),
      rows.map((baseline) =>
        h(
          "tr",
          { key: `${baseline.kind} ${baseline.inputs}` },
          h("th", { scope: "row", title: baseline.help }, baseline.title),
          h("td", null, inputs[baseline.inputs] ?? ""),
          cell(baseline.metrics, "validation"),
          cell(baseline.metrics, "test"),
        ),
      ),
    ),
  );
}
