/** A drawing of one's own: its strokes, what they are drawn on, and the pixels that a network sees of it. */

import { h } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { sizesOf } from "../api/shapes.js";
import { t } from "../i18n/t.js";
import { Button, IconButton } from "../ui/controls.js";
import { ProblemList } from "../ui/field.js";
import { nested } from "./asking.js";
import { Board } from "./board.js";
import { pixelsOf, usualOf } from "./brush.js";
import { coloursOf } from "./colours.js";
import { onPaper } from "./pictures.js";
import { shifted } from "./shift.js";

/** @typedef {import("./brush.js").Stroke} Stroke */
/** @typedef {import("./points.js").Preview} Preview */
/** `before` is what was cleared away. @typedef {{strokes: Stroke[], ground: number[] | null, before?: Drawn}} Drawn */
/** @typedef {ReturnType<typeof useDrawing>} Drawing */

const THICK = 0.15; // of the side of a picture: the width a brush begins with
const WHITE = 255; // of a preview

const UNMOVED = /** @type {import("./shift.js").Shift} */ ([0, 0]);

/** Drawings outlive their boards, while the page lasts; one for each kind of picture and use. @type {Map<string, Drawn>} */
const kept = new Map();

/** @param {Preview} preview @param {{use?: string, centred?: boolean, shift?: import("./shift.js").Shift,
 *   ground?: number | null}} [how] `use` tells drawings of one page apart, `ground` is the sample to begin on, if any */
export function useDrawing(preview, { use = "", centred = true, shift = UNMOVED, ground = null } = {}) {
  const [shape, paper] = [sizesOf(preview.shape), onPaper(preview)];
  const key = `${shape.join("×")} ${preview.classes.join()} ${use}`;
  const first = { strokes: [], ground: ground === null ? null : groundOf(preview, ground) };
  const [drawn, setDrawn] = useState(/** @type {Drawn} */ (kept.get(key) ?? first));
  const [turn, setTurn] = useState(0);
  const usual = useMemo(() => (paper ? usualOf(preview.raw, shape, WHITE) : null), [preview]);
  const pixels = useMemo(
    () =>
      shifted(pixelsOf(drawn.strokes, shape, { ground: drawn.ground, usual: centred ? usual : null }), shape, shift),
    [drawn, centred, usual, shift],
  );
  const empty = drawn.strokes.length === 0;
  useEffect(() => void kept.set(key, drawn), [drawn]);
  /** @param {Stroke[]} strokes */
  const take = (strokes) => setDrawn({ ...drawn, strokes });
  return {
    shape,
    paper,
    drawn,
    usual,
    pixels,
    empty,
    width: Number((Math.max(shape[1], shape[2]) * THICK).toPrecision(2)),
    take,
    undo: () => (empty && drawn.before ? setDrawn(drawn.before) : take(drawn.strokes.slice(0, -1))),
    /** The next sample of the data as the ground. */
    begin: () => (setTurn(turn + 1), setDrawn({ strokes: [], ground: groundOf(preview, turn), before: drawn })),
    clear: () => setDrawn({ strokes: [], ground: null, before: drawn }),
  };
}

/** What can be done to a drawing beside drawing. @param {{drawing: Drawing, onBegin?: () => void, onClear?: () => void,
 *   onUndo?: () => void}} props */
export function DrawingTools({ drawing, onBegin = drawing.begin, onClear = drawing.clear, onUndo = drawing.undo }) {
  const { empty, drawn } = drawing;
  return [
    h(IconButton, { icon: "undo", look: "quiet", disabled: empty && !drawn.before, onClick: onUndo, label: t("views", "Undo") }), // prettier-ignore
    h(IconButton, { icon: "trash", look: "quiet", disabled: empty && !drawn.ground, onClick: onClear, label: t("views", "Clear") }), // prettier-ignore
    h(Button, { look: "quiet", onClick: onBegin, title: t("views", "Draw on a sample of the dataset") }, t("views", "From a sample")), // prettier-ignore
  ];
}

/** A board with its tools, as the value of a setting.
 * @param {{label: string, help: string, name: string, preview: Preview, problems: import("../api/client.js").Problem[],
 *   set: (sample: number[][][]) => void}} props `set` is given no rows while nothing is drawn */
export function DrawingField({ label, help, name, preview, problems, set }) {
  const drawing = useDrawing(preview, { use: name });
  const { shape, paper, drawn, pixels, width } = drawing;
  const blank = drawing.empty && !drawn.ground;
  useEffect(() => set(blank ? [] : nested(pixels, shape)), [pixels]);
  return h(
    "fieldset",
    { class: "drawing-field" },
    h("legend", null, label),
    h(Board, {
      strokes: drawn.strokes,
      shape,
      ground: drawn.ground,
      paper,
      brush: { width, colour: coloursOf(shape[0], paper)[0].levels },
      onStrokes: drawing.take,
      onUndo: drawing.undo,
    }),
    h("div", { class: "pad-tools" }, h(DrawingTools, { drawing })),
    blank && h("p", { class: "quiet" }, help),
    h(ProblemList, { problems }),
  );
}

/** @param {Preview} preview @param {number} at @returns {number[]} levels 0..1 */
const groundOf = (preview, at) => preview.raw[at % preview.raw.length].flat(2).map((level) => level / WHITE);
