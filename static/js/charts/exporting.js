/** Takes the curves away: as numbers, as a drawing, as a picture. */

import { h } from "preact";
import { t } from "../i18n/t.js";
import { Button } from "../ui/controls.js";
import { note } from "../ui/live.js";
import { Popover } from "../ui/popover.js";
import { saveFile } from "../ui/save.js";
import { chartAsCsv } from "./csv.js";
import { colours, roomFor } from "./options.js";
import { range } from "./plot.js";
import { chartAsSvg } from "./svg.js";

/** @typedef {import("./plot.js").Plot} Plot */

const SHARPNESS = 2; // pixels of the picture for each of the page

/** @param {{plot: () => Plot | null, runs: {id: string, title: string}[]}} props */
export function ExportMenu({ plot, runs }) {
  return h(Popover, {
    label: t("charts", "Take the curves away"),
    class: "export-menu",
    trigger: (attributes) => h(Button, { look: "quiet", attributes }, t("charts", "Export"), " ▾"),
    children: (/** @type {() => void} */ close) => {
      /** @param {(plot: Plot) => void} take */
      const taking = (take) => () => {
        const shown = plot();
        if (shown) take(shown);
        close();
      };
      return [
        h(Button, { look: "quiet", onClick: taking(saveSvg) }, t("charts", "Drawing (SVG)")),
        h(Button, { look: "quiet", onClick: taking(savePng) }, t("charts", "Picture (PNG)")),
        h(Button, { look: "quiet", onClick: taking(saveCsv) }, t("charts", "These curves (CSV)")),
        runs.map(({ id, title }) =>
          h(
            "a",
            {
              key: id,
              class: "button quiet",
              href: `/api/runs/${id}/metrics.csv`,
              download: "",
              onClick: () => close(),
            },
            runs.length > 1 ? t("charts", "Numbers of {title} (CSV)", { title }) : t("charts", "All numbers (CSV)"),
          ),
        ),
      ];
    },
  });
}

/** @param {Plot} plot */
function saveSvg(plot) {
  saveFile(new Blob([drawing(plot)], { type: "image/svg+xml" }), "curves.svg");
}

/** @param {Plot} plot */
function saveCsv(plot) {
  saveFile(new Blob([chartAsCsv(plot.chart)], { type: "text/csv" }), "curves.csv");
}

/** @param {Plot} plot */
function savePng(plot) {
  const picture = new Image();
  picture.onload = () => {
    const canvas = document.createElement("canvas");
    canvas.width = picture.width * SHARPNESS;
    canvas.height = picture.height * SHARPNESS;
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => blob && saveFile(blob, "curves.png"));
  };
  picture.onerror = () => note(t("charts", "This browser cannot make a picture of it. The drawing (SVG) works."));
  picture.src = `data:image/svg+xml,${encodeURIComponent(drawing(plot))}`;
}

/** @param {Plot} plot */
function drawing(plot) {
  const { width, height } = plot.root.getBoundingClientRect();
  return chartAsSvg(plot.chart, {
    range: range(plot),
    width: Math.round(width),
    height: Math.round(Math.max(height, 240)),
    names: roomFor(plot.chart.traces, width),
    colour: colours(plot.root),
    font: getComputedStyle(plot.root).fontFamily,
  });
}
