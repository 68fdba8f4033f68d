/** How a forecast goes on, fed with its own answers: beside what really came, the last value again, and a straight rule. */

import { lazy } from "../ui/lazy.js";

/** @type {import("./view.js").View} */
export const continuation = {
  probe: "continuation",
  place: "result",
  component: lazy(() => import("../pages/seldom.js").then((module) => module.Continuation)),
};
