/** What a network makes of a text with its own mask of attention and with the other one: each token by how surprising it
 * is, and one head beside itself. */

import { h } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { onTheme, paintMap } from "../canvas/colour.js";
import { formatNumber, formatPercent } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Button } from "../ui/controls.js";
import { tokenName } from "./tokenStrip.js";

/** @typedef {{tokens: string[], layers: {address: string, causal: boolean}[]}} Read */
/** `nats` and `likeliest` of each token, null where none is told; `maps` by layer and head.
 * @typedef {{other: boolean, nats: (number | null)[], likeliest: (string | null)[], maps: number[][][][]}} Told */

const SCALE = /** @type {const} */ ({ kind: "diverging", low: 0, high: 1 });
const CLEARLY = 1.05; // times as many nats are clearly more

/** @param {{parts: (Read | Told)[]}} props */
export function MasksCompared({ parts }) {
  const [chosen, setChosen] = useState([0, 0]);
  const { tokens, layers } = /** @type {Read} */ (parts[0]);
  const told = /** @type {Told[]} */ (parts.slice(1));
  const most = Math.max(...told.flatMap(({ nats }) => nats.map((surprise) => surprise ?? 0)), 1e-6);
  const causal = layers.every((layer) => layer.causal);
  return h(
    "figure",
    { class: "reply masks-compared" },
    told.map((answer) =>
      h(Line, { key: String(answer.other), told: answer, tokens, most, causal: causal !== answer.other }),
    ),
    told.length > 1 && h("figcaption", null, sentence(told, causal)),
    h(
      "div",
      { class: "mask-heads", role: "group", "aria-label": t("views", "Heads of all layers") },
      layers.map((layer, at) =>
        h(
          "span",
          { key: layer.address },
          (told[0]?.maps[at] ?? []).map((_, head) =>
            h(
              Button,
              {
                key: head,
                look: "quiet",
                pressed: at === chosen[0] && head === chosen[1],
                onClick: () => setChosen([at, head]),
              },
              `${at + 1}.${head + 1}`,
            ),
          ),
        ),
      ),
    ),
    h(
      "div",
      { class: "mask-maps" },
      told.map(({ other, maps }) =>
        h(
          "figure",
          { key: String(other) },
          h(ShareMap, { shares: maps[chosen[0]]?.[chosen[1]] ?? maps[0][0], label: maskName(causal !== other) }),
          h("figcaption", null, maskName(causal !== other)),
        ),
      ),
    ),
    h("p", { class: "quiet" }, t("views", "One head, layer {layer}, head {head}: from each place, downwards, to those it looks at, to the right.", { layer: String(chosen[0] + 1), head: String(chosen[1] + 1) })), // prettier-ignore
  );
}

/** @param {boolean} causal */
const maskName = (causal) => (causal ? t("views", "causal mask: looks back only") : t("views", "full mask: sees all places")); // prettier-ignore

/** The text, each token the stronger coloured the less it was expected.
 * @param {{told: Told, tokens: string[], most: number, causal: boolean}} props */
function Line({ told: { other, nats, likeliest }, tokens, most, causal }) {
  const letters = tokens.every((token) => [...token].length <= 1);
  return h(
    "div",
    null,
    h(
      "small",
      null,
      `${maskName(causal)}${other ? "" : `, ${t("views", "as it was trained")}`}: `,
      h("b", null, t("views", "{nats} nats a token, {right} right", { nats: formatNumber(meanOf(nats)), right: formatPercent(rightOf(likeliest, tokens), 0) })), // prettier-ignore
    ),
    h(
      "p",
      { class: `attention-text${letters ? " letters" : ""}` },
      tokens.map((token, at) =>
        h(
          "span",
          {
            key: at,
            style: { background: `color-mix(in srgb, var(--neg) ${Math.round(((nats[at] ?? 0) / most) * 70)}%, transparent)` }, // prettier-ignore
            title: nats[at] === null ? t("views", "read only") : t("views", "{share} likely; the likeliest: {token}", { share: formatPercent(Math.exp(-(nats[at] ?? 0))), token: likeliest[at] ?? "" }), // prettier-ignore
          },
          tokenName([token], 0),
        ),
      ),
    ),
  );
}

/** @param {Told[]} told with the own mask, and with the other @param {boolean} causal whether the own one is */
function sentence([own, other], causal) {
  if (meanOf(other.nats) < meanOf(own.nats) * CLEARLY) return t("views", "Of this text the other mask tells about as much, or more."); // prettier-ignore
  return causal
    ? t("views", "What stands behind a place was never there while it learned: now that it is seen, it disturbs.")
    : t("views", "It leans on what stands behind a word, too: it was not trained to write from left to right.");
}

/** Of the tokens that are told. @param {(number | null)[]} nats */
export function meanOf(nats) {
  const known = nats.filter((surprise) => surprise !== null);
  return known.reduce((sum, surprise) => sum + surprise, 0) / Math.max(known.length, 1);
}

/** The share of told tokens that are the likeliest. @param {(string | null)[]} likeliest @param {string[]} tokens */
export function rightOf(likeliest, tokens) {
  const told = likeliest.flatMap((token, at) => (token === null ? [] : [token === tokens[at]]));
  return told.filter(Boolean).length / Math.max(told.length, 1);
}

/** @param {{shares: number[][], label: string}} props */
function ShareMap({ shares, label }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const paint = () => {
    const codes = Uint8Array.from(shares.flat(), (share) => Math.round(Math.sqrt(share) * 255)); // so that small ones show
    if (canvas.current) paintMap(canvas.current, codes, [shares.length, shares.length], SCALE);
  };
  useLayoutEffect(paint);
  useLayoutEffect(() => onTheme(paint), [shares]);
  return h("canvas", { ref: canvas, role: "img", "aria-label": label });
}
