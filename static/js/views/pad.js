/** A pad to draw a picture on: what the network sees of it, and what it answers while one draws. */

import { h } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { formatDuration, formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Slider, Toggle } from "../ui/controls.js";
import { Board } from "./board.js";
import { Colours, coloursOf } from "./colours.js";
import { VIEWS } from "./index.js";
import { DrawingTools, useDrawing } from "./ownDrawing.js";
import { onPaper, Picture } from "./pictures.js";
import { Shifter } from "./shift.js";
import { Placed } from "./view.js";

/** @typedef {import("./brush.js").Stroke} Stroke */
/** @typedef {import("./points.js").Preview} Preview */

/** How long answers took, from the touch to the painted bars, in milliseconds. @type {number[]} */
const waits = [];

/**
 * @param {object} props
 * @param {Preview} props.preview
 * @param {import("./asking.js").Asking} props.asking
 * @param {any} props.run the run of this network; null where there is none
 * @param {import("../api/parts.js").Part | undefined} props.task
 * @param {string[]} props.probes those that fit the document
 */
export function Pad({ preview, task, probes, asking, run }) {
  const paper = onPaper(preview);
  const [colour, setColour] = useState(0);
  const [centred, setCentred] = useState(paper);
  const [shift, setShift] = useState(/** @type {import("./shift.js").Shift} */ ([0, 0]));
  const drawing = useDrawing(preview, { centred, shift, ground: paper ? null : 0 });
  const { shape, drawn, pixels, usual } = drawing;
  const [width, setWidth] = useState(drawing.width);
  const colours = coloursOf(shape[0], paper);
  const since = useRef(/** @type {number | undefined} */ (undefined));
  const empty = drawing.empty && !(drawn.ground && shift.some(Boolean));
  useEffect(() => {
    const title = t("views", "your drawing");
    if (!empty) asking.choose({ levels: pixels, shape, title, paper, own: true, since: since.current });
    else if (asking.sample.peek()?.own) asking.choose(null);
  }, [pixels]);
  const answer = asking.answer.value?.sample.own ? asking.answer.value : null;
  const milliseconds = useWait(answer);
  /** @param {Stroke[]} strokes @param {number} at */
  const take = (strokes, at) => {
    since.current = at;
    drawing.take(strokes);
  };
  const undo = () => ((since.current = undefined), drawing.undo());
  const begin = () => (setShift([0, 0]), drawing.begin());
  const clear = () => (setShift([0, 0]), drawing.clear());
  return h(
    "section",
    { class: "pad", "aria-label": t("views", "Drawing pad"), "data-milliseconds": milliseconds?.toFixed(1) },
    h(
      "div",
      { class: "pad-top" },
      h(Board, {
        strokes: drawn.strokes,
        shape,
        ground: drawn.ground,
        paper,
        brush: { width, colour: colours[colour].levels },
        onStrokes: take,
        onUndo: undo,
      }),
      h(Placed, { views: VIEWS, place: "drawing", frames: answer?.frames ?? {}, preview, task, probes, answer }),
    ),
    h(
      "div",
      { class: "pad-tools" },
      h(Colours, { colours, chosen: colour, onChoose: setColour, shape, paper }),
      h(DrawingTools, { drawing, onBegin: begin, onClear: clear, onUndo: undo }),
    ),
    h(
      "div",
      { class: "pad-answer" },
      h(
        "figure",
        { class: "pad-seen" },
        h(Picture, { levels: pixels, shape, light: { white: 1, paper } }),
        h("figcaption", null, t("views", "what it sees")),
      ),
      h(
        "div",
        { class: "form" },
        h(Slider, {
          label: t("views", "Width of the brush"),
          value: width,
          min: 0.5,
          max: Math.round(Math.max(shape[1], shape[2]) / 2),
          step: 0.1,
          unit: "px",
          onInput: (value) => setWidth(Math.max(0.1, value)),
        }),
        usual &&
          !drawn.ground &&
          h(Toggle, {
            label: t("views", "Centre it"),
            help: t("views", "Stretches and moves the drawing to lie on its picture as those of the dataset do. Switch it off to see how much a network minds where things are."), // prettier-ignore
            value: centred,
            onInput: setCentred,
          }),
        h(Shifter, { shift, onShift: (by) => ((since.current = performance.now()), setShift(by)) }),
      ),
    ),
    h("p", { class: "quiet pad-state" }, stateOf({ empty, run, answer, trouble: asking.trouble.value })),
  );
}

/** What the pad says of itself. @param {{empty: boolean, run: any, answer: any, trouble: string}} now */
function stateOf({ empty, run, answer, trouble }) {
  if (!run) return t("views", "This network has not been trained yet. Train it: it answers as soon as its first state is saved."); // prettier-ignore
  if (run.checkpoint.value === null) return t("views", "No state of this network is saved yet; the first comes after a few steps."); // prettier-ignore
  if (trouble) return trouble;
  if (empty || !answer) return t("views", "Draw here. Every layer answers while you draw.");
  const step = formatNumber(answer.step);
  if (waits.length < FEW) return t("views", "Answered by the network of step {step}.", { step });
  return t("views", "Answered by the network of step {step}, in {time}.", { step, time: formatDuration(middle(waits) / 1000) }); // prettier-ignore
}

const FEW = 5; // answers before their usual time is told
const MOST = 101; // answers of which the usual time is taken

/** The usual time from a touch to its painted answer. @param {import("./asking.js").Answer | null} answer */
function useWait(answer) {
  const [told, setTold] = useState(/** @type {number | undefined} */ (undefined));
  const last = useRef(/** @type {number | undefined} */ (undefined));
  useLayoutEffect(() => {
    const since = answer?.sample.since;
    if (since === undefined || since === last.current) return;
    last.current = since;
    requestAnimationFrame(() => {
      waits.push(performance.now() - since);
      if (waits.length > MOST) waits.shift();
      setTold(middle(waits));
    });
  }, [answer]);
  return told;
}

/** @param {number[]} values */
const middle = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
