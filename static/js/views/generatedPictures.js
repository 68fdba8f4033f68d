/** Pictures that are drawn from the same noise for the whole run. */

import { lazy } from "../ui/lazy.js";

/** @type {import("./view.js").View} */
export const generatedPictures = {
  probe: "generated_pictures",
  place: "result",
  component: lazy(() => import("../pages/seldom.js").then((module) => module.GeneratedPictures)),
};
