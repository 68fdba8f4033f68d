/** What a network that knows the classes says of drawn pictures. */

import { lazy } from "../ui/lazy.js";

/** @type {import("./view.js").View} */
export const examined = {
  probe: "examined",
  place: "result",
  component: lazy(() => import("../pages/seldom.js").then((module) => module.Examined)),
};
