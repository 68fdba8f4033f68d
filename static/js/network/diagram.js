/** The stack of layers is the diagram: cards, neurons and wires of the network that is built and trained.
 * One file, though long: it joins what the others draw. */

import { useSignal } from "@preact/signals";
import { h } from "preact";
import { useEffect, useId, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import { networkTitle } from "../api/parts.js";
import { isImage, numbersOf, sidesOf, written } from "../api/shapes.js";
import { dataName, namesAreOwn } from "../i18n/dataNames.js";
import { language, t } from "../i18n/t.js";
import { framesOf } from "../views/newestFrames.js";
import { Cards } from "./cards.js";
import { trainOf } from "./cars.js";
import { fedBy, lastOf } from "./fed.js";
import { useDrag } from "./drag.js";
import { columnsIn, isUnrolled, layersIn, toggled } from "./folding.js";
import { Blocks } from "./blocks.js";
import { Gaps } from "./gaps.js";
import { layOut } from "./layout.js";
import { Neurons } from "./neurons.js";
import { answersOf } from "./names.js";
import { OpenCard, opened, placeOfOpen, WeightEditor } from "./openCard.js";
import { usePinned } from "./pinned.js";
import { usePointer } from "./pointer.js";
import { arrivingOf, inputShape } from "./fromReport.js";
import { Route } from "./route.js";
import { drawnIn } from "./sameNetwork.js";
import { useSetting } from "./setting.js";
import { Summary, useRoom } from "./summary.js";
import { Unrolled } from "./unrolled.js";
import { useKeys } from "./useKeys.js";
import { usePicture } from "./usePicture.js";

/** @typedef {import("./cars.js").Car} Car */
/** @typedef {import("./wires.js").Neuron} Neuron */
/** @typedef {{path: string, index: number[], value: number}} WeightSet `path` is the parameter's, `…/layers/0/weight` */
/**
 * @typedef {object} DiagramProps
 * @property {string} name of the network
 * @property {string} [from] the network whose answer it reads, where that is not the data
 * @property {boolean} [apart] whether it is given something else than the samples, as frames tell
 * @property {any} [title] where there are several
 * @property {boolean} [still] whether it does not learn, now or ever
 * @property {string[]} [classes] the classes that it tells apart, as the data name them
 * @property {any} report the answer of the checker; null before the first
 * @property {Record<string, import("./cars.js").Entry[]>} told what is known of the layers of each network
 * @property {any} experiment the document
 * @property {any} parts the answer of /api/parts, or its families
 * @property {import("../views/newestFrames.js").FrameSource} frames newest frame of each probe, or a signal of it
 * @property {any} [preview] of the dataset: shape and names of the inputs
 * @property {string | null} selected place of the selected car, `/networks/main/layers/0`
 * @property {(place: string | null) => void} onSelect
 * @property {(edits: import("./edits.js").Edit[]) => void} onEdit
 * @property {(place: string, anchor: Element) => void} onInsert a layer is wanted at this place of the document
 * @property {(weight: WeightSet) => void} [onSetWeight] left out where weights cannot be set
 * @property {number} [sample] place in the probe's list of samples
 * @property {(sample: number) => void} [onSample]
 * @property {(neuron: {path: string, unit: number, name: string} | null) => void} [onPeek] the neuron under the pointer
 */

/** @type {any[]} */
const EMPTY = [];
const DEEP = 24; // a network of more layers is seen as a whole first
const NONE = {};

/** @param {DiagramProps} props */
export function Diagram(props) {
  const { name, report, told, experiment, preview, onPeek, from } = props;
  const onSetWeight = useSetting(props.onSetWeight);
  const network = experiment?.networks?.[name] ?? NONE;
  const entries = told[name] ?? EMPTY;
  const parts = (props.parts?.families ?? props.parts)?.layers ?? EMPTY;
  const plain = /** @type {string[]} */ (from ? EMPTY : (report?.data?.inputs ?? preview?.names ?? EMPTY));
  const ofData = useMemo(() => plain.map(dataName), [plain, language.value, namesAreOwn.value]);
  const ofSample = report?.data?.shape ?? preview?.shape ?? null;
  const data = useMemo(() => inputShape(ofSample), [written(ofSample), language.value]);
  const shape = arrivingOf(entries, data);
  const names = shape === data ? ofData : EMPTY; // noise, or an answer, has none
  const fed = useMemo(() => {
    const feeder = from && experiment?.networks?.[from];
    return feeder ? lastOf(trainOf(`/networks/${from}`, feeder, told[from] ?? EMPTY, parts, data)) : "";
  }, [from, experiment, told, parts, data]);
  const arriving = fed ? `after:${fed}` : props.apart ? `inputs:${name}` : "";
  const drawn = useMemo(() => drawnIn(props.frames), [props.frames]);
  const frames = useMemo(() => (arriving ? fedBy(drawn, arriving, numbersOf(shape)) : drawn), [drawn, arriving, shape]);
  const scroller = useRef(/** @type {HTMLDivElement | null} */ (null));
  const track = useRef(/** @type {HTMLDivElement | null} */ (null));
  const canvas = useRef(/** @type {HTMLCanvasElement | null} */ (null));
  const room = useRoom(scroller);
  const id = useId();
  const [fitting, setFitting] = useState(/** @type {boolean | null} */ (null)); // as the person wants it
  const [open, setOpen] = useState(/** @type {ReadonlySet<string>} */ (new Set()));
  const [editing, setEditing] = useState(/** @type {any} */ (null));
  const [ownSample, setOwnSample] = useState(0);
  const sample = props.sample ?? ownSample;
  const pixel = useSignal(/** @type {import("./planeCard.js").Pixel | null} */ (null));

  const shared = Boolean(props.title);
  const wordy = names.some((name) => name.length > 4);
  const train = useMemo(
    () => trainOf(`/networks/${name}`, network, entries, parts, shape, from && networkTitle(from)),
    [name, network, entries, parts, shape, from, language.value],
  );
  const answers = useMemo(
    () => answersOf(train.output, (props.classes ?? EMPTY).map(dataName)),
    [train, props.classes, language.value, namesAreOwn.value],
  );
  const named = answers.length > 0;
  const fit = fitting ?? layersIn(train.cars) > DEEP;
  const most = fit ? columnsIn(room.width, room.scale) : undefined;
  const layout = useMemo(
    () => layOut(train, { ...room, open, most, wordy, named, shared }),
    [train, room, open, most, wordy, named, shared],
  );
  const picture = useRef(/** @type {ReturnType<typeof import("./picture.js").mountPicture> | null} */ (null));
  const fold = (/** @type {string} */ key) => setOpen(toggled(open, key, layout));
  const close = () => {
    opened.value = null;
    track.current?.focus({ preventScroll: true });
  };
  const press = (/** @type {Car} */ car) => props.onSelect(car.place);
  const openNeuron = (/** @type {Neuron} */ neuron) => {
    const { car } = layout.columns[neuron.column];
    pixel.value = null;
    if (car.role === "input") return;
    if (props.selected) props.onSelect(props.selected); // closes its form
    opened.value = { path: car.path, unit: neuron.unit };
  };
  useEffect(() => () => void (opened.value = null), [network]); // a card never opens by itself
  useLayoutEffect(() => {
    if (props.selected) opened.value = null; // its card would stand where the form does
  }, [props.selected]);
  const drag = useDrag({ layout, document: experiment, track, onEdit: props.onEdit });
  const keys = useKeys({
    ...props,
    layout,
    list: train.list,
    names,
    press,
    fold,
    openNeuron,
    close: () => (opened.value = null),
  });
  const canEdit = Boolean(onSetWeight);
  const watched = { layout, picture, frames, names, sample, track };
  const pointer = usePointer({ ...watched, openNeuron, canEdit, setEditing, onPeek });

  const last = layout.columns[layout.columns.length - 1];
  const card = placeOfOpen(layout, opened.value);
  /** @type {Neuron | null} */
  const lit = card ?? pointer.hovered ?? keys.lit;
  const about = layout.columns.findIndex(({ car }) => car.place === props.selected);
  const scene = { layout, lit, about, sample, picture: isImage(preview?.shape) ? sidesOf(preview.shape) : null };
  usePicture(picture, { canvas, track, frames, train }, scene);

  usePinned({ scroller, track }, layout);
  const refold = (/** @type {boolean} */ wanted) => {
    setOpen(new Set());
    setFitting(wanted);
  };

  const route = h(Route, { train, layout, scroller, id: `${id}-view`, fit, onFit: refold });
  const tight = layout.columns[0].card < 120 * layout.scale;
  return h(
    "div",
    {
      class: `network${tight ? " tight" : ""}${drag.index === null ? "" : " dragging"}${shared ? " several" : ""}${props.still ? " still" : ""}`,
      "data-network": name,
    },
    h("div", { class: "network-head" }, props.title, shared && route, h(Summary, { entries, layout })),
    !shared && route,
    h(
      "div",
      { class: "network-scroll", ref: scroller, id: `${id}-view` },
      h(
        "div",
        {
          class: "network-track",
          ref: track,
          style: {
            width: `${layout.width}px`,
            height: `${layout.height}px`,
          },
          tabIndex: 0,
          role: "application",
          "aria-label": t("network", "Network diagram"),
          "aria-describedby": `${id}-keys`,
          "aria-activedescendant": keys.active(id),
          ...keys.handlers,
          ...pointer.handlers,
        },
        h(Blocks, { layout, fold }),
        h("canvas", {
          ref: canvas,
          class: "network-wires",
          "aria-hidden": "true",
          style: { width: `${layout.width}px`, height: `${layout.height}px` },
        }),
        h(Cards, {
          layout,
          id,
          names,
          report,
          selected: props.selected,
          focused: keys.focused && keys.focused.row < 0 ? keys.focused.column : -1,
          press,
          fold,
          dragged: drag.index,
          ...drag.offset,
          dragOf: drag.of,
          onEdit: props.onEdit,
        }),
        h(Gaps, { layout, dragged: drag.index, target: drag.target, fits: drag.fits, onInsert: props.onInsert }),
        h("div", { class: "network-edge", style: { left: `${last.left - 12}px`, width: `${last.card + 24}px` } }),
        h(Neurons, { layout, id, names, answers, lit, focused: keys.focused, opened: card }),
        layout.columns
          .filter(isUnrolled)
          .map((column) =>
            h(Unrolled, { key: column.key, column, scale: layout.scale, frames: drawn, sample, preview }),
          ),
        !card && pointer.tip,
        card &&
          h(OpenCard, {
            layout,
            place: card,
            frames,
            names,
            sample,
            preview,
            pixel,
            onSample: props.onSample ?? setOwnSample,
            onSetWeight,
            onClose: close,
          }),
        editing &&
          onSetWeight &&
          h(WeightEditor, { key: editing.key, ...editing, frames, onSetWeight, onClose: () => setEditing(null) }),
      ),
    ),
    h(
      "p",
      { class: "spoken-only", id: `${id}-keys` },
      t(
        "network",
        "Left and right go from car to car, up and down through its neurons or planes and on to the next branch. Enter opens. Plus couples a layer in behind a car. U unrolls or unfolds a car, or folds it. Alt with an arrow moves a car, Delete removes it, D doubles it.",
      ),
    ),
    h(
      "p",
      { class: "spoken-only", role: "status" },
      keys.spoken(() => framesOf(frames), sample),
    ),
  );
}
