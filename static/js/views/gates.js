/** The gates of LSTM and GRU, how long units keep what they store, and how the gradient reaches back. */

import { lazy } from "../ui/lazy.js";

/** @type {import("./view.js").View} */
export const gates = {
  probe: "gates",
  place: "result",
  component: lazy(() => import("../pages/seldom.js").then((module) => module.Gates)),
};
