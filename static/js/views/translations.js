/** What is translated: a few sources, what is written for them, and where in the source was looked for each token. */

import { lazy } from "../ui/lazy.js";

/** @type {import("./view.js").View} */
export const translations = {
  probe: "translations",
  place: "result",
  component: lazy(() => import("../pages/seldom.js").then((module) => module.Translations)),
};
