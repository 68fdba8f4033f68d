/** A panel of the page: its name, what stands beside the name, and its contents, which fold and remember it. */

import { signal } from "@preact/signals-core";
import { h } from "preact";
import { t } from "../i18n/t.js";
import { IconButton } from "../ui/controls.js";
import { isHidden, isLocked } from "../ui/shown.js";

const KEY = "folded";

/** Names of the folded panels. */
export const folded = signal(/** @type {string[]} */ (remembered()));

/** @returns {string[]} */
function remembered() {
  try {
    const found = JSON.parse(globalThis.localStorage?.getItem(KEY) ?? "[]");
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

/** @param {string} name */
export function foldOrUnfold(name) {
  const now = folded.peek();
  folded.value = now.includes(name) ? now.filter((panel) => panel !== name) : [...now, name];
  localStorage.setItem(KEY, JSON.stringify(folded.value));
}

/** @param {{name: string, title: string, beside?: any, class?: string, children?: any}} props `name` is its id */
export function Panel({ name, title, beside, class: look = "", children }) {
  if (isHidden(name)) return null;
  const closed = folded.value.includes(name);
  const label = closed ? t("page", "Unfold {panel}", { panel: title }) : t("page", "Fold {panel}", { panel: title });
  return h(
    "section",
    {
      id: name,
      class: `panel ${name}-panel ${look}${closed ? " folded" : ""}${isLocked(name) ? " locked" : ""}`,
      "aria-labelledby": `${name}-title`,
      tabIndex: -1,
    },
    h(
      "header",
      { class: "panel-head" },
      h(IconButton, {
        icon: closed ? "chevronRight" : "chevron",
        label,
        look: "quiet",
        class: "fold",
        expanded: !closed,
        onClick: () => foldOrUnfold(name),
      }),
      h("h2", { id: `${name}-title` }, title),
      !closed && !isLocked(name) && beside,
    ),
    !closed && h("div", { class: "panel-body" }, children),
  );
}
