/** Diffusion on the plane: the way of points from noise to data. */

import { lazy } from "../ui/lazy.js";

/** @type {import("./view.js").View} */
export const denoising = {
  probe: "denoising",
  place: "overview",
  component: lazy(() => import("../pages/seldom.js").then((module) => module.Denoising)),
};
