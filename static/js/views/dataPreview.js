/** What a dataset looks like before anything is trained: points by split, rows of a table, or pictures.
 * One file, though long: each kind of sample has a few lines. */

import { h } from "preact";
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { sizesOf } from "../api/shapes.js";
import { classColour, onTheme } from "../canvas/colour.js";
import { sharp } from "../canvas/heatmap.js";
import { formatNumber, formatPercent } from "../i18n/numbers.js";
import { dataName } from "../i18n/dataNames.js";
import { t } from "../i18n/t.js";
import { DataTable, MOST } from "./dataTable.js";
import { LineView } from "./lineView.js";
import { className, SIGNS } from "./marks.js";
import { drawPoints, isPicture, isSeries } from "./points.js";
import { Masked } from "./masked.js";
import { onPaper, Picture } from "./pictures.js";
import { gridOf } from "./samples.js";
import { Heard } from "./sound.js";
import { rangeOf, Strip } from "./strip.js";
import { hasTokens, TokenStrip } from "./tokenStrip.js";

/** @typedef {import("./points.js").Preview} Preview */

const ALL = new Set([0, 1, 2]);
const OF_CLASS = 5; // series of each class

/** @param {{preview: Preview}} props */
export function DataPreview({ preview }) {
  if (isPicture(preview)) return h(Pictures, { preview });
  if (isSeries(preview)) return h(Strips, { preview });
  if (hasTokens(preview)) return h(Tokens, { preview });
  if (preview.group === "line") return h(LineView, { source: null, preview, splits: ALL });
  if (preview.range && preview.raw[0]?.length === 2) return h(Points, { preview });
  return h(Table, { preview });
}

/** @param {{preview: Preview}} props */
function Points({ preview }) {
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const draw = () => {
    if (!canvas.current) return;
    const size = canvas.current.clientWidth;
    drawPoints(sharp(canvas.current, size, size), { x: 0, y: 0, half: 6 }, size, preview, { splits: ALL });
  };
  useLayoutEffect(draw, [preview]);
  useLayoutEffect(() => onTheme(draw), [preview]);
  const label = t("views", "{count} samples on the plane", { count: String(preview.size) });
  return h(
    "div",
    null,
    h("canvas", { ref: canvas, class: "data-plane", role: "img", "aria-label": label }),
    h("p", { class: "data-legend" }, [
      h("span", { key: "train" }, t("views", "filled: train")),
      h("span", { key: "validation" }, t("views", "hollow: validation")),
      h("span", { key: "test" }, t("views", "dark ring: test")),
    ]),
  );
}

/** @param {{preview: Preview}} props */
function Table({ preview }) {
  const named = preview.classes.length > 0;
  const rows = preview.raw.slice(0, MOST).map((row, at) => {
    const target = preview.targets[at];
    return [
      h(
        "td",
        { key: "target" },
        named && h("i", { class: `sign class-${target % 10}`, "aria-hidden": "true" }, SIGNS[target % 10]),
        named ? className(preview.classes, target) : formatNumber(target),
      ),
      row.map((value, column) => h("td", { key: column }, formatNumber(value))),
    ];
  });
  const titles = [t("views", "target"), ...preview.names.map(dataName)];
  return h(DataTable, { titles, rows, splits: preview.split });
}

/** @param {{preview: Preview}} props */
function Pictures({ preview }) {
  const { classes, targets } = preview;
  const shape = sizesOf(preview.shape);
  const light = { white: 255, paper: onPaper(preview) };
  const masks = useMemo(() => targets.map((target) => (Array.isArray(target) ? target.flat() : null)), [preview]);
  return h(
    "div",
    { class: `picture-grid few ${gridOf(preview)}`, tabIndex: 0, role: "region", "aria-label": t("views", "Samples") },
    preview.raw.map((levels, at) => {
      const mask = masks[at];
      if (mask) {
        const named = [...new Set(mask)].map((number) => className(classes, number)).join(t("views", ", "));
        return h(
          "figure",
          { key: at, class: "picture-answer masked", title: named },
          h(Masked, { levels, shape, light, truth: mask, predicted: mask, classes }),
        );
      }
      return h(
        "figure",
        { key: at, class: "picture-answer" },
        h(Picture, { levels, shape, light }),
        h("figcaption", null, className(classes, targets[at]) || formatNumber(targets[at])),
      );
    }),
  );
}

