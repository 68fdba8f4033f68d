/** Brings own data in: a file that is dropped or chosen, the example, or pictures class by class. */

import { h } from "preact";
import { t } from "../i18n/t.js";
import { Button } from "../ui/controls.js";
import { DropZone } from "../ui/dropZone.js";
import { begin, bring, bringExample, EXAMPLE, sending } from "./uploads.js";
import { formatBytes } from "../i18n/sizeWords.js";

const ACCEPTED = ".csv,.tsv,.txt,.md,.zip,text/csv,text/plain,text/tab-separated-values,application/zip,image/*";

export function Bring() {
  const now = sending.value;
  return h(
    DropZone,
    {
      class: "own-bring",
      button: t("own", "Choose a file…"),
      look: "primary",
      accept: ACCEPTED,
      several: true,
      disabled: now !== null,
      onFiles: (files) => void bring(files),
    },
    h("p", { class: "own-lead" }, t("own", "Drop a table (CSV), a text or a zip of pictures here.")),
    h(
      "p",
      { class: "fine" },
      t(
        "own",
        "In a zip, each folder is a class. What you bring stays on this server; others in a class do not see it, only the teacher does.",
      ),
    ),
    now && h(Progress, now),
    !now &&
      h(
        "p",
        { class: "own-others" },
        h(Button, { onClick: () => begin() }, t("own", "Make classes of pictures yourself")),
        h(Button, { onClick: () => void bringExample() }, t("own", "Use the example table")),
        h("a", { href: EXAMPLE, download: "example.csv" }, t("own", "Download it")),
      ),
  );
}

/** How far a file has come. @param {import("./uploads.js").Sending} props */
function Progress({ name, sent, whole, stop }) {
  const read = whole > 0 && sent >= whole;
  const words = read
    ? t("own", "{name} is being read…", { name })
    : t("own", "{name}: {sent} of {whole}", { name, sent: formatBytes(sent), whole: formatBytes(whole) });
  return h(
    "div",
    { class: "own-progress" },
    h("progress", { max: 1, value: read ? undefined : whole > 0 ? sent / whole : 0, "aria-label": words }),
    h("span", { class: "numbers" }, words),
    h(Button, { look: "quiet", onClick: stop }, t("own", "Cancel")),
  );
}
