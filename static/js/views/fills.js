/** Texts with blanks, and the words that the network would put there. */

import { lazy } from "../ui/lazy.js";
import { hasTokens } from "./tokenStrip.js";

/** @type {import("./view.js").View} */
export const fills = {
  probe: "fills",
  place: "result",
  fits: ({ preview, task }) => task?.kind === "masked_language_model" && hasTokens(preview),
  component: lazy(() => import("../pages/seldom.js").then((module) => module.Fills)),
};
