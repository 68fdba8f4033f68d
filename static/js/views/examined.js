/** What a network that knows the classes says of drawn pictures. */

import { lazy } from "../ui/lazy.js";

/** @type {import("./view.js").View} */
export const examined = {
  probe: "examined",
  place: "result",
  fits: ({ preview, task }) => Boolean(task?.examined && preview.shape.kind === "image" && preview.classes.length > 1),
  component: lazy(() => import("../pages/seldom.js").then((module) => module.Examined)),
};
