/** What opens the windows of many networks: "Was it luck?" and the atlas. */

import { signal } from "@preact/signals-core";
import { h } from "preact";
import { t } from "../i18n/t.js";
import { Button } from "../ui/controls.js";
import { lazy } from "../ui/lazy.js";
import { replace } from "./document.js";

const Luck = lazy(() => import("../pages/seldom.js").then((module) => module.Luck));
const Atlas = lazy(() => import("../pages/seldom.js").then((module) => module.Atlas));
/** @typedef {import("./keptNetworks.js").Kept} Kept */
const shown = signal(/** @type {{window: "luck" | "atlas", kept?: Kept} | null} */ (null));

/** The two buttons. @param {{onOpen: () => void}} props */
export function ManyButtons({ onOpen }) {
  const open = (/** @type {"luck" | "atlas"} */ window) => () => (onOpen(), (shown.value = { window }));
  return h(
    "p",
    { class: "many-buttons" },
    h(Button, { look: "quiet", icon: "dice", onClick: open("luck") }, t("page", "Was it luck?")),
    h(Button, { look: "quiet", onClick: open("atlas") }, t("page", "Atlas")),
  );
}

/** The window that is open. What was kept is shown with its experiment, which comes into the place of that on the page. */
export function ManyWindow() {
  const own = shown.value;
  if (!own) return null;
  const { window, kept } = own;
  return h(window === "luck" ? Luck : Atlas, {
    key: kept?.id,
    kept,
    onClose: () => {
      if (shown.peek() === own) shown.value = null; // else it makes place for what was kept
    },
    /** @param {Kept} other */
    onKept: (other) => {
      replace(other.asked.experiment, other.name);
      shown.value = { window, kept: other };
    },
  });
}
