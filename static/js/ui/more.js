/** Settings that are seldom changed, folded away. */

import { h } from "preact";
import { useState } from "preact/hooks";
import { t } from "../i18n/t.js";

/** @param {{name: string, title?: string, open?: boolean, late?: boolean, children?: any}} props
 *   `late`: what is in it is drawn when it is first opened */
export function More({ name, title, open = false, late = false, children }) {
  const key = `more-${name}`;
  const [seen, setSeen] = useState(open || sessionStorage.getItem(key) === "1");
  /** @param {Event & {currentTarget: HTMLDetailsElement}} event */
  const remember = (event) => {
    sessionStorage.setItem(key, event.currentTarget.open ? "1" : "");
    if (event.currentTarget.open) setSeen(true);
  };
  return h(
    "details",
    { class: "more", open: open || sessionStorage.getItem(key) === "1", onToggle: remember },
    h("summary", null, title ?? t("ui", "More settings")),
    h("div", { class: "more-body" }, (seen || !late) && children),
  );
}
