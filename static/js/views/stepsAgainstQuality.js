/** How unlike real samples those are that diffusion draws in so many steps, and what they look like. */

import { h } from "preact";
import { useState } from "preact/hooks";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { TableHead } from "../ui/tableHead.js";
import { Curves } from "./curvesReplied.js";
import { Samples } from "./samplesReplied.js";

/** @typedef {{chance: number, count: number, prediction: string, left: number, times: number}} Told */
/** @typedef {{steps: number, fresh: number, apart: number | string, samples: any[]}} Drawn */

const LOWEST = 0.1; // of what chance makes: less is drawn as this, as the estimate may be below 0

/** @param {{parts: any[], preview: import("./points.js").Preview}} props the first part tells, others are drawn */
export function StepsAgainstQuality({ parts, preview }) {
  const [chosen, setChosen] = useState(/** @type {[number, number] | null} */ (null));
  const told = /** @type {Told} */ (parts[0]);
  const drawn = /** @type {Drawn[]} */ (parts.slice(1));
  const steps = [...new Set(drawn.map((trial) => trial.steps))];
  const of = (/** @type {number} */ count, /** @type {number} */ fresh) =>
    drawn.find((trial) => trial.steps === count && trial.fresh === fresh);
  const shown = (chosen && of(...chosen)) ?? drawn.at(-1);
  const place = placing(told.chance, drawn);
  const ways = [
    { title: t("views", "without fresh noise (DDIM)"), fresh: 0 },
    { title: t("views", "with fresh noise (DDPM)"), fresh: 1 },
  ];
  const curves = ways.map(({ title, fresh }) => ({
    title,
    points: steps.flatMap((count, at) => {
      const trial = of(count, fresh);
      const x = at / Math.max(steps.length - 1, 1);
      return trial ? [/** @type {[number, number]} */ ([x, place(Number(trial.apart))])] : [];
    }),
  }));
  const counted = { count: String(told.count), chance: formatNumber(told.chance, 2) };
  return h(
    "figure",
    { class: "reply steps-against-quality" },
    h("figcaption", { class: "quiet" }, whyFew(told)),
    steps.length > 1 &&
      h(Curves, {
        curves,
        band: place(told.chance),
        label: t("views", "MMD between drawn and real samples by sampling steps, in powers"),
        first: t("views", "sampling steps: {count}", { count: String(steps[0]) }),
        last: String(steps.at(-1)),
      }),
    h("p", { class: "quiet" }, t("views", "Squared MMD of {count} samples. Halves of as many real ones stay below {chance} by chance: the shaded ground.", counted)), // prettier-ignore
    h(
      "table",
      null,
      h(TableHead, { titles: [t("views", "Steps"), ...ways.map(({ title }) => title)] }),
      h(
        "tbody",
        null,
        steps.map((count) =>
          h(
            "tr",
            { key: count },
            h("th", { scope: "row" }, String(count)),
            ways.map(({ fresh }) => {
              const trial = of(count, fresh);
              return h("td", { key: fresh }, trial && h(Apart, { trial, chance: told.chance, chosen: trial === shown, choose: () => setChosen([count, fresh]) })); // prettier-ignore
            }),
          ),
        ),
      ),
    ),
    shown && h(Samples, { samples: shown.samples, as: [], preview }),
  );
}

/** @param {{trial: Drawn, chance: number, chosen: boolean, choose: () => void}} props */
function Apart({ trial, chance, chosen, choose }) {
  const apart = Number(trial.apart);
  const title = t("views", "Shows what is drawn so");
  const like = apart <= chance;
  return h("button", { type: "button", class: like ? "like" : "", "aria-pressed": chosen, title, onClick: choose }, `${formatNumber(apart, 2)}${like ? " ✓" : ""}`); // prettier-ignore
}

/** Where a distance lies on the height, in powers. @param {number} chance @param {Drawn[]} drawn */
function placing(chance, drawn) {
  const low = Math.log(LOWEST * chance);
  const high = Math.max(...drawn.map(({ apart }) => Number(apart)).filter(Number.isFinite), 2 * chance);
  return (/** @type {number} */ apart) =>
    Math.min(1, Math.max(0, (Math.log(Math.max(apart, LOWEST * chance)) - low) / (Math.log(high) - low)));
}

/** Why few steps do or fail, by what is left of a sample at the last diffusion step.
 * @param {Pick<Told, "left" | "prediction">} told */
export function whyFew({ left, prediction }) {
  if (left === 0) {
    return t("views", "At the last diffusion step nothing is left of a sample (ᾱ = 0). What this network predicts says the clean sample even there, so that few steps can do."); // prettier-ignore
  }
  const values = { left: formatNumber(left, 2), times: formatNumber(left ** -0.5, 2) };
  return prediction === "noise"
    ? t("views", "At the last diffusion step ᾱ is {left}: to make out the clean sample, what is left when the predicted noise is taken away is enlarged 1/√ᾱ = {times} times, and so is each error of the network. Many small steps with fresh noise make up for it, a few large ones cannot.", values) // prettier-ignore
    : t("views", "At the last diffusion step ᾱ is {left}. What this network predicts says the clean sample even there, so that few steps can do; of a network that predicts the noise, each error would be enlarged 1/√ᾱ = {times} times.", values); // prettier-ignore
}
