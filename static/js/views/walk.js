/** A walk through the samples of a split: worst first, most confidently wrong first, or in order; any can be looked at. */

import { h } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { get } from "../api/client.js";
import { partOf } from "../api/parts.js";
import { sizesOf } from "../api/shapes.js";
import { t } from "../i18n/t.js";
import { Button, IconButton, SegmentedControl } from "../ui/controls.js";
import { Face, levelsOf } from "./faces.js";
import { onPaper } from "./pictures.js";
import { isPicture, learnedOf } from "./points.js";
import { sealOf } from "./sealed.js";
import { hear, HearingNote } from "./sound.js";
import { cellWords, orderTitle, placeOf, shortOf, splitTitle, wordsOf } from "./walkWords.js";

/** @typedef {import("./points.js").Preview} Preview */
/** A cell of the confusion matrix: numbers of classes. @typedef {{truth: number, answer: number}} Cell */
/** @typedef {import("./faces.js").Answered} Answered */
/** @typedef {{step: number, total: number, samples: Answered[]}} Page */

const PAGE = 24; // samples
const SPLITS = ["validation", "train", "test"];
const ORDERS = ["worst", "sure", "rows"];

/**
 * @param {object} props
 * @param {Preview} props.preview
 * @param {any} props.experiment
 * @param {any} props.run the run of this network; null where there is none
 * @param {import("./asking.js").Asking} props.asking
 * @param {Cell | null} props.cell only these samples
 * @param {(cell: Cell | null) => void} props.onCell
 */
export function Walk({ preview, experiment, run, asking, cell, onCell }) {
  const held = SPLITS.filter((split) => preview.split.includes(["train", "validation", "test"].indexOf(split)));
  const [split, setSplit] = useState(held[0]);
  const [order, setOrder] = useState("worst");
  const [offset, setOffset] = useState(0);
  const { target, predicts } = partOf("tasks", experiment?.task?.kind) ?? {};
  const classes = learnedOf(preview) === "classes" && target === "classes";
  const seal = sealOf(run, experiment?.dataset);
  const sealed = split === "test" && !seal.open;
  const { page, trouble } = usePage(sealed ? null : run, { split, order, offset, cell });
  const shown = page?.samples ?? [];
  useEffect(() => setOffset(0), [split, order, cell]);
  const last = Math.max(0, Math.floor(((page?.total ?? 1) - 1) / PAGE) * PAGE);
  const go = (/** @type {number} */ to) => setOffset(Math.min(last, Math.max(0, to)));
  /** @param {Answered} sample */
  const choose = (sample) => {
    hear(preview, sample.raw.flat(2));
    if (predicts === false) return;
    asking.choose({
      levels: levelsOf(sample, preview),
      shape: sizesOf(preview.shape),
      paper: isPicture(preview) ? onPaper(preview) : undefined,
      row: sample.row,
      title: t("views", "sample {row}", { row: String(sample.row) }),
    });
  };
  const chosen = asking.sample.value?.row;
  return h(
    "section",
    { class: "walk", "aria-label": t("views", "Samples with their answers") },
    h(
      "div",
      { class: "walk-choices" },
      h(SegmentedControl, {
        label: t("views", "Split"),
        bare: true,
        value: split,
        options: held.map((value) => ({ value, title: splitTitle(value) })),
        onInput: setSplit,
      }),
      h(SegmentedControl, {
        label: t("views", "Order"),
        bare: true,
        value: order,
        options: ORDERS.filter((value) => classes || value !== "sure").map((value) => ({ value, title: orderTitle(value, learnedOf(preview) === "masks") })), // prettier-ignore
        onInput: setOrder,
      }),
    ),
    cell &&
      h(
        "p",
        { class: "walk-cell" },
        h("span", null, cellWords(preview.classes, cell)),
        h(IconButton, { icon: "close", look: "quiet", label: t("views", "Show all samples again"), onClick: () => onCell(null) }), // prettier-ignore
      ),
    h(HearingNote, { preview }),
    sealed && h(Sealed, { open: seal.breakSeal }),
    !sealed && !page && h("p", { class: "quiet" }, trouble || waitingFor(run)),
    page &&
      !sealed &&
      h(Grid, { samples: shown, preview, chosen, choose, turn: (/** @type {number} */ by) => go(offset + by * PAGE) }),
    page &&
      !sealed &&
      h(
        "div",
        { class: "walk-pages" },
        h(IconButton, { icon: "left", look: "quiet", label: t("views", "Previous samples"), disabled: offset === 0, onClick: () => go(offset - PAGE) }), // prettier-ignore
        h("span", { role: "status" }, placeOf(page, offset, shown.length)),
        h(IconButton, { icon: "right", look: "quiet", label: t("views", "Next samples"), disabled: offset >= last, onClick: () => go(offset + PAGE) }), // prettier-ignore
      ),
  );
}

