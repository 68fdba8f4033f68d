/** Pictures that are drawn from the same noise for the whole run, and how they come about. */

import { h } from "preact";
import { useMemo, useState } from "preact/hooks";
import { t } from "../i18n/t.js";
import { at } from "./denoisingLayers.js";
import { useNewestFrame } from "./newestFrames.js";
import { onPaper, Picture } from "./pictures.js";
import { sheetOf } from "./sheet.js";
import { shownStage, StageSlider } from "./stageSlider.js";

const BYTE = 255;
const ACROSS = 9; // pictures in a row

/** @param {{source: import("./newestFrames.js").OneSource, preview: import("./points.js").Preview}} props */
export function GeneratedPictures({ source, preview }) {
  const frame = useNewestFrame(source);
  const [stage, setStage] = useState(/** @type {number | null} */ (null));
  const sheet = useMemo(() => {
    if (!frame) return null;
    const { way } = frame.arrays;
    const { data, shape } = at(way, shownStage(stage, way.shape[0]));
    return sheetOf(data, shape, ACROSS);
  }, [frame, stage]);
  if (!frame || !sheet) return null;
  const { times, most } = /** @type {{times: number[], most: number}} */ (frame.about);
  return h(
    "figure",
    { class: "latent-plane" },
    h(
      "figcaption",
      { class: "quiet" },
      t("views", "Drawn from the same noise for the whole run, by averaged weights where they are averaged"),
    ),
    h(Picture, { ...sheet, light: { white: BYTE, paper: onPaper(preview) } }),
    times.length > 1 && h(StageSlider, { times, most, chosen: stage, onInput: setStage }),
  );
}
