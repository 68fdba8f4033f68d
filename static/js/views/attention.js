/** Where the heads of attention look: a map of each, one of them large, with the tokens it looks from and at. */

import { lazy } from "../ui/lazy.js";

/** @type {import("./view.js").View} */
export const attention = {
  probe: "attention",
  place: "result",
  component: lazy(() => import("../pages/seldom.js").then((module) => module.Attention)),
};