/** A page of answers, asked again when a newer state of the network is saved.
 * @param {any} run @param {{split: string, order: string, offset: number, cell: Cell | null}} wish */
function usePage(run, { split, order, offset, cell }) {
  const [page, setPage] = useState(/** @type {Page | null} */ (null));
  const [trouble, setTrouble] = useState("");
  const saved = run?.checkpoint.value ?? null;
  useEffect(() => {
    setPage(null);
  }, [run?.id, split]);
  useEffect(() => {
    if (!run || saved === null) return undefined;
    const own = new AbortController();
    const query = new URLSearchParams({ split, order, offset: String(offset), limit: String(PAGE) });
    if (cell) for (const [name, number] of Object.entries(cell)) query.set(name, String(number));
    get(`/api/runs/${encodeURIComponent(run.id)}/answers?${query}`, { signal: own.signal }).then(
      (answer) => !own.signal.aborted && (setPage(answer), setTrouble("")),
      (problem) => own.signal.aborted || setTrouble(problem.message),
    );
    return () => own.abort();
  }, [run?.id, saved, split, order, offset, cell]);
  return { page, trouble };
}

/** The samples, one tab stop; arrows go from one to the next, Page Up and Page Down turn the page.
 * @param {{samples: Answered[], preview: Preview, chosen?: number, choose: (sample: Answered) => unknown, turn: (by: number) => void}} props */
function Grid({ samples, preview, chosen, choose, turn }) {
  const grid = useRef(/** @type {HTMLDivElement | null} */ (null));
  const [at, setAt] = useState(0);
  const stop = Math.min(at, samples.length - 1);
  /** @param {KeyboardEvent} event */
  const move = (event) => {
    const cells = [.../** @type {HTMLElement} */ (grid.current).querySelectorAll("button")];
    const across = cells.filter((cell) => cell.offsetTop === cells[0]?.offsetTop).length;
    const by = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -across, ArrowDown: across, Home: -stop, End: cells.length }[event.key]; // prettier-ignore
    const page = { PageUp: -1, PageDown: 1 }[event.key];
    if (by === undefined && page === undefined) return;
    event.preventDefault();
    if (page !== undefined) return turn(page);
    const next = Math.min(cells.length - 1, Math.max(0, stop + Number(by)));
    setAt(next);
    cells[next]?.focus();
  };
  if (samples.length === 0) return h("p", { class: "quiet" }, t("views", "There are no such samples."));
  return h(
    "div",
    { class: "walk-grid", ref: grid, role: "group", "aria-label": t("views", "Samples"), onKeyDown: move },
    samples.map((sample, number) =>
      h(
        "button",
        {
          key: sample.row,
          type: "button",
          class: `walk-sample${isWrong(sample) ? " wrong" : ""}${sample.row === chosen ? " chosen" : ""}`,
          tabIndex: number === stop ? 0 : -1,
          "aria-pressed": sample.row === chosen,
          title: wordsOf(sample, preview),
          onClick: () => (setAt(number), choose(sample)),
        },
        h(Face, { sample, preview }),
        h(
          "span",
          { class: "walk-answer" },
          shortOf(sample, preview).map((line, at) => h(at ? "small" : "span", { key: at }, line)),
        ),
      ),
    ),
  );
}

/** @param {{open: () => void}} props */
function Sealed({ open }) {
  return h(
    "div",
    { class: "walk-sealed" },
    h("p", null, t("views", "The test samples are sealed. Looking at them is an opening, and it is counted.")),
    h(Button, { onClick: open }, t("views", "Open the test set")),
  );
}

/** @param {any} run */
function waitingFor(run) {
  if (!run) return t("views", "Train the network first: its answers to all samples are shown here.");
  if (run.checkpoint.value === null) return t("views", "No state of this network is saved yet; the first comes after a few steps."); // prettier-ignore
  return t("views", "The samples are being answered.");
}

/** @param {Answered} sample */
const isWrong = (sample) => !sample.drawn && Number.isInteger(sample.answer) && sample.answer !== sample.truth;
