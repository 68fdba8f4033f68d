/** The datasets to choose from, with picture and name: one family in sight, all of them and one's own behind two links. */

import { effect, signal } from "@preact/signals-core";
import { h } from "preact";
import { useEffect } from "preact/hooks";
import { get } from "../api/client.js";
import { families, partOf } from "../api/parts.js";
import { t } from "../i18n/t.js";
import { OwnThumbnail } from "../views/ownThumbnail.js";
import { Icon } from "../ui/icons.js";
import { Button, RadioCards, Select } from "../ui/controls.js";
import { HelpMark } from "../ui/help.js";
import { Popover } from "../ui/popover.js";
import { Thumbnail } from "../views/thumbnail.js";
import { pictures, preview } from "./checking.js";
import { partEdits } from "./choosing.js";
import { run } from "./currentRun.js";
import { experiment } from "./document.js";
import { OwnDataButton } from "./ownData.js";
import { choose as settle } from "./settling.js";

/** A few samples of each kind, as it is at first. @type {import("@preact/signals-core").Signal<Record<string, any>>} */
export const samples = signal({});
let asked = false;

const LATEST = 1000; // milliseconds

/** Waits until the curves of the opened run are drawn, or the network's first pictures: what one came for comes first. */
async function opened() {
  let stop = () => {};
  await new Promise((done) => {
    setTimeout(done, LATEST);
    stop = effect(() => {
      const there = run.value ? run.value.version.value > 0 : Object.keys(pictures.value).length > 0;
      if (there) requestAnimationFrame(() => setTimeout(done));
    });
  });
  stop();
}

/** Asks for them, once. */
export async function fetchSamples() {
  if (asked) return;
  asked = true;
  await opened();
  const answer = await get("/api/datasets/thumbnails").catch(() => null); // a missing picture is no trouble
  if (answer) samples.value = answer.thumbnails;
  asked = answer !== null;
}

/** Whether a set can be chosen as it is: uploads are chosen among the uploads, and of what the operator has as files there are
 * samples. @param {import("../api/parts.js").Part} part */
function offered({ kind, supplied_by: by }) {
  return by !== "upload" && (by !== "folder" || kind in samples.value);
}

/** What the families are called, in the order in which they are offered. @returns {Record<string, string>} */
const FAMILIES = () => ({
  plane: t("editor", "Points in a plane"),
  numbers: t("editor", "Curves and surfaces"),
  table: t("editor", "Tables"),
  picture: t("editor", "Pictures"),
  series: t("editor", "Series"),
  text: t("editor", "Texts"),
  sequence: t("editor", "Symbols"),
  own: t("editor", "Your own"),
});

/** Numbers over a plane and over a line are one family. @param {import("../api/parts.js").Part} part @returns {string} */
const familyOf = ({ group, target }) =>
  group === "line" || (group === "plane" && target === "features") ? "numbers" : group;

/** The family that is looked at, while the dataset is still this one. */
const looked = signal({ family: "", own: "" });

export function DatasetChoice() {
  const own = experiment.value.dataset?.kind ?? "";
  const parts = (families.value.datasets ?? []).filter((part) => part.kind === own || offered(part));
  useEffect(() => void fetchSamples(), []);
  const chosen = parts.find((part) => part.kind === own);
  const family = (looked.value.own === own && looked.value.family) || (chosen ? familyOf(chosen) : "plane");
  const there = Object.entries(FAMILIES()).filter(([name]) => parts.some((part) => familyOf(part) === name));
  return h(
    "div",
    { class: "dataset-choice" },
    h(
      "div",
      { class: "dataset-family" },
      h(Select, {
        label: t("editor", "Dataset"),
        bare: true,
        inline: false,
        value: family,
        options: there.map(([value, title]) => ({ value, title })),
        onInput: (next) => (looked.value = { family: next, own }),
      }),
      chosen && h(HelpMark, { label: chosen.title, help: { text: chosen.help } }),
    ),
    h(Cards, { parts: parts.filter((part) => familyOf(part) === family), label: FAMILIES()[family] }),
    h(
      "p",
      { class: "dataset-links" },
      h(Popover, {
        label: t("editor", "All datasets"),
        class: "datasets-card",
        sides: ["right", "below"],
        trigger: (attributes) =>
          h(
            Button,
            { look: "quiet", attributes: { ...attributes, title: undefined } },
            t("editor", "All {count} sets", { count: parts.length }),
          ),
        children: () =>
          there.map(([name, label]) =>
            h(Cards, { key: name, parts: parts.filter((part) => familyOf(part) === name), label, named: true }),
          ),
      }),
      h(OwnDataButton, null),
    ),
  );
}

/** @param {{parts: import("../api/parts.js").Part[], label: string, named?: boolean}} props */
function Cards({ parts, label, named = false }) {
  const own = experiment.value.dataset?.kind ?? "";
  /** @type {Record<string, any>} */
  const shown = { ...(preview.value ? { [own]: preview.value } : {}), ...samples.value };
  /** @param {string} kind */
  const choose = (kind) => {
    const part = parts.find((candidate) => candidate.kind === kind);
    const { dataset } = experiment.peek();
    if (part) void settle(partEdits("/dataset", dataset, partOf("datasets", dataset?.kind), part));
  };
  return h(RadioCards, {
    label,
    bare: !named,
    value: own,
    onInput: choose,
    options: parts.map((part) => ({
      value: part.kind,
      title: part.title,
      hint: part.help.split("\n")[0],
      picture:
        part.supplied_by === "drawing"
          ? h("span", { class: "picture pen" }, h(Icon, { name: "pencil", size: 14 }))
          : shown[part.kind]
            ? h(part.by_column ? OwnThumbnail : Thumbnail, { preview: shown[part.kind] })
            : h("span", { class: "picture" }),
    })),
  });
}
