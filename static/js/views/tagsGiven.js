/** The label that is given at each place of a few rows: right, or wrong. */

import { lazy } from "../ui/lazy.js";

/** @type {import("./view.js").View} */
export const tagsGiven = {
  probe: "tags_given",
  place: "result",
  component: lazy(() => import("../pages/seldom.js").then((module) => module.TagsGiven)),
};
