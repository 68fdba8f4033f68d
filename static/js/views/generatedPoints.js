/** The plane of a generator: real and drawn points, what the discriminator says, the bent lattice of noise, the pull. */

import { lazy } from "../ui/lazy.js";

/** @type {import("./view.js").View} */
export const generatedPoints = {
  probe: "generated_points",
  place: "overview",
  component: lazy(() => import("../pages/seldom.js").then((module) => module.GeneratedPoints)),
};
