/** How long a step takes by how long the sequences are, of the network that is asked and of those asked before in this tab:
 * measured time, multiply-adds and the longest chain, each on axes of powers. */

import { h } from "preact";
import { useEffect } from "preact/hooks";
import { partOf } from "../api/parts.js";
import { formatDuration, formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { TableHead } from "../ui/tableHead.js";
import { LogPlot } from "./logPlot.js";

/** @typedef {{length: number, parameters: number, multiply_adds: number, chain: number,
 *   threads: {count: number, seconds: number}[]}} Measured */
/** @typedef {{label: string, measured: Measured[]}} Network */

const MOST = 4; // networks
const PLACE = "step-times";

/** @param {{parts: ({layers: string[]} | Measured | {stopped: number})[]}} props */
export function StepTimes({ parts }) {
  const now = networkOf(parts);
  const networks = beside(JSON.parse(sessionStorage.getItem(PLACE) ?? "[]"), now);
  useEffect(() => sessionStorage.setItem(PLACE, JSON.stringify(networks)), [parts]);
  const shown = networks.filter(({ measured }) => measured.length > 0);
  const stopped = parts.flatMap((part) => ("stopped" in part ? [part.stopped] : []))[0];
  if (shown.length === 0) return h("p", { class: "quiet", role: "status" }, t("views", "It is being measured."));
  const ticks = [...new Set(shown.flatMap(({ measured }) => measured.map(({ length }) => length)))].sort(
    (a, b) => a - b,
  );
  const all = shown[0].measured[0].threads.at(-1)?.count ?? 1;
  return h(
    "figure",
    { class: "reply step-times" },
    h(
      "ul",
      { class: "step-keys" },
      shown.map(
        ({ label, measured }, at) =>
        h("li", { key: label }, h("i", { style: { background: colourOf(at) } }), label, h("small", null, t("views", "{count} parameters", { count: formatNumber(measured[0].parameters) }))), // prettier-ignore
      ),
      all > 1 && h("li", { key: "all", class: "quiet" }, t("views", "solid: one thread; dashed: {count} threads", { count: String(all) })), // prettier-ignore
    ),
    h(
      "div",
      { class: "log-plots" },
      h(LogPlot, {
        title: t("views", "Time of a step, by length"),
        ticks,
        format: formatTime,
        lines: shown.flatMap(({ label, measured }, at) =>
          measured[0].threads.map(({ count }, thread) => ({
            key: `${label} ${count}`,
            colour: colourOf(at),
            dashed: thread > 0,
            points: measured.map(({ length, threads }) => /** @type {[number, number]} */ ([length, threads[thread].seconds])), // prettier-ignore
          })),
        ),
      }),
      h(LogPlot, {
        title: t("views", "Multiply-adds of a sequence"),
        ticks,
        format: formatNumber,
        lines: linesOf(shown, ({ multiply_adds }) => multiply_adds),
      }),
      h(LogPlot, {
        title: t("views", "Longest chain of operations"),
        ticks,
        format: formatNumber,
        lines: linesOf(shown, ({ chain }) => chain),
      }),
    ),
    shown.map((network, at) => h(Figures, { key: network.label, network, colour: colourOf(at) })),
    h(
      "figcaption",
      { class: "quiet" },
      stopped !== undefined && h("p", null, t("views", "Longer sequences were left out: at {length} places a step takes too long.", { length: String(stopped) })), // prettier-ignore
      h("p", null, t("views", "Forward and back, the quickest of several steps, measured on this machine just now; what trains meanwhile makes it slower. With few threads it is the multiply-adds that take the time. On a graphics card, which does thousands at once, it is the chain: that is where attention is parallel and an LSTM is not.")), // prettier-ignore
    ),
  );
}

/** @param {{network: Network, colour: string}} props */
function Figures({ network: { label, measured }, colour }) {
  const [{ threads }] = measured;
  return h(
    "div",
    { class: "times-table", tabIndex: 0, role: "region", "aria-label": label },
    h(
      "table",
      null,
      h("caption", null, h("i", { style: { background: colour } }), label),
      h(TableHead, {
        titles: [
          t("views", "Length"),
          ...threads.map(({ count }) =>
            count === 1 ? t("views", "1 thread") : t("views", "{count} threads", { count: String(count) }),
          ),
          t("views", "Multiply-adds"),
          t("views", "Chain"),
        ],
      }),
      h(
        "tbody",
        null,
        measured.map(({ length, threads: times, multiply_adds, chain }) =>
          h(
            "tr",
            { key: length },
            h("th", { scope: "row" }, length),
            times.map(({ count, seconds }) => h("td", { key: count }, formatTime(seconds))),
            h("td", null, formatNumber(multiply_adds)),
            h("td", null, formatNumber(chain)),
          ),
        ),
      ),
    ),
  );
}

/** @param {Network[]} networks @param {(measurement: Measured) => number} value @returns {import("./logPlot.js").Line[]} */
const linesOf = (networks, value) =>
  networks.map(({ label, measured }, at) => ({
    key: label,
    colour: colourOf(at),
    points: measured.map((measurement) => [measurement.length, value(measurement)]),
  }));

/** @param {number} at */
const colourOf = (at) => `var(--run-${at})`;

/** Seconds; less than 10 ms with the digits that matter. @param {number} seconds */
const formatTime = (seconds) =>
  seconds < 0.01 ? t("views", "{count} ms", { count: formatNumber(seconds * 1000, 2) }) : formatDuration(seconds);

/** @param {({layers: string[]} | Measured | {stopped: number})[]} parts @returns {Network} */
export function networkOf(parts) {
  const [layers] = parts.flatMap((part) => ("layers" in part ? [part.layers] : []));
  return { label: labelOf(layers ?? []), measured: parts.flatMap((part) => ("length" in part ? [part] : [])) };
}

/** The layers in their order, those that follow their like counted. @param {string[]} kinds */
export function labelOf(kinds) {
  /** @type {[string, number][]} */
  const runs = [];
  for (const kind of kinds) {
    const last = runs.at(-1);
    if (last?.[0] === kind) last[1]++;
    else runs.push([kind, 1]);
  }
  const named = runs.map(([kind, count]) => (count > 1 ? `${count} × ` : "") + (partOf("layers", kind)?.title ?? kind));
  return named.join(" → ") || "–";
}

/** The network of now behind others that were measured before. @param {Network[]} before @param {Network} now */
export const beside = (before, now) => [...before.filter(({ label }) => label !== now.label), now].slice(-MOST);
