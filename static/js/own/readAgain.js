/** A file that came out wrong is read once more, as a person says it is written. */

import { h } from "preact";
import { More } from "../ui/more.js";
import { t } from "../i18n/t.js";
import { Select } from "../ui/controls.js";
import { DropZone } from "../ui/dropZone.js";
import { FORMATS, sayHeader } from "./reading.js";
import { chooseAgain, fileOf, postAgain } from "./uploads.js";

/** @typedef {import("./uploads.js").Upload} Upload */

const ENCODINGS = ["utf-8", "utf-16", "gb18030", "big5", "shift_jis", "euc_kr"].concat(
  ["1252", "1250", "1251", "1254"].map((page) => `windows-${page}`),
  ["iso8859-2", "koi8-r", "mac-roman"],
);

/** What stands between two cells, by what it is called. */
export const DELIMITERS = () => ({
  ",": t("own", "commas"),
  ";": t("own", "semicolons"),
  "\t": t("own", "tabs"),
  "|": t("own", "vertical bars"),
  " ": t("own", "spaces"),
});

/** @param {{upload: Upload, onSaid: (said: import("./reading.js").Said) => void}} props */
export function ReadAgain({ upload, onSaid }) {
  const known = fileOf(upload.id);
  if (!known) return h(NotAtHand, { upload });
  const { said } = known;
  return h(
    More,
    { name: "read-again", title: t("own", "Letters, columns or numbers look wrong?") },
    h(Select, {
      label: t("own", "First row"),
      value: upload.header ? "names" : "row",
      options: [
        { value: "names", title: t("own", "the names of the columns") },
        { value: "row", title: t("own", "a row like all others") },
      ],
      onInput: (first) => onSaid(sayHeader(said, first === "names")),
    }),
    h(Select, {
      label: t("own", "Numbers are written as"),
      value: said.reading?.format ?? "",
      options: [
        { value: "", title: t("own", "each column shows") },
        ...FORMATS.map((value) => ({ value, title: value })),
      ],
      onInput: (format) => onSaid({ ...said, reading: { ...said.reading, format: format || undefined } }),
    }),
    h(Select, {
      label: t("own", "Encoding"),
      help: t("own", "How the letters of the file are written. Chinese tables saved by Excel are often in GB18030."),
      value: upload.encoding ?? "",
      options: optionsOf(upload),
      onInput: (encoding) => onSaid({ ...said, encoding }),
    }),
    h(Select, {
      label: t("own", "Columns are separated by"),
      value: upload.delimiter ?? "",
      options: Object.entries(DELIMITERS()).map(([value, title]) => ({ value, title })),
      onInput: (delimiter) => onSaid({ ...said, delimiter }),
    }),
  );
}

/** Which encoding a text is in, where its letters look wrong. @param {{upload: Upload}} props */
export function Encoding({ upload }) {
  const known = fileOf(upload.id);
  if (!known) return h(NotAtHand, { upload });
  return h(
    More,
    { name: "encoding", title: t("own", "Letters look wrong?") },
    h(Select, {
      label: t("own", "Encoding"),
      help: t("own", "How the letters of the file are written. Chinese texts saved years ago are often in GB18030."),
      value: upload.encoding ?? "",
      options: optionsOf(upload),
      onInput: (encoding) => void postAgain(upload, { ...known.said, encoding }),
    }),
  );
}

/** @param {Upload} upload */
const optionsOf = ({ encodings = [] }) =>
  [...new Set([...encodings, ...ENCODINGS])].map((value) => ({ value, title: value.toUpperCase() }));

/** The server keeps what it read, not the file; to read it otherwise, it is chosen once more. @param {{upload: Upload}} props */
function NotAtHand({ upload }) {
  return h(
    DropZone,
    {
      class: "own-again",
      button: t("own", "Choose the file again…"),
      onFiles: ([file]) => chooseAgain(upload.id, file),
    },
    h("p", { class: "fine" }, t("own", "To have it read another way, choose its file once more.")),
  );
}

/** Which folders of a zip are the classes, where there is a choice. @param {{upload: Upload}} props */
export function Levels({ upload }) {
  const levels = upload.levels ?? [];
  if (levels.length < 2) return null;
  const known = fileOf(upload.id);
  if (!known) return h(NotAtHand, { upload });
  return h(Select, {
    label: t("own", "The classes are"),
    value: String(upload.level),
    options: levels.map(({ level, names, count }) => ({
      value: String(level),
      title: names.join(t("own", ", ")) + (count > names.length ? " …" : ""),
    })),
    onInput: (level) => void postAgain(upload, { ...known.said, reading: { level: Number(level) } }),
  });
}
