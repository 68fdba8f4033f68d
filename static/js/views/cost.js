/** What a run that learns from tokens has cost, beside what is known of GPT-2 and GPT-3. */

import { lazy } from "../ui/lazy.js";

/** @type {import("./view.js").View} */
export const cost = {
  probe: "",
  place: "curves",
  fits: ({ task }) => task?.target === "tokens",
  title: "Cost",
  component: lazy(() => import("../pages/seldom.js").then((module) => module.Cost)),
};
