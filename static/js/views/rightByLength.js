/** Which rows are answered rightly, by how long they are. */

import { lazy } from "../ui/lazy.js";

/** @type {import("./view.js").View} */
export const rightByLength = {
  probe: "right_by_length",
  place: "result",
  component: lazy(() => import("../pages/seldom.js").then((module) => module.RightByLength)),
};
