/** The open preset on the page: its question above the network, and at the end what it suggests to try. */

import { h } from "preact";
import { t } from "../i18n/t.js";
import { Button, IconButton } from "../ui/controls.js";
import { opened, tryIt } from "./presets.js";

/** What is asked, and what one sees. */
export function PresetQuestion() {
  const preset = opened.value;
  if (!preset) return null;
  return h(
    "div",
    { class: "preset-line" },
    h("p", null, h("b", null, preset.question), ` ${preset.summary}`),
    h(IconButton, {
      icon: "close",
      look: "quiet",
      label: t("editor", "Hide the question"),
      onClick: () => (opened.value = null),
    }),
  );
}

/** What to try, with a button that does it. */
export function PresetTry() {
  const preset = opened.value;
  if (!preset?.try_edits?.length) return null;
  return h(
    "div",
    { class: "preset-try" },
    h("p", null, preset.try_this),
    h(
      Button,
      { class: "fix", title: t("editor", "Makes this change; undo takes it back."), onClick: tryIt },
      t("editor", "Try this"),
    ),
  );
}
