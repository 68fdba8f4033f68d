/** What a network that knows the classes says of drawn pictures, beside a plain mixture and real ones. */

import { h } from "preact";
import { formatNumber, formatPercent } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { formatMetric, metricOf } from "../live/metricNames.js";
import { TableHead } from "../ui/tableHead.js";
import { useNewestFrame } from "./newestFrames.js";
import { className } from "./marks.js";
import { onPaper, Picture } from "./pictures.js";
import { sheetOf } from "./sheet.js";

const BYTE = 255;
const [DRAWN, , REAL] = [0, 1, 2]; // rows of what is measured; between them stands the mixture
const COPY = 0.5; // of the usual distance, as in app/training/examining/examination.py

/** @typedef {{metrics: string[], classes: string[], accuracy: number}} About */

/** @param {{source: import("./newestFrames.js").OneSource, preview: import("./points.js").Preview}} props */
export function Examined({ source, preview }) {
  const frame = useNewestFrame(source);
  if (!frame) return null;
  const about = /** @type {About} */ (frame.about);
  const { shares, measured, drawn, nearest, far } = frame.arrays;
  const light = { white: BYTE, paper: onPaper(preview) };
  const across = drawn.shape[0];
  return h(
    "section",
    { class: "latent-plane examined", "aria-label": t("views", "Examined") },
    h(
      "p",
      { class: "quiet" },
      t(
        "views",
        "The examiner is a network that learned the classes from real pictures beforehand and never changes. Of real pictures that it never saw, it names {accuracy} correctly.", // prettier-ignore
        { accuracy: formatPercent(about.accuracy) },
      ),
    ),
    h(Table, { names: about.metrics, measured }),
    h(Shares, { shares, preview }),
    h(
      "figure",
      null,
      h(
        "figcaption",
        { class: "quiet" },
        t("views", "Above: drawn pictures. Below: the nearest picture it learned from"),
      ),
      h(Picture, { ...sheetOf(drawn.data, drawn.shape, across), light }),
      h(Picture, { ...sheetOf(nearest.data, nearest.shape, across), light }),
      h("p", { class: "quiet" }, nearness(Math.min(...far.data))),
    ),
  );
}

/** What the smallest distance says. @param {number} far in units of the usual one */
function nearness(far) {
  const values = { far: formatNumber(far, 2) };
  return far < COPY
    ? t(
        "views",
        "The closest pair is only {far} times as far apart as real pictures usually are from the nearest: a copy.",
        values,
      )
    : t(
        "views",
        "The closest pair is {far} times as far apart as real pictures usually are from the nearest: no copy.",
        values,
      );
}

/** @param {{names: string[], measured: import("../live/frameFormat.js").FrameArray}} props */
function Table({ names, measured }) {
  const columns = [t("views", "This network"), t("views", "Mixture of gaussians"), t("views", "Real, held out")];
  const cell = (/** @type {string} */ name, /** @type {number} */ value) =>
    value < 0 ? "–" : formatMetric(name, value);
  return h(
    "table",
    null,
    h(TableHead, { titles: ["", ...columns] }),
    h(
      "tbody",
      null,
      names.map((name, at) =>
        h(
          "tr",
          { key: name },
          h("th", { scope: "row", title: metricOf(name)?.help }, metricOf(name)?.title),
          columns.map((title, row) => h("td", { key: title }, cell(name, measured.data[row * names.length + at]))),
        ),
      ),
    ),
  );
}

/** @param {{shares: import("../live/frameFormat.js").FrameArray, preview: import("./points.js").Preview}} props */
function Shares({ shares: { data, shape }, preview }) {
  const classes = shape[1];
  const of = (/** @type {number} */ row) => data.subarray(row * classes, (row + 1) * classes);
  const most = Math.max(...of(DRAWN), ...of(REAL));
  return h(
    "figure",
    null,
    h(
      "figcaption",
      { class: "quiet" },
      t("views", "Classes among drawn pictures; the line is their share of real ones"),
    ),
    h(
      "dl",
      { class: "told-bars" },
      Array.from(of(DRAWN), (/** @type {number} */ share, number) => [
        h("dt", { key: `name ${number}` }, className(preview.classes, number)),
        h(
          "dd",
          { key: `bar ${number}`, class: "share-bar" },
          h("div", { class: "told-bar", style: `width: ${(100 * share) / most}%` }),
          h("i", { style: `left: ${(100 * of(REAL)[number]) / most}%`, "aria-hidden": "true" }),
        ),
        h("dd", { key: `share ${number}` }, formatPercent(share, 0)),
      ]),
    ),
  );
}
