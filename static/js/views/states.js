/** What recurrent layers carry along: a map of units over places for each, and the input, with one cursor for all. */

import { lazy } from "../ui/lazy.js";
import { isSeries } from "./points.js";
import { hasTokens } from "./tokenStrip.js";

/** @type {import("./view.js").View} */
export const states = {
  probe: "states",
  place: "result",
  fits: ({ preview }) => isSeries(preview) || hasTokens(preview),
  component: lazy(() => import("../pages/seldom.js").then((module) => module.States)),
};
