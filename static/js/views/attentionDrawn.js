/** Where the heads of attention look: a map of each, one of them large, with the tokens it looks from and at.
 * One file, though long: the small maps and the large one share what is chosen. */

import { h } from "preact";
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import { onTheme, paintMap } from "../canvas/colour.js";
import { formatPercent } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Button } from "../ui/controls.js";
import { frontOf, givenTo, headCodes, largest, layersOf, placesOf, roleOf, sharesOf } from "./attentionMaps.js";
import { roleName, titleOf } from "./headNames.js";
import { useNewestFrame } from "./newestFrames.js";
import { placeAt } from "./placeAt.js";
import { hasTokens, tokenName } from "./tokenStrip.js";
import { WithoutHead } from "./withoutHead.js";

/** @typedef {import("./points.js").Preview} Preview */
/** @typedef {import("./attentionMaps.js").Layer} Layer */

const SCALE = /** @type {const} */ ({ kind: "diverging", low: 0, high: 1 });
const BESIDE = 26; // with so many places at most, tokens stand beside the large map
const TOLD = 3; // places that a sentence names
const BLANK = "▢"; // a token that was not shown
const CLASS = "[CLS]"; // a class token, as BERT writes it
const LEAST = 0.05; // the smallest share that is told

/** @param {{source: import("./newestFrames.js").OneSource, preview: Preview, sample: number | null, experiment: any,
 *   run: import("../live/run.js").Run | null}} props */
export function Attention({ source, preview, sample, experiment, run }) {
  const [chosen, setChosen] = useState({ address: "", head: 0 });
  const frame = useNewestFrame(source);
  const layers = layersOf(frame);
  if (!frame || layers.length === 0) return null;
  const at = Math.min(sample ?? 0, layers[0].maps.shape[0] - 1);
  const layer = layers.find(({ address }) => address === chosen.address) ?? layers[layers.length - 1];
  const head = Math.min(chosen.head, layer.maps.shape[1] - 1);
  const places = placesOf(frame, layer, at);
  const given = givenTo(frame, layer, at, places);
  const vocabulary = (given.own ? preview.target_vocabulary : preview.vocabulary) ?? [];
  const names = hasTokens(preview)
    ? [
        ...Array(frontOf(frame, layer)).fill(CLASS),
        ...Array.from(given.tokens, (number) => tokenName(vocabulary, number) || BLANK),
      ]
    : null;
  return h(
    "figure",
    { class: "attention", onPointerLeave: () => (placeAt.value = null) },
    h(
      "div",
      { class: "attention-wall" },
      layers.map((wallLayer, number) =>
        h(
          "div",
          { key: wallLayer.address, class: "attention-heads" },
          h("small", null, titleOf(experiment, wallLayer.address, number)),
          Array.from({ length: wallLayer.maps.shape[1] }, (_, ofHead) => {
            const pressed = wallLayer === layer && ofHead === head;
            const role = roleName(roleOf(frame, wallLayer, ofHead));
            const title = t("views", "Head {head}", { head: String(ofHead + 1) });
            return h(
              Button,
              {
                key: ofHead,
                look: "quiet",
                pressed,
                title: role ? `${title}: ${role}` : title,
                onClick: () => setChosen({ address: wallLayer.address, head: ofHead }),
              },
              h(HeadMap, { codes: headCodes(wallLayer, at, ofHead, places), places }),
              h("small", null, role || ofHead + 1),
            );
          }),
        ),
      ),
    ),
    h(
      "figcaption",
      { class: "quiet" },
      t(
        "views",
        "A map for each head: from each place, downwards, to those it looks at, to the right. A head that gives half of its attention or more to one thing is named for it.",
      ),
    ),
    h(Large, { layer, head, at, places, names, title: titleOf(experiment, layer.address, layers.indexOf(layer)) }),
    run && h(WithoutHead, { run, attention: layers.indexOf(layer), head, step: frame.step }),
  );
}

