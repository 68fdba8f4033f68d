/** What a language model writes behind the same beginning, and how much each token of a held-out text surprises it. */

import { h } from "preact";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { useNewestFrame } from "./newestFrames.js";
import { tokenName, TokenStrip } from "./tokenStrip.js";

/** @typedef {import("./points.js").Preview} Preview */

const MOST = 8; // bits; what costs as much or more has the full colour

/** @param {{source: import("./newestFrames.js").OneSource, preview: Preview}} props */
export function Written({ source, preview }) {
  const frame = useNewestFrame(source);
  if (!frame) return h("p", { class: "quiet" }, t("views", "The text comes with the first step."));
  const vocabulary = preview.vocabulary ?? [];
  const { prompt, written, tokens, losses } = frame.arrays;
  const text = (/** @type {ArrayLike<number>} */ numbers) =>
    Array.from(numbers, (number) => vocabulary[number] ?? "").join("");
  const [windows, places] = tokens.shape;
  return h(
    "figure",
    { class: "written" },
    h(
      "pre",
      { tabIndex: 0, "aria-label": t("views", "What the network writes") },
      h("b", null, text(prompt.data)),
      text(written.data),
    ),
    h(
      "figcaption",
      { class: "quiet" },
      t("views", "Token by token by chance, with the same beginning and the same chance at every step."),
    ),
    Array.from({ length: windows }, (_, at) => {
      const bits = Array.from(losses.data.subarray(at * places, (at + 1) * places), (nats) => nats / Math.LN2);
      const numbers = tokens.data.subarray(at * places, (at + 1) * places);
      return h(TokenStrip, {
        key: at,
        tokens: numbers,
        preview,
        pointing: true,
        colours: bits.map(
          (cost) => `color-mix(in srgb, var(--neg) ${Math.round(Math.min(cost / MOST, 1) * 100)}%, transparent)`,
        ),
        titles: bits.map((cost, place) =>
          t("views", "{token} cost {bits} bits", {
            token: tokenName(vocabulary, numbers[place]),
            bits: formatNumber(cost, 2),
          }),
        ),
      });
    }),
    h(
      "figcaption",
      { class: "quiet" },
      t("views", "Text that it never learned from: the stronger the colour, the more a token surprised it."),
    ),
    preview.entropy !== null &&
      preview.entropy !== undefined &&
      h(
        "p",
        { class: "quiet" },
        t(
          "views",
          "Whoever knows the rules of this text needs {bits} bits per character, and nobody can do with less.",
          {
            bits: formatNumber(preview.entropy, 3),
          },
        ),
      ),
  );
}
