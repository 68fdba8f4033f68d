/** Own data: what was brought, what can be brought, and what each thing is to be used for. */

import { h } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n/t.js";
import { Button } from "../ui/controls.js";
import { Dialog } from "../ui/dialog.js";
import { Bring } from "./bring.js";
import { UploadList } from "./list.js";
import { PicturesPage } from "./picturesPage.js";
import { TablePage } from "./tablePage.js";
import { TextPage } from "./textPage.js";
import { fetchOne, fetchUploads, firstOf, opened, trouble, uploads } from "./uploads.js";

/** @param {{upload: string, onClose: () => void}} props `upload` is opened at once */
export function OwnData({ upload, onClose }) {
  const [asked] = useState(upload);
  useEffect(() => {
    opened.value = null;
    trouble.value = "";
    void fetchUploads();
    if (asked) void fetchOne(asked);
    return holdDrops();
  }, []);
  const now = opened.value;
  const page = useRef(/** @type {HTMLElement | null} */ (null));
  const at = now ? `${now.kind} ${now.id && "kept"}` : "";
  // what had the focus is gone with the page before
  useEffect(
    () => void (document.activeElement === document.body && page.current?.focus()),
    [at, uploads.value?.length],
  );
  return h(
    Dialog,
    { title: now ? now.name : t("own", "Your own data"), class: "own", onClose },
    trouble.value && h("p", { class: "own-problem", role: "alert" }, trouble.value),
    h(
      "div",
      { ref: page, tabIndex: -1 },
      now &&
        h(
          Button,
          { look: "quiet", icon: "left", class: "own-back", onClick: () => (opened.value = null) },
          t("own", "All your data"),
        ),
      !now && h(Bring, null),
      !now && h(UploadList, null),
      now?.kind === "own_table" && h(TablePage, { key: firstOf(now.id), upload: now, onUsed: onClose }),
      now?.kind === "own_text" && h(TextPage, { key: firstOf(now.id), upload: now, onUsed: onClose }),
      now?.kind === "own_pictures" && h(PicturesPage, { upload: now, onUsed: onClose }),
    ),
  );
}

/** A file that is dropped beside the zone must not replace the page. @returns {() => void} ends it */
function holdDrops() {
  /** @param {DragEvent} event */
  const hold = (event) => event.preventDefault();
  for (const name of /** @type {const} */ (["dragover", "drop"])) addEventListener(name, hold);
  return () => {
    for (const name of /** @type {const} */ (["dragover", "drop"])) removeEventListener(name, hold);
  };
}
