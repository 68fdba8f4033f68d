/** What a language model writes behind the same beginning, and how much each token of a held-out text surprises it. */

import { lazy } from "../ui/lazy.js";

/** @type {import("./view.js").View} */
export const writtenView = {
  probe: "written",
  place: "result",
  component: lazy(() => import("../pages/seldom.js").then((module) => module.Written)),
};
