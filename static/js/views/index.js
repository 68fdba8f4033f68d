/** Every view, in the order in which they stand on the page. A new one is a file and a line here. */

import { lazy } from "../ui/lazy.js";
import { gradientFlow, updateRatio, weightHistograms } from "./bars.js";
import { confusion } from "./confusion.js";
import { lineView } from "./lineView.js";
import { maskAnswer } from "./maskAnswer.js";
import { maskView } from "./masks.js";
import { drawnToOrder } from "./drawnToOrder.js";
import { planeView } from "./planeView.js";
import { drawnAgain, reconstructions } from "./reconstructions.js";
import { predictedTrue, sampleAnswers } from "./samples.js";
import { drawingShares } from "./shares.js";

/** @typedef {import("./view.js").View} View */

/** A component that is fetched when it is first drawn. @param {string} name of it in `pages/seldom.js` */
const seldom = (name) => lazy(() => import("../pages/seldom.js").then((module) => /** @type {any} */ (module)[name]));

/** @type {View[]} */
export const VIEWS = [
  lineView,
  planeView,
  { probe: "generated_points", place: "overview", component: seldom("GeneratedPoints") },
  { probe: "denoising", place: "overview", component: seldom("Denoising") },
  maskView,
  reconstructions,
  drawnToOrder,
  { probe: "generated_pictures", place: "result", component: seldom("GeneratedPictures") },
  { probe: "latent_plane", place: "result", component: seldom("LatentPlane") },
  { probe: "examined", place: "result", component: seldom("Examined") },
  { probe: "continuation", place: "result", component: seldom("Continuation") },
  { probe: "written", place: "result", component: seldom("Written") },
  { probe: "translations", place: "result", component: seldom("Translations") },
  { probe: "fills", place: "result", component: seldom("Fills") },
  { probe: "attention", place: "result", component: seldom("Attention") },
  { probe: "memory", place: "below", component: seldom("Memory") },
  { probe: "right_by_length", place: "result", component: seldom("RightByLength") },
  { probe: "tags_given", place: "result", component: seldom("TagsGiven") },
  confusion,
  predictedTrue,
  { probe: "states", place: "result", component: seldom("States") },
  { probe: "gates", place: "result", component: seldom("Gates") },
  sampleAnswers,
  drawingShares,
  drawnAgain,
  maskAnswer,
  gradientFlow,
  updateRatio,
  weightHistograms,
  { probe: "scores", place: "curves", title: "D's scores", component: seldom("Scores") },
  {
    probe: "",
    place: "curves",
    fits: ({ task }) => task?.target === "tokens",
    title: "Cost",
    component: seldom("Cost"),
  },
  { probe: "surface", place: "network", counted: { axis: 0, of: "numbers" } },
  { probe: "weights", place: "network" },
  { probe: "activations", place: "network", counted: { axis: 1, of: "numbers" } },
  { probe: "feature_maps", place: "network", counted: { axis: 1, of: "channels" } },
];
