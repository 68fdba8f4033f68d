/** The ready experiments to choose from, each with the question it answers. */

import { h } from "preact";
import { useEffect } from "preact/hooks";
import { partOf } from "../api/parts.js";
import { t } from "../i18n/t.js";
import { Button } from "../ui/controls.js";
import { Dialog } from "../ui/dialog.js";
import { note } from "../ui/live.js";
import { isLocked } from "../ui/shown.js";
import { Thumbnail } from "../views/thumbnail.js";
import { openOwnData } from "./ownData.js";
import { fetchPresets, opened, openPreset, presets } from "./presets.js";
import { fetchSamples, samples } from "./thumbnails.js";

/** @typedef {import("./presets.js").Preset} Preset */

/** @param {{onClose: () => void}} props */
export function Gallery({ onClose }) {
  useEffect(() => {
    void fetchSamples();
    if (presets.peek().length === 0) fetchPresets().catch((problem) => note(problem.message));
  }, []);
  /** @param {string} name @param {number} [variant] */
  const choose = (name, variant) => {
    onClose();
    openPreset(name, variant).catch((problem) => note(problem.message));
  };
  return h(
    Dialog,
    { title: t("editor", "Experiments to start from"), class: "gallery", onClose },
    !isLocked("/dataset") && h(OwnCard, { onClose }),
    [...new Set(presets.value.map((preset) => preset.family))].map((family) =>
      h(
        "section",
        { key: family, class: "gallery-family" },
        h("h3", null, family),
        h(
          "ul",
          { class: "gallery-list" },
          presets.value
            .filter((preset) => preset.family === family)
            .map((preset) => h(Card, { key: preset.name, preset, choose })),
        ),
      ),
    ),
  );
}

/** @param {{onClose: () => void}} props */
function OwnCard({ onClose }) {
  return h(
    "div",
    { class: "gallery-card gallery-own" },
    h(
      "button",
      { type: "button", class: "gallery-face", onClick: () => (onClose(), openOwnData()) },
      h("b", null, t("own", "Your own table, text or pictures…")),
      h(
        "span",
        null,
        t("own", "What can be learned from your data? Bring a CSV file, a zip of pictures, or take photos."),
      ),
    ),
  );
}

/** @param {{preset: Preset, choose: (name: string, variant?: number) => void}} props */
function Card({ preset, choose }) {
  const variants = (preset.variants ?? []).map(({ title }, number) => ({ title, number })).filter(({ title }) => title);
  const now = opened.value?.name === preset.name;
  return h(
    "li",
    { class: `gallery-card${now ? " now" : ""}` },
    h(
      "button",
      { type: "button", class: "gallery-face", "aria-current": now || undefined, onClick: () => choose(preset.name) },
      h(Sketch, { preset }),
      h("b", null, preset.title),
      h("span", null, preset.question),
    ),
    variants.length > 0 &&
      h(
        "div",
        { class: "gallery-variants" },
        variants.map(({ title, number }) =>
          h(Button, { key: title, look: "quiet", onClick: () => choose(preset.name, number) }, title),
        ),
      ),
  );
}

/** What an experiment is made of, in a small picture: some of its data, and its networks as trains, one below the other.
 * @param {{preset: Preset}} props */
function Sketch({ preset }) {
  const preview = samples.value[preset.dataset];
  return h(
    "span",
    { class: "gallery-sketch", "aria-hidden": "true" },
    preview ? h(Thumbnail, { preview, size: 52 }) : h("i", { class: "thumbnail" }),
    h(
      "span",
      { class: "gallery-trains" },
      Object.entries(preset.networks).map(([name, kinds]) =>
        h(
          "span",
          { key: name },
          kinds
            .filter((kind) => !partOf("layers", kind)?.rides)
            .map((kind, at) => h("i", { key: at, class: groupOf(kind) })),
          h("i", { class: "end" }),
        ),
      ),
    ),
  );
}

/** @param {string} kind of a layer */
const groupOf = (kind) => partOf("layers", kind)?.group ?? "";
