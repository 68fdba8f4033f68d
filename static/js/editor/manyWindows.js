/** What opens the windows of many networks: "Was it luck?" and the atlas. */

import { signal } from "@preact/signals-core";
import { h } from "preact";
import { t } from "../i18n/t.js";
import { Button } from "../ui/controls.js";
import { lazy } from "../ui/lazy.js";

const Luck = lazy(() => import("../pages/seldom.js").then((module) => module.Luck));
const Atlas = lazy(() => import("../pages/seldom.js").then((module) => module.Atlas));
const shown = signal(/** @type {"" | "luck" | "atlas"} */ (""));

/** The two buttons. @param {{onOpen: () => void}} props */
export function ManyButtons({ onOpen }) {
  const open = (/** @type {"luck" | "atlas"} */ one) => () => (onOpen(), (shown.value = one));
  return h(
    "p",
    { class: "many-buttons" },
    h(Button, { look: "quiet", icon: "dice", onClick: open("luck") }, t("page", "Was it luck?")),
    h(Button, { look: "quiet", onClick: open("atlas") }, t("page", "Atlas")),
  );
}

/** The window that is open. */
export function ManyWindow() {
  const onClose = () => (shown.value = "");
  if (shown.value === "luck") return h(Luck, { onClose });
  return shown.value === "atlas" && h(Atlas, { onClose });
}
