/** How the discriminator's scores are spread, of real and of drawn samples: two hills over one scale. */

import { lazy } from "../ui/lazy.js";

/** @type {import("./view.js").View} */
export const scores = {
  probe: "scores",
  place: "curves",
  title: "D's scores",
  component: lazy(() => import("../pages/seldom.js").then((module) => module.Scores)),
};
