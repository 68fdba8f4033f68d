/** The form of the pinned last card: whether a head is added, and whether it is tied to the embedding. */

import { h } from "preact";
import { partOf } from "../api/parts.js";
import { t } from "../i18n/t.js";
import { Button, IconButton, Toggle } from "../ui/controls.js";
import { edit, experiment } from "./document.js";
import { valueAt } from "./patch.js";

/** @param {{place: string, onSelect: (place: string | null) => void}} props */
export function HeadForm({ place, onSelect }) {
  const head = valueAt(experiment.value, place) ?? true;
  return h(
    "div",
    { class: "layer-form form" },
    h(
      "header",
      { class: "card-head" },
      h("h3", null, t("editor", "Output")),
      h(
        "span",
        { class: "tools" },
        h(IconButton, { icon: "close", look: "quiet", label: t("ui", "Close"), onClick: () => onSelect(null) }),
      ),
    ),
    h(
      "p",
      { class: "fine" },
      t("editor", "A last layer with one output for each answer, added and sized for the task."),
    ),
    h(Toggle, {
      label: t("editor", "Added for you"),
      value: head,
      onInput: (value) => edit([{ op: "replace", path: place, value }]),
    }),
    head && h(Tying, { network: place.replace(/\/head$/, "") }),
    !head &&
      h(
        Button,
        { class: "fix", onClick: () => edit([{ op: "replace", path: place, value: true }]) },
        t("editor", "Add the output head"),
      ),
  );
}

/** Whether the output has the rows of the embedding as its weights, where a network has one and tells tokens.
 * @param {{network: string}} props its place */
function Tying({ network }) {
  const place = `${network}/tied`;
  const tied = valueAt(experiment.value, place) ?? false;
  const embeds = valueAt(experiment.value, `${network}/layers/0/kind`) === "embedding";
  const tells = ["tokens", "inputs"].includes(partOf("tasks", experiment.value.task?.kind)?.target ?? "");
  if (!tied && !(embeds && tells)) return null;
  return h(Toggle, {
    label: t("editor", "Tied to the embedding"),
    help: {
      text: t(
        "editor",
        "Its weights are the rows of the embedding, and it learns only a bias: a token gets the higher a score, the more alike its row and what arrives are. Source: Press and Wolf 2016, arXiv:1608.05859.",
      ),
    },
    value: tied,
    onInput: (value) => edit([{ op: "add", path: place, value }]),
  });
}
