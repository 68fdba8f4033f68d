/** A variational autoencoder's codes: new samples, the plane of two numbers, and what each number tells. */

import { lazy } from "../ui/lazy.js";

/** @type {import("./view.js").View} */
export const latentPlane = {
  probe: "latent_plane",
  place: "result",
  component: lazy(() => import("../pages/seldom.js").then((module) => module.LatentPlane)),
};
