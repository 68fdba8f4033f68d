/** A variational autoencoder's codes: new samples, the plane of two numbers, and what each number tells. */

import { h } from "preact";
import { formatNumber } from "../i18n/numbers.js";
import { sentences, t } from "../i18n/t.js";
import { useNewestFrame } from "./newestFrames.js";
import { onPaper, Picture } from "./pictures.js";
import { sheetOf } from "./sheet.js";

const BYTE = 255;
const ACROSS = 12; // new samples in a row
const MOST_BARS = 32; // more numbers of a code are told by their count alone
const ACTIVE = 0.01; // variance, as in app/training/tasks/variational_autoencoder.py

/** @param {{source: import("./newestFrames.js").OneSource, preview: import("./points.js").Preview}} props */
export function LatentPlane({ source, preview }) {
  const frame = useNewestFrame(source);
  if (!frame) return null;
  const { drawn, plane, told, varies } = frame.arrays;
  const { numbers, active } = /** @type {{numbers: number[], active: number}} */ (frame.about);
  const light = { white: BYTE, paper: onPaper(preview) };
  const [first, second = first] = numbers.map((number) => String(number + 1));
  const most = Math.max(...told.data, 0.1);
  return h(
    "div",
    { class: "latent-plane" },
    h(
      "figure",
      null,
      h("figcaption", { class: "quiet" }, t("views", "New samples, from the same random codes for the whole run")),
      h(Picture, { ...sheetOf(drawn.data, drawn.shape, ACROSS), light }),
    ),
    h(
      "figure",
      null,
      h(
        "figcaption",
        { class: "quiet" },
        t("views", "What is drawn over the plane of numbers {first} and {second} of the code, which tell most", {
          first,
          second,
        }),
      ),
      h(Picture, { ...sheetOf(plane.data, [plane.shape[0] * plane.shape[1], ...plane.shape.slice(2)], plane.shape[1]), light }), // prettier-ignore
    ),
    h(
      "figure",
      null,
      h(
        "figcaption",
        { class: "quiet" },
        sentences(
          t("views", "{active} of {count} numbers of the code tell anything; each in nats:", {
            active: String(active),
            count: String(told.data.length),
          }),
          active === 0 && t("views", "The posterior has collapsed: all that is drawn is the mean."),
        ),
      ),
      h(
        "dl",
        { class: "told-bars" },
        Array.from(told.data.subarray(0, MOST_BARS), (/** @type {number} */ nats, number) => [
          h("dt", { key: `name ${number}` }, String(number + 1)),
          h(
            "dd",
            { key: `bar ${number}` },
            h("div", { class: `told-bar ${varies.data[number] > ACTIVE ? "" : "silent"}`, style: `width: ${(100 * nats) / most}%` }), // prettier-ignore
          ),
          h("dd", { key: `nats ${number}` }, formatNumber(nats, 2)),
        ]),
      ),
    ),
  );
}
