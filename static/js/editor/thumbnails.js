/** The datasets as small pictures to choose from. */

import { signal } from "@preact/signals-core";
import { h } from "preact";
import { useEffect } from "preact/hooks";
import { get } from "../api/client.js";
import { t } from "../i18n/t.js";
import { Icon } from "../ui/icons.js";
import { RadioCards } from "../ui/controls.js";
import { Thumbnail } from "../views/dataPreview.js";
import { datasetEdits } from "./choosing.js";
import { edit, experiment } from "./document.js";
import { families } from "./parts.js";

/** Previews with the settings a dataset begins with. @type {import("@preact/signals-core").Signal<Record<string, any>>} */
const samples = signal({});
let fetching = false;
const ENOUGH = 200; // samples for a small picture

async function fetchSamples() {
  if (fetching) return;
  fetching = true;
  for (const { kind, schema } of families.peek().datasets ?? []) {
    if (samples.peek()[kind] || kind === "points") continue;
    const most = schema.properties?.samples?.maximum ?? 0;
    const few = most > ENOUGH ? `?settings=${encodeURIComponent(`{"samples":${ENOUGH}}`)}` : "";
    const answer = await get(`/api/datasets/${kind}/preview${few}`).catch(() => null); // a missing picture is no trouble
    if (answer) samples.value = { ...samples.peek(), [kind]: answer };
  }
  fetching = false;
}

export function DatasetChoice() {
  const document = experiment.value;
  const parts = families.value.datasets ?? [];
  useEffect(() => void fetchSamples(), [parts.length]);
  const chosen = parts.find((part) => part.kind === document.dataset?.kind);
  /** @param {string} kind */
  const choose = (kind) => {
    const part = parts.find((one) => one.kind === kind);
    if (part) edit(datasetEdits(experiment.peek(), part, families.peek().losses ?? []));
  };
  return h(RadioCards, {
    label: chosen?.title ?? t("editor", "Dataset"),
    help: chosen && { text: chosen.help },
    value: document.dataset?.kind ?? "",
    onInput: choose,
    options: parts.map((part) => ({
      value: part.kind,
      title: part.title,
      hint: part.help.split("\n")[0],
      picture:
        part.kind === "points"
          ? h("span", { class: "picture pen" }, h(Icon, { name: "pencil" }))
          : samples.value[part.kind]
            ? h(Thumbnail, { preview: samples.value[part.kind] })
            : h("span", { class: "picture" }),
    })),
  });
}
