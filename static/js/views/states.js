/** What recurrent layers carry along: a map of units over places for each, and the input, with one cursor for all. */

import { lazy } from "../ui/lazy.js";

/** @type {import("./view.js").View} */
export const states = {
  probe: "states",
  place: "result",
  component: lazy(() => import("../pages/seldom.js").then((module) => module.States)),
};
