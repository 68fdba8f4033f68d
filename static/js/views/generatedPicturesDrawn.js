/** Pictures that are drawn from the same noise for the whole run, and how they come about. */

import { h } from "preact";
import { useMemo, useState } from "preact/hooks";
import { t } from "../i18n/t.js";
import { Chip } from "../ui/controls.js";
import { ofWeights, WhoseWeights } from "./bothWeights.js";
import { CodePoint } from "./codePoint.js";
import { at } from "./denoisingLayers.js";
import { useNewestFrame } from "./newestFrames.js";
import { className } from "./marks.js";
import { onPaper, Picture } from "./pictures.js";
import { sheetOf } from "./sheet.js";
import { shownStage, StageSlider } from "./stageSlider.js";
import { StepAlone } from "./stepAlone.js";

const BYTE = 255;
const ACROSS = 9; // pictures in a row, in frames of earlier versions, which do not say it

/** @typedef {{times: number[], most: number, across?: number, classes?: string[], noise?: number[], labels?: number}} About */

const NOISE = { x: 0, y: 0, half: 3 }; // of two numbers of noise: nearly all lies within it

/** @param {{source: import("./newestFrames.js").OneSource, preview: import("./points.js").Preview,
 *   run: import("../live/run.js").Run | null, task: import("../api/parts.js").Part | undefined}} props */
export function GeneratedPictures({ source, preview, run, task }) {
  const [live, setLive] = useState(false);
  const newest = useNewestFrame(source);
  const frame = useMemo(() => ofWeights(newest, live), [newest, live]);
  const [stage, setStage] = useState(/** @type {number | null} */ (null));
  const [cleaned, setCleaned] = useState(false);
  const sheets = useMemo(() => {
    if (!frame) return null;
    const { way, clean, noised } = frame.arrays;
    const across = /** @type {About} */ (frame.about).across ?? ACROSS;
    const shown = shownStage(stage, way.shape[0]);
    const sheet = (/** @type {import("../live/frameFormat.js").FrameArray} */ stages) => {
      const { data, shape } = at(stages, shown);
      return sheetOf(data, shape, across);
    };
    return { drawn: sheet(cleaned && clean ? clean : way), real: noised && sheet(noised) };
  }, [frame, stage, cleaned]);
  if (!frame || !sheets) return null;
  const { times, most, classes = [], noise, labels = 0 } = /** @type {About} */ (frame.about);
  const light = { white: BYTE, paper: onPaper(preview) };
  return h(
    "figure",
    { class: "latent-plane generated-pictures" },
    h("figcaption", { class: "quiet" }, t("views", "Drawn from the same noise for the whole run")),
    h(WhoseWeights, { frame: newest, live, onInput: setLive }),
    classes.length > 0 && [
      h("p", { key: "said", class: "quiet" }, t("views", "Each column was asked for another class:")),
      h(
        "div",
        { key: "names", class: "column-names", "aria-hidden": "true" },
        classes.map((_, number) => h("span", { key: number }, className(preview.classes, number))),
      ),
    ],
    h(Picture, { ...sheets.drawn, light }),
    h(StepAlone, { run, task }),
    noise && h(NoisePlane, { noise, classes: labels, live, run, preview }),
    times.length > 1 && h(StageSlider, { times, most, chosen: stage, onInput: setStage }),
    sheets.real && [
      h(Chip, {
        key: "clean",
        title: t("views", "Made-out pictures"),
        hint: t("views", "The clean pictures that the network makes out in them: the mean of all that could be"),
        value: cleaned,
        onInput: () => setCleaned(!cleaned),
      }),
      h("p", { key: "said", class: "quiet" }, t("views", "Real pictures under as much noise")),
      h(Picture, { key: "real", ...sheets.real, light }),
    ],
  );
}

/** Two numbers of the noise of the first picture, to be changed by hand.
 * @param {{noise: number[], classes: number, live: boolean, run: import("../live/run.js").Run | null,
 *   preview: import("./points.js").Preview}} props */
function NoisePlane({ noise, ...shown }) {
  const numbers = noise.length > 1 ? [0, 1] : [0];
  return [
    h(
      "p",
      { key: "said", class: "quiet" },
      t("views", "The first two numbers of the noise of the first picture. Drag the point: what is drawn changes with it. The ring is one standard deviation."), // prettier-ignore
    ),
    h(
      CodePoint,
      { key: "point", space: { numbers, rest: noise }, view: NOISE, ...shown },
      h("i", { class: "code-ring", "aria-hidden": "true" }),
    ),
  ];
}
