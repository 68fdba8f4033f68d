/** Every view, in the order in which they stand on the page. A new one is a file, which exports it, and a line here. */

import { gradientFlow, updateRatio, weightHistograms } from "./bars.js";
import { attention } from "./attention.js";
import { confusion } from "./confusion.js";
import { cost } from "./cost.js";
import { denoising } from "./denoising.js";
import { examined } from "./examined.js";
import { gates } from "./gates.js";
import { generatedPictures } from "./generatedPictures.js";
import { fills } from "./fills.js";
import { generatedPoints } from "./generatedPoints.js";
import { latentPlane } from "./latentPlane.js";
import { lineView } from "./lineView.js";
import { maskAnswer } from "./maskAnswer.js";
import { maskView } from "./masks.js";
import { continuation } from "./continuation.js";
import { drawnToOrder } from "./drawnToOrder.js";
import { planeView } from "./planeView.js";
import { drawnAgain, reconstructions } from "./reconstructions.js";
import { predictedTrue, sampleAnswers } from "./samples.js";
import { memory } from "./memory.js";
import { rightByLength } from "./rightByLength.js";
import { scores } from "./scores.js";
import { drawingShares } from "./shares.js";
import { states } from "./states.js";
import { tagsGiven } from "./tagsGiven.js";
import { translations } from "./translations.js";
import { writtenView } from "./written.js";

/** @typedef {import("./view.js").View} View */

/** @type {View[]} */
export const VIEWS = [
  lineView,
  planeView,
  generatedPoints,
  denoising,
  maskView,
  reconstructions,
  drawnToOrder,
  generatedPictures,
  latentPlane,
  examined,
  continuation,
  writtenView,
  translations,
  fills,
  attention,
  memory,
  rightByLength,
  tagsGiven,
  confusion,
  predictedTrue,
  states,
  gates,
  sampleAnswers,
  drawingShares,
  drawnAgain,
  maskAnswer,
  gradientFlow,
  updateRatio,
  weightHistograms,
  scores,
  cost,
  { probe: "surface", place: "network", counted: { axis: 0, of: "numbers" } },
  { probe: "weights", place: "network" },
  { probe: "activations", place: "network", counted: { axis: 1, of: "numbers" } },
  { probe: "feature_maps", place: "network", counted: { axis: 1, of: "channels" } },
];
