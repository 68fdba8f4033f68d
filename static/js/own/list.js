/** What this seat has brought: open it, give it another name, delete it. */

import { h } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { experiment } from "../editor/document.js";
import { formatNumber } from "../i18n/numbers.js";
import { sentences, t } from "../i18n/t.js";
import { Button, IconButton, TextField } from "../ui/controls.js";
import { fetchOne, removeUpload, rename, runsOf, uploads } from "./uploads.js";
import { formatBytes, formatWhen } from "../i18n/sizeWords.js";

/** @typedef {import("./uploads.js").Brief} Brief */

export function UploadList() {
  const list = uploads.value;
  if (!list || list.length === 0) return null;
  const several = new Set(list.map(({ owner }) => owner)).size > 1; // a teacher sees all
  return h(
    "section",
    { class: "own-list" },
    h("h3", null, t("own", "What you have brought")),
    h(
      "ul",
      null,
      list.map((upload) => h(Row, { key: upload.id, upload, several })),
    ),
  );
}

/** @param {{upload: Brief, several: boolean}} props `several`: not all are of the same owner */
function Row({ upload, several }) {
  const [state, setState] = useState(/** @type {"" | "naming" | "deleting"} */ (""));
  const row = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    // the button that was pressed is gone; the last one of the row is the safe one
    if (document.activeElement === document.body) [...(row.current?.querySelectorAll("button") ?? [])].at(-1)?.focus();
  }, [state]);
  const back = () => setState("");
  return h(
    "li",
    { ref: row },
    state === "naming"
      ? h(Naming, { upload, onDone: back })
      : h(
          "button",
          { type: "button", class: "own-open", onClick: () => void fetchOne(upload.id) },
          h("b", null, h("bdi", null, upload.name)),
          h("span", { class: "fine" }, sizeOf(upload), several && ` · ${upload.owner}`),
        ),
    state === "" &&
      h(IconButton, {
        icon: "pencil",
        look: "quiet",
        label: t("own", "Rename {name}", { name: upload.name }),
        onClick: () => setState("naming"),
      }),
    state === "" &&
      h(IconButton, {
        icon: "trash",
        look: "quiet",
        label: t("own", "Delete {name}", { name: upload.name }),
        onClick: () => setState("deleting"),
      }),
    state === "deleting" && h(Deleting, { upload, onDone: back }),
  );
}

/** @param {Brief} upload */
function sizeOf({ kind, count, bytes, created }) {
  const sizes = {
    own_table: () => t("own", "Table of {count} rows", { count }),
    own_text: () => t("own", "Text of {count} characters", { count: formatNumber(count) }),
    own_pictures: () => t("own", "Pictures: {count}", { count }),
  };
  return [sizes[kind](), formatBytes(bytes), formatWhen(created)].join(" · ");
}

/** @param {{upload: Brief, onDone: () => void}} props */
function Naming({ upload, onDone }) {
  const [name, setName] = useState(upload.name);
  const line = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => line.current?.querySelector("input")?.select(), []);
  const keep = async () => {
    if (name.trim() && name.trim() !== upload.name) await rename(upload.id, name.trim());
    onDone();
  };
  return h(
    "div",
    { class: "own-naming", ref: line },
    h(TextField, {
      label: t("own", "Name"),
      bare: true,
      value: name,
      onInput: setName,
      attributes: {
        maxLength: 120,
        onKeyDown: (/** @type {KeyboardEvent} */ event) => {
          if (event.isComposing) return;
          if (event.key === "Enter") void keep();
          if (event.key === "Escape") (event.preventDefault(), event.stopPropagation(), onDone());
        },
      },
    }),
    h(Button, { look: "primary", onClick: () => void keep() }, t("own", "Rename")),
    h(Button, { look: "quiet", onClick: onDone }, t("own", "Cancel")),
  );
}

/** Asks once more. @param {{upload: Brief, onDone: () => void}} props */
function Deleting({ upload, onDone }) {
  const [runs, setRuns] = useState(0);
  useEffect(() => void runsOf(upload.id).then(setRuns, () => undefined), []);
  return h(
    "div",
    { class: "own-deleting", role: "group", "aria-label": t("own", "Delete {name}", { name: upload.name }) },
    h(
      "span",
      null,
      sentences(
        t("own", "Delete it for good?"),
        experiment.value.dataset?.upload === upload.id && t("own", "It is what stands on the page now."),
        runs > 0 && t("own", "Runs that were trained with it stay, but cannot be trained again: {runs}.", { runs }),
      ),
    ),
    h(Button, { onClick: () => void removeUpload(upload.id) }, t("own", "Delete")),
    h(Button, { look: "quiet", onClick: onDone }, t("own", "Keep it")),
  );
}
