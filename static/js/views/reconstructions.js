/** Samples, and below each what the network draws of it. */

import { h } from "preact";
import { sizeOf, sizesOf } from "../api/shapes.js";
import { formatNumber } from "../i18n/numbers.js";
import { sentences, t } from "../i18n/t.js";
import { frameOf, useNewestFrame } from "./newestFrames.js";
import { onPaper, Picture } from "./pictures.js";

const BYTE = 255;

/** What the network draws of a person's drawing.
 * @param {{source: import("./newestFrames.js").OneSource, preview: import("./points.js").Preview}} props */
export function DrawnAgain({ source, preview }) {
  const { outputs } = frameOf(source)?.arrays ?? {};
  const shape = sizesOf(preview.shape);
  const levels = outputs?.data ?? new Uint8Array(shape.reduce((product, side) => product * side, 1));
  return h(
    "figure",
    { class: "drawn-again" },
    h(Picture, { levels, shape, light: { white: BYTE, paper: onPaper(preview) } }),
    h("figcaption", { class: "quiet" }, t("views", "what it draws of it")),
  );
}

/** @param {{source: import("./newestFrames.js").OneSource, preview: import("./points.js").Preview, sample: number,
 *   onSample?: (sample: number) => void}} props */
export function Reconstructions({ source, preview, sample, onSample }) {
  const frame = useNewestFrame(source);
  if (!frame || frame.arrays.inputs.shape[1] !== sizeOf(preview.shape, "channels"))
    return h("p", { class: "quiet" }, t("views", "The pictures come with the first step."));
  const { inputs, outputs, pca } = frame.arrays;
  const [count, ...shape] = inputs.shape;
  const light = { white: BYTE, paper: onPaper(preview) };
  const size = shape.reduce((product, side) => product * side, 1);
  const levels = (/** @type {any} */ array, /** @type {number} */ at) =>
    array.data.subarray(at * size, (at + 1) * size);
  return h(
    "figure",
    { class: "reconstructions" },
    h(
      "div",
      { class: "picture-pairs" },
      Array.from({ length: count }, (_, at) =>
        h(
          "button",
          {
            key: at,
            type: "button",
            class: at === sample ? "chosen" : "",
            "aria-pressed": at === sample,
            "aria-label": t("views", "Sample {number}, and what is drawn of it", { number: String(at + 1) }),
            onClick: () => onSample?.(at),
          },
          h(Picture, { levels: levels(inputs, at), shape, light }),
          h(Picture, { levels: levels(outputs, at), shape, light }),
          pca && h(Picture, { levels: levels(pca, at), shape, light }),
        ),
      ),
    ),
    h(
      "figcaption",
      { class: "quiet" },
      sentences(
        t("views", "Above: samples held back. Below: what the decoder draws from their code."),
        pca && besidePca(/** @type {any} */ (frame.about)),
        frame.about.auroc ? neverLearned(/** @type {any} */ (frame.about)) : null,
      ),
    ),
  );
}

/** How the network compares with the best linear map. @param {{code: number, errors: number[]}} about */
function besidePca({ code, errors }) {
  const [network, pca, twice] = errors.map((error) => formatNumber(error));
  return t(
    "views",
    "Last: what PCA draws from {code} numbers. Mean squared error: {network} by the network, {pca} by PCA, {twice} by PCA with {more} numbers.", // prettier-ignore
    { code: String(code), more: String(2 * code), network, pca, twice },
  );
}

/** How well classes that were never learned are told. @param {{auroc: number[]}} about */
function neverLearned({ auroc }) {
  const [network, pca, nearest] = auroc.map((share) => formatNumber(share));
  return t(
    "views",
    "Samples of a class that was never learned, told by their error (AUROC): {network} by the network, {pca} by PCA; by the distance to the nearest training samples {nearest}.", // prettier-ignore
    { network, pca, nearest },
  );
}
