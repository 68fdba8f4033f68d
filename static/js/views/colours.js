/** The colours of the brush: ink and eraser on paper, light and dark, or a few colours. */

import { h } from "preact";
import { css } from "../canvas/colour.js";
import { t } from "../i18n/t.js";
import { Button } from "../ui/controls.js";
import { colourer } from "./pictures.js";

/** What one can draw with. @param {number} channels @param {boolean} paper */
export function coloursOf(channels, paper) {
  const grey = (/** @type {string} */ title, /** @type {number} */ level) => ({
    title,
    levels: Array(channels).fill(level),
  });
  if (paper) return [grey(t("views", "Ink"), 1), grey(t("views", "Eraser"), 0)];
  const greys = [grey(t("views", "White"), 1), grey(t("views", "Black"), 0)];
  if (channels !== 3) return [...greys, grey(t("views", "Grey"), 0.5)];
  return [
    ...greys,
    { title: t("views", "Red"), levels: [0.85, 0.15, 0.15] },
    { title: t("views", "Yellow"), levels: [0.95, 0.85, 0.2] },
    { title: t("views", "Green"), levels: [0.2, 0.7, 0.25] },
    { title: t("views", "Blue"), levels: [0.2, 0.35, 0.9] },
  ];
}

/** @param {{colours: {title: string, levels: number[]}[], chosen: number, onChoose: (colour: number) => void,
 *   shape: number[], paper: boolean}} props */
export function Colours({ colours, chosen, onChoose, shape, paper }) {
  return h(
    "span",
    { class: "pad-colours", role: "group", "aria-label": t("views", "Colour of the brush") },
    colours.map(({ title, levels }, at) => {
      const background = css(colourer(levels, [shape[0], 1, 1], { white: 1, paper })(0));
      const look = { class: "swatch", pressed: at === chosen, title, onClick: () => onChoose(at) };
      return h(Button, { key: title, look: "quiet", ...look }, h("i", { style: { background } }), paper && title);
    }),
  );
}
