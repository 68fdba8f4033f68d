/** Settings that are seldom changed, folded away. */

import { h } from "preact";
import { t } from "../i18n/t.js";

/** @param {{name: string, title?: string, open?: boolean, children?: any}} props */
export function More({ name, title, open = false, children }) {
  const key = `more-${name}`;
  /** @param {Event & {currentTarget: HTMLDetailsElement}} event */
  const remember = (event) => sessionStorage.setItem(key, event.currentTarget.open ? "1" : "");
  return h(
    "details",
    { class: "more", open: open || sessionStorage.getItem(key) === "1", onToggle: remember },
    h("summary", null, title ?? t("editor", "More settings")),
    h("div", { class: "more-body" }, children),
  );
}
