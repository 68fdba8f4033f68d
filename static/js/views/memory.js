/** How right answers are, by how far back that lies which they need. */

import { lazy } from "../ui/lazy.js";

/** @type {import("./view.js").View} */
export const memory = {
  probe: "memory",
  place: "below",
  component: lazy(() => import("../pages/seldom.js").then((module) => module.Memory)),
};
