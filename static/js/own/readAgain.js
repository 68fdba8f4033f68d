/** A table whose letters or columns came out wrong is read once more, as a person says it is written. */

import { h } from "preact";
import { useState } from "preact/hooks";
import { More } from "../editor/more.js";
import { t } from "../i18n/t.js";
import { Button, Select } from "../ui/controls.js";
import { fileOf, postAgain } from "./uploads.js";

/** @typedef {import("./uploads.js").Upload} Upload */

const ENCODINGS = ["utf-8", "utf-16", "gb18030", "big5", "shift_jis", "euc_kr"].concat(
  ["1252", "1250", "1251"].map((page) => `windows-${page}`),
);

/** What stands between two cells, by what it is called. */
export const DELIMITERS = () => ({
  ",": t("own", "commas"),
  ";": t("own", "semicolons"),
  "\t": t("own", "tabs"),
  "|": t("own", "vertical bars"),
  " ": t("own", "spaces"),
});

/** Nothing where the file is not at hand any more. @param {{upload: Upload}} props */
export function ReadAgain({ upload }) {
  const [said, setSaid] = useState({ encoding: upload.encoding ?? "", delimiter: upload.delimiter ?? "" });
  if (!fileOf(upload.id)) return null;
  const same = said.encoding === upload.encoding && said.delimiter === upload.delimiter;
  return h(
    More,
    { name: "read-again", title: t("own", "Letters or columns look wrong?") },
    h(Select, {
      label: t("own", "Encoding"),
      help: t("own", "How the letters of the file are written. Chinese tables saved by Excel are often in GB18030."),
      value: said.encoding,
      options: ENCODINGS.map((value) => ({ value, title: value.toUpperCase() })),
      onInput: (encoding) => setSaid({ ...said, encoding }),
    }),
    h(Select, {
      label: t("own", "Columns are separated by"),
      value: said.delimiter,
      options: Object.entries(DELIMITERS()).map(([value, title]) => ({ value, title })),
      onInput: (delimiter) => setSaid({ ...said, delimiter }),
    }),
    h(Button, { disabled: same, onClick: () => void postAgain(upload, said) }, t("own", "Read it again")),
  );
}
