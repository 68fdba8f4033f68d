/** Experiments of two stages: the second starts from the weights that the first has learned. */

import { h } from "preact";
import { messageOf } from "../api/client.js";
import { t } from "../i18n/t.js";
import { ENDS } from "../live/run.js";
import { Button } from "../ui/controls.js";
import { note } from "../ui/live.js";
import { run } from "./currentRun.js";
import { edit, experiment } from "./document.js";
import { opened, openPreset, sharing } from "./presets.js";

/** @typedef {import("./presets.js").Stage} Stage */

/** What comes before the open experiment, or after it. */
export function Stages() {
  const preset = opened.value;
  if (preset?.after) return h(Second, { first: preset.after });
  return preset?.next ? h(First, { second: preset.next }) : null;
}

/** @param {{first: Stage}} props */
function Second({ first }) {
  const { title, networks } = first;
  const origin = Object.keys(networks).map((name) => experiment.value.networks?.[name]?.from_run?.run)[0];
  return h(
    "div",
    { class: "preset-try" },
    h(
      "p",
      null,
      origin
        ? t("editor", "Second stage: it starts from what “{title}” has learned.", { title })
        : t("editor", "Second stage, here from drawn weights. Train “{title}” first to start from what it learns.", {
            title,
          }),
    ),
    origin
      ? h("a", { href: `/?run=${origin}` }, t("editor", "To that run"))
      : h(Button, { class: "fix", onClick: () => openStage(first) }, t("editor", "To the first stage")),
  );
}

/** @param {{second: Stage}} props */
function First({ second }) {
  const now = run.value;
  const over = now !== null && ENDS.includes(now.status.value);
  return h(
    "div",
    { class: "preset-try" },
    h(
      "p",
      null,
      t("editor", "First stage of two: “{title}” can start from what this learns.", { title: second.title }),
    ),
    over &&
      h(Button, { class: "fix", onClick: () => openStage(second, now.id) }, t("editor", "On to the second stage")),
  );
}

/** Opens a stage with the settings that it shares with the open one, its networks starting from a run of the one before where there is one.
 * @param {Stage} stage @param {string} [origin] */
export async function openStage(stage, origin) {
  const { preset, networks } = stage;
  const shared = sharing(stage, experiment.peek());
  try {
    await openPreset(preset);
    edit(shared);
    if (!origin) return;
    const edits = Object.entries(networks).map(([name, network]) => ({
      op: /** @type {"add"} */ ("add"),
      path: `/networks/${name}/from_run`,
      value: { run: origin, network },
    }));
    edit(edits);
  } catch (problem) {
    note(messageOf(problem));
  }
}