/** One head: its map with tokens at both sides, and the text coloured by what one place looks at.
 * @param {{layer: Layer, head: number, at: number, places: number, names: string[] | null, title: string}} props `names`
 *   are the tokens, where there are any */
function Large({ layer, head, at, places, names, title }) {
  const from = Math.min(placeAt.value ?? places - 1, places - 1);
  const shares = sharesOf(layer, at, head, from, places);
  const beside = names && places <= BESIDE;
  const nameOf = (/** @type {number} */ place) =>
    names ? names[place] : t("views", "time step {place}", { place: String(place + 1) });
  const most = Math.max(...shares, 1e-6);
  const look = (/** @type {number} */ place) => () => (placeAt.value = place);
  return h(
    "div",
    { class: "attention-head" },
    h("small", null, `${title}, ${t("views", "Head {head}", { head: String(head + 1) })}`),
    h(
      "div",
      { class: `attention-large${beside ? " named" : ""}`, style: { "--places": places } },
      beside && h("div", { class: "attention-top", "aria-hidden": "true" }, names.map((name, place) => h("span", { key: place }, name))), // prettier-ignore
      beside &&
        h(
          "div",
          { class: "attention-left", "aria-hidden": "true" },
          names.map((name, place) =>
            h("span", { key: place, class: place === from ? "under-cursor" : "", onPointerEnter: look(place) }, name),
          ),
        ),
      h(
        "div",
        { class: "attention-picture" },
        h(HeadMap, {
          codes: headCodes(layer, at, head, places),
          places,
          label: t("views", "Which places this head looks at"),
          onPlace: (place) => (placeAt.value = place),
          place: from,
        }),
        h("i", { class: "row-cursor", style: { top: `${(from / places) * 100}%`, height: `${100 / places}%` } }),
      ),
    ),
    names &&
      h(
        "p",
        { class: `attention-text${names.every((name) => [...name].length <= 1) ? " letters" : ""}` },
        names.map((name, place) =>
          h(
            "span",
            {
              key: place,
              class: place === from ? "under-cursor" : "",
              style: { background: `color-mix(in srgb, var(--pos) ${Math.round((shares[place] / most) * 60)}%, transparent)` }, // prettier-ignore
              title: formatPercent(shares[place]),
              onPointerEnter: look(place),
              onPointerDown: look(place),
            },
            name,
          ),
        ),
      ),
    h(
      "figcaption",
      { class: "quiet" },
      t("views", "{place} looks at: {shares}. What is read is told, not why an answer comes.", {
        place: nameOf(from),
        shares: largest(shares, TOLD, LEAST).map(({ share, place }) => `${nameOf(place)} ${formatPercent(share)}`).join(", ") || t("views", "many places, each a little"), // prettier-ignore
      }),
    ),
  );
}

/** @param {{codes: Uint8Array, places: number, label?: string, place?: number, onPlace?: (place: number) => void}} props */
function HeadMap({ codes, places, label, place = 0, onPlace }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const paint = () => {
    if (canvas.current) paintMap(canvas.current, codes, [places, places], SCALE);
  };
  useLayoutEffect(paint);
  useLayoutEffect(() => onTheme(paint), [codes]);
  if (!onPlace) return h("canvas", { ref: canvas, "aria-hidden": "true" });
  const move = (/** @type {PointerEvent} */ event) => {
    const box = /** @type {HTMLElement} */ (event.currentTarget).getBoundingClientRect();
    onPlace(Math.max(0, Math.min(places - 1, Math.floor(((event.clientY - box.top) / box.height) * places))));
  };
  const step = (/** @type {KeyboardEvent} */ event) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by === undefined) return;
    event.preventDefault();
    onPlace(Math.max(0, Math.min(places - 1, place + by)));
  };
  const heard = { onPointerMove: move, onPointerDown: move, onKeyDown: step };
  return h("canvas", { ref: canvas, role: "img", "aria-label": label, tabIndex: 0, ...heard });
}
