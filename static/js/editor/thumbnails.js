/** The datasets as small pictures to choose from. */

import { signal } from "@preact/signals-core";
import { h } from "preact";
import { useEffect } from "preact/hooks";
import { get } from "../api/client.js";
import { t } from "../i18n/t.js";
import { Icon } from "../ui/icons.js";
import { RadioCards } from "../ui/controls.js";
import { lazy } from "../ui/lazy.js";
import { preview } from "./checking.js";
import { datasetEdits } from "./choosing.js";
import { edit, experiment } from "./document.js";
import { OwnTableThumbnail } from "./ownData.js";
import { families } from "./parts.js";

const Thumbnail = lazy(() => import("../views/thumbnail.js").then((module) => module.Thumbnail));

/** Previews with the settings a dataset begins with. @type {import("@preact/signals-core").Signal<Record<string, any>>} */
const samples = signal({});
let fetching = false;
const ENOUGH = 200; // samples for a small picture
const DRAWN = "points"; // has no samples before somebody draws them
const UPLOADED = ["own_table", "own_pictures"]; // are chosen among the uploads
const OF_FILES = ["mnist", "cifar10"]; // are there where the operator has named a folder with their files
/** Which of those there are. @type {import("@preact/signals-core").Signal<Record<string, boolean>>} */
const filed = signal({});

async function fetchSamples() {
  if (fetching) return;
  fetching = true;
  filed.value = (await get("/api/datasets").catch(() => null))?.operator ?? {};
  for (const { kind, schema } of families.peek().datasets ?? []) {
    if (samples.peek()[kind] || kind === DRAWN || !offered(kind)) continue;
    const most = schema.properties?.samples?.maximum ?? 0;
    const few = most > ENOUGH ? `?settings=${encodeURIComponent(`{"samples":${ENOUGH}}`)}` : "";
    const answer = await get(`/api/datasets/${kind}/preview${few}`).catch(() => null); // a missing picture is no trouble
    if (answer) samples.value = { ...samples.peek(), [kind]: answer };
  }
  fetching = false;
}

/** Whether a kind can be chosen as it is. @param {string} kind */
function offered(kind) {
  return !UPLOADED.includes(kind) && (!OF_FILES.includes(kind) || filed.value[kind]);
}

export function DatasetChoice() {
  const document = experiment.value;
  const own = document.dataset?.kind ?? "";
  const parts = (families.value.datasets ?? []).filter(({ kind }) => kind === own || offered(kind));
  useEffect(() => void fetchSamples(), [parts.length]);
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
            ? h(part.kind === "own_table" ? OwnTableThumbnail : Thumbnail, { preview: shown[part.kind] })
            : h("span", { class: "picture named" }, OF_FILES.includes(part.kind) && part.title),
    })),
  });
}
