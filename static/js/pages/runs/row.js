/** One run in the list. */

import { useSignal } from "@preact/signals";
import { h } from "preact";
import { lineOf } from "../../charts/lines.js";
import { t } from "../../i18n/t.js";
import { epochText, queueSentence, statusWord, trainedBy } from "../../live/stateWords.js";
import { Button, Chip, IconButton } from "../../ui/controls.js";
import { memo } from "../../ui/memo.js";
import { Controls } from "./runControls.js";
import { Line } from "./editableText.js";
import { discard, filter, relabel, titleOf, toggle } from "./knownRuns.js";
import { fullDate, metricsOf, tagsIn, teacherMark, what, when } from "./rowWords.js";

/** @typedef {import("./knownRuns.js").RunRow} RunRow */

const TEACHER = "teacher"; // the seat that only the teacher's code gives; no name of a pupil equals it

/** `line`: the number of its line in the comparison, where it is chosen.
 * @param {{run: RunRow, line: number | undefined, language: string, parts: import("./kindTitles.js").Parts}} props */
export const Row = memo(({ run, line, parts }) => {
  const chosen = line !== undefined;
  const editing = useSignal(/** @type {"" | "name" | "tags" | "note"} */ (""));
  const title = titleOf(run);
  return h(
    "li",
    {
      class: `run ${chosen ? "chosen" : ""}`,
      "data-run": run.id,
      style: chosen ? { "--of": `var(--${lineOf(line).colour})` } : undefined,
    },
    h(
      "div",
      { class: "run-choose" },
      h(Chip, {
        title: "",
        value: chosen,
        onInput: () => toggle(run.id),
        hint: t("runs", "Compare “{name}”", { name: title }),
      }),
    ),
    h(
      "div",
      { class: "run-name" },
      editing.value === "name"
        ? h(Line, {
            label: t("runs", "Name"),
            value: run.name,
            onDone: (name) => ((editing.value = ""), name !== null && void relabel(run.id, { name })),
          })
        : h(
            "p",
            null,
            h("a", { href: `/?run=${run.id}` }, title),
            h(IconButton, {
              icon: "pencil",
              look: "quiet",
              class: "small",
              label: t("runs", "Rename"),
              onClick: () => (editing.value = "name"),
            }),
          ),
      h("p", { class: "run-what" }, what(run.summary, parts)),
      run.parent &&
        h(
          "p",
          { class: "run-what" },
          t("runs", "Goes on from step {step} of", { step: run.parent.step }),
          " ",
          h("a", { href: `/?run=${run.parent.run}` }, t("runs", "another run")),
        ),
    ),
    h(
      "div",
      { class: "run-status" },
      h("span", { class: `status ${run.status}` }, statusWord(run.status)),
      h(
        "span",
        { class: "run-far" },
        run.position
          ? queueSentence({ position: run.position, expectedSeconds: run.expected_seconds })
          : t("runs", "epoch {epoch}", { epoch: epochText(run.epoch) }),
      ),
      h(Controls, { run, title }),
    ),
    h(
      "dl",
      { class: "run-metrics" },
      metricsOf(run, parts).map(([name, value]) => h("div", { key: name }, h("dt", null, name), h("dd", null, value))),
    ),
    h(
      "div",
      { class: "run-when" },
      h(
        "time",
        { dateTime: new Date(run.created * 1000).toISOString(), title: fullDate(run.created) },
        when(run.created),
      ),
      run.stepper && h("span", { title: t("runs", "What trained it.") }, trainedBy(run.stepper)),
      run.owner !== "local" && h("span", null, run.owner === TEACHER ? teacherMark() : h("bdi", null, run.owner)),
    ),
    h(
      "div",
      { class: "run-labels" },
      editing.value === "tags"
        ? h(Line, {
            label: t("runs", "Tags, with commas between them"),
            value: run.tags.join(", "),
            onDone: (text) => ((editing.value = ""), text !== null && void relabel(run.id, { tags: tagsIn(text) })),
          })
        : [
            run.tags.map((/** @type {string} */ tag) =>
              h(
                Button,
                {
                  key: tag,
                  class: "tag",
                  look: "quiet",
                  title: t("runs", "Only runs with this tag"),
                  onClick: () => (filter.value = { ...filter.peek(), tag }),
                },
                tag,
              ),
            ),
            h(
              Button,
              { look: "quiet", class: "tag add", onClick: () => (editing.value = "tags") },
              run.tags.length ? t("runs", "edit tags") : t("runs", "+ tag"),
            ),
          ],
      editing.value === "note"
        ? h(Line, {
            label: t("runs", "Note"),
            value: run.note,
            onDone: (text) => ((editing.value = ""), text !== null && void relabel(run.id, { note: text })),
          })
        : h(
            Button,
            { look: "quiet", class: run.note ? "run-note" : "tag add", onClick: () => (editing.value = "note") },
            run.note || t("runs", "+ note"),
          ),
    ),
    h(IconButton, {
      icon: "trash",
      look: "quiet",
      class: "run-delete",
      label: t("runs", "Delete “{name}”", { name: title }),
      onClick: () => discard(run),
    }),
  );
});
