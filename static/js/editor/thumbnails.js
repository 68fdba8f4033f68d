/** The datasets as small pictures to choose from. */

import { effect, signal } from "@preact/signals-core";
import { h } from "preact";
import { useEffect } from "preact/hooks";
import { get } from "../api/client.js";
import { t } from "../i18n/t.js";
import { OwnThumbnail } from "../own/thumbnail.js";
import { Icon } from "../ui/icons.js";
import { RadioCards } from "../ui/controls.js";
import { Thumbnail } from "../views/thumbnail.js";
import { pictures, preview } from "./checking.js";
import { datasetEdits } from "./choosing.js";
import { run } from "./currentRun.js";
import { edit, experiment } from "./document.js";
import { families } from "./parts.js";

/** A few samples of each kind, as it is at first. @type {import("@preact/signals-core").Signal<Record<string, any>>} */
const samples = signal({});
let asked = false;
const DRAWN = "points"; // has no samples before somebody draws them
const UPLOADED = ["own_table", "own_pictures"]; // are chosen among the uploads
const OF_FILES = ["mnist", "cifar10"]; // are there where the operator has named a folder with their files

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

async function fetchSamples() {
  if (asked) return;
  asked = true;
  await opened();
  const answer = await get("/api/datasets/thumbnails").catch(() => null); // a missing picture is no trouble
  if (answer) samples.value = answer.thumbnails;
  asked = answer !== null;
}

/** Whether a kind can be chosen as it is. @param {string} kind */
function offered(kind) {
  return !UPLOADED.includes(kind) && (!OF_FILES.includes(kind) || kind in samples.value);
}

export function DatasetChoice() {
  const document = experiment.value;
  const own = document.dataset?.kind ?? "";
  const parts = (families.value.datasets ?? []).filter(({ kind }) => kind === own || offered(kind));
  useEffect(() => void fetchSamples(), []);
  const chosen = parts.find((part) => part.kind === own);
  /** @type {Record<string, any>} */
  const shown = { ...(preview.value ? { [own]: preview.value } : {}), ...samples.value };
  /** @param {string} kind */
  const choose = (kind) => {
    const part = parts.find((one) => one.kind === kind);
    if (part) edit(datasetEdits(experiment.peek(), part, families.peek().losses ?? []));
  };
  return h(RadioCards, {
    label: chosen?.title ?? t("editor", "Dataset"),
    help: chosen && { text: chosen.help },
    value: own,
    onInput: choose,
    options: parts.map((part) => ({
      value: part.kind,
      title: part.title,
      hint: part.help.split("\n")[0],
      picture:
        part.kind === DRAWN
          ? h("span", { class: "picture pen" }, h(Icon, { name: "pencil" }))
          : shown[part.kind]
            ? h(part.kind === "own_table" ? OwnThumbnail : Thumbnail, { preview: shown[part.kind] })
            : h("span", { class: "picture named" }, OF_FILES.includes(part.kind) && part.title),
    })),
  });
}
