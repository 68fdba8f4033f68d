/** How many networks come, one after another, and how far they are. */

import { signal } from "@preact/signals-core";
import { h } from "preact";
import { firstProblemOf } from "../api/client.js";
import { postForEvents } from "../api/stream.js";
import { t } from "../i18n/t.js";
import { csvOf } from "../live/many.js";
import { Button } from "../ui/controls.js";
import { saveFile } from "../ui/save.js";
import { name } from "./document.js";
import { keep } from "./keptNetworks.js";

/** @typedef {import("../live/many.js").Found} Found */

/** Networks that come one after another. @param {string} path */
export function makeMany(path) {
  const results = signal(/** @type {Found[]} */ ([]));
  const begun = signal(/** @type {any} */ (null));
  const trouble = signal("");
  const going = signal(false);
  const kept = signal(false); // what is shown
  let asked = new AbortController();
  /** @type {any} */
  let question = null;

  return {
    results,
    begun,
    trouble,
    going,
    kept,
    stop: () => asked.abort(),
    /** @param {any} body */
    async start(body) {
      asked.abort();
      const own = (asked = new AbortController());
      [results.value, begun.value, trouble.value, going.value] = [[], null, "", true];
      [question, kept.value] = [body, false];
      try {
        for await (const { event, data } of postForEvents(path, body, own.signal)) {
          if (own.signal.aborted) return;
          if (event === "begun") begun.value = data;
          else if (event === "found") results.value = [...results.peek(), ...data.results];
          else if (event === "problem") trouble.value = data.detail;
        }
      } catch (problem) {
        if (!own.signal.aborted) trouble.value = firstProblemOf(problem);
      }
      if (asked === own) going.value = false;
    },
    async keep() {
      kept.value = true;
      const saved = Date.now() / 1000;
      await keep({ path, name: name.peek(), saved, asked: question, begun: begun.peek(), results: results.peek() });
    },
    /** Shows again what was kept. @param {import("./keptNetworks.js").Kept} stored */
    show(stored) {
      asked.abort();
      [results.value, begun.value, kept.value, going.value] = [stored.results, stored.begun, true, false];
    },
  };
}

/** How far it is, or what is wrong; and the table to take away or to keep here.
 * @param {{many: ReturnType<typeof makeMany>, file: string}} props */
export function Progress({ many, file }) {
  const [count, all] = [many.results.value.length, many.begun.value?.count ?? 0];
  const ended = count > 0 && !many.going.value;
  return h(
    "p",
    { class: "many-progress", role: "status", "data-going": many.going.value },
    many.trouble.value
      ? h("span", { class: "trouble" }, many.trouble.value)
      : t("page", "{count} of {all} networks", { count, all }),
    ended &&
      h(
        Button,
        {
          look: "quiet",
          onClick: () => saveFile(new Blob([csvOf(many.results.peek())], { type: "text/csv" }), `${file}.csv`),
        },
        t("page", "Download as CSV"),
      ),
    ended &&
      (many.kept.value
        ? h("span", null, t("page", "Kept below"))
        : h(Button, { look: "quiet", onClick: () => void many.keep() }, t("page", "Keep here"))),
  );
}
