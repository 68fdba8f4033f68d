/** Samples of a reply: pictures with what they are, points on the plane, or numbers. */

import { h } from "preact";
import { sizesOf } from "../api/shapes.js";
import { t } from "../i18n/t.js";
import { Still } from "./filmstrip.js";
import { drawDrawn, drawReal } from "./generatedLayers.js";
import { isPicture, isPlane } from "./points.js";
import { onPaper, Picture } from "./pictures.js";
import { toPixel } from "../canvas/plane.js";

const VIEW = { x: 0, y: 0, half: 6 };
const SHOWN = new Set([0, 1]); // training and validation samples

/** What a sample is. @param {string} name */
const SAID = (name) =>
  ({
    given: t("views", "given"),
    noisy: t("views", "under noise"),
    made_out: t("views", "made out at once"),
    clean: t("views", "made clean"),
    drawn: t("views", "drawn"),
  })[name] ?? name;

/** @param {{samples: any[], as: string[], preview: import("./points.js").Preview}} props `as` says what each sample is,
 *   where that is said */
export function Samples({ samples, as, preview }) {
  if (isPlane(preview)) return h(Points, { samples, preview });
  if (!isPicture(preview))
    return h("pre", { class: "reply" }, samples.map((sample) => JSON.stringify(sample)).join("\n"));
  const [shape, light] = [sizesOf(preview.shape), { white: 1, paper: onPaper(preview) }];
  return h(
    "div",
    { class: "reply reply-pictures" },
    samples.map((sample, at) =>
      h(
        "figure",
        { key: at },
        h(Picture, { levels: sample.flat(2), shape, light }),
        as[at] !== as[at - 1] && h("figcaption", { class: "quiet" }, SAID(as[at])),
      ),
    ),
  );
}

/** Points beside the real ones. @param {{samples: [number, number][], preview: import("./points.js").Preview}} props */
function Points({ samples, preview }) {
  const drawn = /** @type {any} */ ({ data: Float32Array.from(samples.flat()), shape: [samples.length, 2] });
  /** @type {import("./filmstrip.js").Paint} */
  const paint = (context, size) => {
    const place = (/** @type {number} */ x, /** @type {number} */ y) => toPixel(VIEW, size, x, y);
    drawReal(context, { preview, splits: SHOWN }, place, 1);
    drawDrawn(context, drawn, place, 3);
  };
  return h(
    "figure",
    { class: "reply reply-points" },
    h(Still, { frame: drawn, paint }),
    h("figcaption", { class: "quiet plane-key" }, h("i", { class: "sign class-1", "aria-hidden": "true" }, "■"), ` ${t("views", "real")}  `, h("i", { class: "sign class-0", "aria-hidden": "true" }, "●"), ` ${t("views", "drawn")}`), // prettier-ignore
  );
}