/** Rows of tokens, each with its target.
 * @param {{preview: Preview}} props */
function Tokens({ preview }) {
  const { classes, targets } = preview;
  return h(
    "div",
    { class: "token-rows", tabIndex: 0, role: "region", "aria-label": t("views", "Samples") },
    preview.tokenizer && h(Learned, preview.tokenizer),
    preview.raw
      .slice(0, MOST)
      .map((tokens, at) =>
        h(
          "figure",
          { key: at },
          classes.length > 0 &&
            !Array.isArray(targets[at]) &&
            h(
              "figcaption",
              null,
              h("i", { class: `sign class-${targets[at] % 10}`, "aria-hidden": "true" }, SIGNS[targets[at] % 10]),
              className(classes, targets[at]),
            ),
          h(TokenStrip, { tokens, preview, ...tagged(preview, at) }),
          h(Translation, { preview, at }),
        ),
      ),
  );
}

/** What is to be written for a row, where that has tokens of its own. @param {{preview: Preview, at: number}} props */
function Translation({ preview, at }) {
  const vocabulary = preview.target_vocabulary ?? [];
  const tokens = /** @type {any} */ (preview.targets[at]);
  if (vocabulary.length === 0 || !Array.isArray(tokens)) return null;
  return h("span", null, "→ ", h(TokenStrip, { tokens, preview: { ...preview, vocabulary } }));
}

/** What was learned to cut the text by. @param {NonNullable<Preview["tokenizer"]>} props */
function Learned({ size, letters, unknown }) {
  return h(
    "p",
    { class: "fine" },
    t("views", "{size} tokens were learned; one has {letters} characters on average. Unknown (<unk>): {share}.", {
      size: formatNumber(size),
      letters: formatNumber(letters, 3),
      share: formatPercent(unknown, 2),
    }),
  );
}

/** The labels at the places of a row, as colours and words; nothing where a row has one target or none.
 * @param {Preview} preview @param {number} at */
function tagged({ classes, targets }, at) {
  const tags = /** @type {any} */ (targets[at]);
  if (!Array.isArray(tags) || classes.length === 0) return {};
  return {
    colours: tags.map((tag) => `color-mix(in srgb, ${classColour(tag)} 35%, transparent)`),
    titles: tags.map((tag) => className(classes, tag)),
  };
}

/** A few series of each class, so that one can see what tells them apart.
 * @param {{preview: Preview}} props */
function Strips({ preview }) {
  const { classes, targets } = preview;
  const shape = sizesOf(preview.shape);
  const range = rangeOf(preview);
  const lists = useMemo(() => preview.raw.map((levels) => levels.flat()), [preview]);
  return h(
    "div",
    { class: "strip-classes", tabIndex: 0, role: "region", "aria-label": t("views", "Samples") },
    classes.length === 0 &&
      lists
        .slice(0, 2 * OF_CLASS)
        .map((levels, at) =>
          h(
            "figure",
            { key: at },
            h(Strip, { levels, shape, range }),
            h("figcaption", null, t("views", "target {number}", { number: formatNumber(targets[at]) })),
          ),
        ),
    classes.map((_, number) =>
      h(
        "figure",
        { key: number },
        h(
          "figcaption",
          null,
          h("i", { class: `sign class-${number % 10}`, "aria-hidden": "true" }, SIGNS[number % 10]),
          className(classes, number),
        ),
        lists
          .filter((_, at) => targets[at] === number)
          .slice(0, OF_CLASS)
          .map((levels, at) =>
            h(Heard, { key: at, preview, levels, strip: h(Strip, { levels, shape, range, own: number }) }),
          ),
      ),
    ),
  );
}
