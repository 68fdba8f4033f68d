/** Texts with blanks, and the words that the network would put there. */

import { lazy } from "../ui/lazy.js";

/** @type {import("./view.js").View} */
export const fills = {
  probe: "fills",
  place: "result",
  component: lazy(() => import("../pages/seldom.js").then((module) => module.Fills)),
};
