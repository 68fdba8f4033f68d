/** A window that must be answered, or closed, before the page goes on. */

import { h } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { t } from "../i18n/t.js";
import { IconButton } from "./buttons.js";
import { useName } from "./ids.js";

/** Open for as long as it is drawn. @param {{title: string, onClose: () => void, class?: string, children?: any}} props */
export function Dialog({ title, onClose, class: name = "", children }) {
  const id = useName();
  const dialog = useRef(/** @type {HTMLDialogElement | null} */ (null));
  useLayoutEffect(() => {
    const element = /** @type {HTMLDialogElement} */ (dialog.current);
    element.showModal();
    return () => element.close();
  }, []);
  return h(
    "dialog",
    {
      ref: dialog,
      class: name,
      "aria-labelledby": id,
      onClose,
      /** @param {MouseEvent} event */
      onClick: (event) => event.target === dialog.current && onClose(),
    },
    h(
      "div",
      { class: "dialog-body" },
      h(
        "header",
        null,
        h("h2", { id }, title),
        h(IconButton, { icon: "close", label: t("ui", "Close"), look: "quiet", onClick: onClose }),
      ),
      children,
    ),
  );
}
