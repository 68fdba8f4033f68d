/** Every view, in the order in which they stand on the page. A new one is a file and a line here. */

import { lazy } from "../ui/lazy.js";
import { GradientFlow, UpdateRatio, WeightHistograms } from "./bars.js";
import { ConfusionMatrix } from "./confusion.js";
import { DrawnToOrder } from "./drawnToOrder.js";
import { LineView } from "./lineView.js";
import { MaskAnswer } from "./maskAnswer.js";
import { MaskView } from "./masks.js";
import { PlaneView } from "./planeView.js";
import { isPicture, isPlane, isSeries, learnedOf } from "./points.js";
import { DrawnAgain, Reconstructions } from "./reconstructions.js";
import { PredictedTrue, SampleAnswers } from "./samples.js";
import { DrawingShares } from "./shares.js";
import { hasTokens } from "./tokenStrip.js";

/** @typedef {import("./view.js").View} View */
/** @typedef {import("./view.js").Stage} Stage */

/** A component that is fetched when it is first drawn. @param {string} name of it in `pages/seldom.js` */
const seldom = (name) => lazy(() => import("../pages/seldom.js").then((module) => /** @type {any} */ (module)[name]));

/** Whether each sample has one class, which is learned. @param {Stage} stage */
const tellsClasses = ({ preview, task }) => task?.target === "classes" && learnedOf(preview) === "classes";

/** The answer all over the plane. @type {View} */
export const PLANE = {
  probe: "surface",
  place: "overview",
  fits: ({ preview, task }) => isPlane(preview) && task?.target !== "nothing",
  component: PlaneView,
  mistakes: true,
};

/** @type {View[]} */
export const VIEWS = [
  { probe: "surface", place: "overview", fits: ({ preview }) => preview.group === "line", component: LineView },
  PLANE,
  { probe: "generated_points", place: "overview", component: seldom("GeneratedPoints") },
  { probe: "denoising", place: "overview", component: seldom("Denoising") },
  { probe: "masks", place: "result", component: MaskView },
  { probe: "reconstructions", place: "result", component: Reconstructions },
  { probe: "drawn_to_order", place: "result", component: DrawnToOrder },
  { probe: "generated_pictures", place: "result", component: seldom("GeneratedPictures") },
  { probe: "latent_plane", place: "result", component: seldom("LatentPlane") },
  { probe: "codes", place: "result", component: seldom("CodePlane") },
  { probe: "examined", place: "result", component: seldom("Examined") },
  { probe: "continuation", place: "result", component: seldom("Continuation") },
  { probe: "written", place: "result", component: seldom("Written") },
  { probe: "translations", place: "result", component: seldom("Translations") },
  { probe: "fills", place: "result", component: seldom("Fills") },
  { probe: "attention", place: "result", component: seldom("Attention") },
  { probe: "head_roles", place: "result", component: seldom("HeadRoles") },
  { probe: "input_rows", place: "below", component: seldom("InputRows") },
  { probe: "memory", place: "below", component: seldom("Memory") },
  { probe: "right_by_length", place: "result", component: seldom("RightByLength") },
  { probe: "tags_given", place: "result", component: seldom("TagsGiven") },
  { probe: "", place: "result", fits: tellsClasses, component: ConfusionMatrix },
  {
    probe: "activations",
    place: "result",
    fits: ({ preview, task }) => task?.target === "features" && learnedOf(preview) === "numbers",
    component: PredictedTrue,
  },
  { probe: "states", place: "result", component: seldom("States") },
  { probe: "gates", place: "result", component: seldom("Gates") },
  {
    probe: "activations",
    place: "below",
    fits: (stage) =>
      tellsClasses(stage) && (isPicture(stage.preview) || isSeries(stage.preview) || hasTokens(stage.preview)),
    component: SampleAnswers,
  },
  {
    probe: "activations",
    place: "drawing",
    fits: ({ preview, task }) => ["classes", "features"].includes(task?.target ?? "") && learnedOf(preview) !== "masks",
    component: DrawingShares,
  },
  { probe: "reconstructions", place: "drawing", component: DrawnAgain },
  { probe: "masks", place: "drawing", component: MaskAnswer },
  { probe: "", place: "curves", fits: () => true, title: "Gradient flow", component: GradientFlow },
  { probe: "", place: "curves", fits: () => true, title: "Update : weight", component: UpdateRatio },
  { probe: "weights", place: "curves", fits: () => true, title: "Weights", component: WeightHistograms },
  { probe: "scores", place: "curves", title: "D's scores", component: seldom("Scores") },
  {
    probe: "",
    place: "curves",
    fits: ({ task }) => task?.target === "tokens",
    title: "Cost",
    component: seldom("Cost"),
  },
  { probe: "surface", place: "network", as: "plane", counted: { axis: 0, of: "numbers" } },
  { probe: "weights", place: "network", as: "weights" },
  { probe: "activations", place: "network", as: "answers", counted: { axis: 1, of: "numbers" } },
  { probe: "feature_maps", place: "network", as: "maps", counted: { axis: 1, of: "channels" } },
  { probe: "states", place: "network", as: "states" },
  { probe: "gates", place: "network", as: "gates" },
];
