/** A layer unrolled over its time steps; what draws it is fetched when the first is unrolled. */

import { lazy } from "../ui/lazy.js";

export const Unrolled = lazy(() => import("../pages/seldom.js").then((module) => module.StepColumns));
