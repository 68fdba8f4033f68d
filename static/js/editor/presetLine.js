/** The question of the open preset, and the thing to try, as one line above the network. */

import { h } from "preact";
import { t } from "../i18n/t.js";
import { Button, IconButton } from "../ui/controls.js";
import { opened, tryIt } from "./presets.js";

export function PresetLine() {
  const preset = opened.value;
  if (!preset) return null;
  return h(
    "div",
    { class: "preset-line" },
    h("p", null, h("b", null, preset.question), preset.summary && ` ${preset.summary}`),
    preset.try_edits?.length > 0 &&
      h(
        Button,
        { class: "fix", title: t("editor", "Makes this change; undo takes it back."), onClick: tryIt },
        preset.try_this,
      ),
    h(IconButton, {
      icon: "close",
      look: "quiet",
      label: t("editor", "Hide the question"),
      onClick: () => (opened.value = null),
    }),
  );
}
