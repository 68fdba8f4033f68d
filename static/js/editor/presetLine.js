/** The open preset on the page: its question above the network, and at the end what it suggests to try. */

import { h } from "preact";
import { t } from "../i18n/t.js";
import { Button, IconButton } from "../ui/controls.js";
import { opened, spoken, tryIt } from "./presets.js";
import { view } from "./sharing.js";

/** What is asked, and what one sees; of an experiment from a link, what the link says. */
export function PresetQuestion() {
  const preset = spoken.value;
  const { text } = view.value;
  if (!preset && !text) return null;
  const hide = () => (preset ? (opened.value = null) : (view.value = { ...view.peek(), text: undefined }));
  return h(
    "div",
    { class: "preset-line" },
    preset ? h("p", null, h("b", null, preset.question), ` ${preset.summary}`) : h("p", null, text),
    h(IconButton, {
      icon: "close",
      look: "quiet",
      label: t("editor", "Hide the question"),
      onClick: hide,
    }),
  );
}

/** What to try, with a button that does it. */
export function PresetTry() {
  const preset = spoken.value;
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
