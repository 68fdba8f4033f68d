/** The neuron card: how one neuron comes to its answer, with the numbers of one sample. */

import { h } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../i18n/t.js";
import { useEscape } from "../ui/escape.js";
import { useNewest } from "../views/newestFrames.js";
import { Sample, Turn } from "./cardSample.js";
import { Sum } from "./cardSum.js";
import { sampleOf } from "./maps.js";
import { titleOf } from "./names.js";
import { sumOf } from "./sum.js";

/**
 * @param {object} props
 * @param {import("./layout.js").Layout} props.layout
 * @param {import("./wires.js").Neuron} props.place
 * @param {import("../views/newestFrames.js").FrameSource} props.frames
 * @param {string[]} props.names of the inputs
 * @param {number} props.sample
 * @param {any} [props.preview]
 * @param {(sample: number) => void} props.onSample
 * @param {(weight: import("./diagram.js").WeightSet) => void} [props.onSetWeight]
 * @param {() => void} props.onClose
 */
export function NeuronCard({ layout, place, frames, names, sample, preview, onSample, onSetWeight, onClose }) {
  const root = useRef(/** @type {HTMLElement | null} */ (null));
  const now = useNewest(frames);
  const column = layout.columns[place.column];
  const chosen = sampleOf(now.maps, sample); // the one that the whole diagram shows
  const sum = sumOf(now, layout, place, chosen);
  const left = column.x + column.size / 2 + 22;
  useEffect(() => revealCard(root.current, column), [place.column]);
  useLayoutEffect(() => settleCard(root.current, layout));
  useEscape(root, onClose);
  const style = { left: `${left}px`, maxHeight: `${layout.height - 6}px` };
  const title = t("network", "Neuron {number} of {car}", { number: String(place.unit + 1), car: titleOf(column.car) });
  return h(
    "section",
    { class: "neuron-card", ref: root, style, "aria-label": title },
    h("header", null, h("h3", null, title), h(Turn, { icon: "close", label: t("network", "Close"), onClick: onClose })),
    h(Sample, { frames: now, sample: chosen, names, preview, onSample }),
    sum ? h(Sum, { sum, layout, place, names, onSetWeight }) : h("p", null, t("network", "It has not answered yet.")),
  );
}

/** Puts a card below those of the cars if there is room, else over those behind it; a sheet takes no heed of this.
 * @param {HTMLElement | null} card @param {import("./layout.js").Layout} layout */
export function settleCard(card, layout) {
  if (card) card.style.top = `${Math.max(2, Math.min(layout.top - 26, layout.height - card.scrollHeight - 6))}px`;
}

/** Scrolls until the neuron is seen, with the wires that lead there, and the card where it stands beside it. Docked over
 * the result, it needs no room here.
 * @param {HTMLElement | null} card @param {import("./layout.js").Column} column */
export function revealCard(card, column) {
  const scroller = card?.closest(".network-scroll");
  if (!card || !scroller) return;
  const behavior = matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";
  const view = scroller.getBoundingClientRect();
  const fixed = getComputedStyle(card).position === "fixed";
  const docked = fixed && card.getBoundingClientRect().left >= view.right - 1;
  if (docked || !fixed) {
    const end = docked ? column.left + column.card : card.offsetLeft + card.offsetWidth;
    const left = Math.max(end + 16 - scroller.clientWidth, scroller.scrollLeft);
    if (left > scroller.scrollLeft) scroller.scrollTo({ left, behavior });
    return;
  }
  scroller.scrollTo({ left: Math.max(0, column.x - scroller.clientWidth * 0.75), behavior });
  const tile = scroller.querySelector(".neuron.opened")?.getBoundingClientRect(); // a sheet hides the lower half
  const low = (tile?.bottom ?? 0) + 12 - card.getBoundingClientRect().top;
  if (low > 0) scrollBy({ top: low, behavior });
}
