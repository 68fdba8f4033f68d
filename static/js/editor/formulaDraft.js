/** A formula while it is typed: what is wrong with it stands below, and only one that can be read is kept. */

import { h } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { post } from "../api/client.js";
import { t } from "../i18n/t.js";
import { Button, TextField } from "../ui/controls.js";
import { say } from "../ui/live.js";
import { report } from "./checking.js";
import { experiment } from "./document.js";

const PLACE = "/dataset/formulas";
const QUIET = 150; // milliseconds without a key before it is asked

/** @typedef {import("../api/client.js").Problem} Problem */

/**
 * @param {object} props
 * @param {number} props.at among the formulas; their number for a new one
 * @param {string} props.text to begin with
 * @param {number} props.longest characters
 * @param {string[]} props.formulas as they are
 * @param {(formula?: string) => void} props.onKeep with none it is removed
 * @param {() => void} props.onLeave
 */
export function FormulaDraft({ at, text, longest, formulas, onKeep, onLeave }) {
  const [draft, setDraft] = useState(text);
  const [problems, setProblems] = useState(/** @type {Problem[]} */ ([]));
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  const left = useRef(false);
  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    if (!draft.trim()) return setProblems([]);
    const asked = new AbortController();
    const timer = setTimeout(
      () => problemsOf(draft, at, formulas, asked.signal).then(setProblems, () => undefined), // asked again when kept
      QUIET,
    );
    return () => (clearTimeout(timer), asked.abort());
  }, [draft]);
  const leave = () => {
    left.current = true;
    onLeave();
  };
  const keep = async (/** @type {boolean} */ aloud) => {
    if (left.current) return;
    if (!draft.trim() || draft === text) return leave();
    const found = await problemsOf(draft, at, formulas).catch(() => []); // unreachable: the page says so, and checks later
    if (left.current) return;
    setProblems(found);
    if (found.length > 0) return aloud && say(found[0].detail, { now: true, about: "formula" });
    left.current = true;
    onKeep(draft.trim());
  };
  /** @param {import("../api/client.js").Fix} fix */
  const mend = ({ edits: [edit] }) => {
    if (edit.op !== "remove") return (setDraft(edit.value), input.current?.focus());
    if (at === formulas.length) return leave();
    left.current = true;
    onKeep();
  };
  return h(
    "div",
    { class: "formula-draft" },
    h(TextField, {
      label: t("editor", "Formula"),
      bare: true,
      value: draft,
      placeholder: "x1^2 + sin(3*x2)",
      problems,
      onFix: mend,
      onInput: setDraft,
      attributes: {
        ref: input,
        maxLength: longest,
        inputMode: "text",
        autocapitalize: "off",
        /** @param {KeyboardEvent} event */
        onKeyDown: (event) => {
          if (event.isComposing) return;
          if (event.key === "Enter") keep(true);
          if (event.key === "Escape") leave();
        },
        onBlur: () => draft.trim() && keep(false),
      },
    }),
    h(Button, { onClick: () => keep(true) }, at < formulas.length ? t("editor", "Change") : t("editor", "Add")),
  );
}

/** What the server finds wrong with a formula among the others. One that is broken already would be told in its stead.
 * @param {string} draft @param {number} at @param {string[]} formulas @param {AbortSignal} [signal]
 * @returns {Promise<Problem[]>} */
async function problemsOf(draft, at, formulas, signal) {
  const document = experiment.peek();
  const broken = new Set(report.peek()?.problems.map(({ place }) => place));
  const sound = formulas.filter((_, other) => other !== at && !broken.has(`${PLACE}/${other}`));
  const dataset = { ...document.dataset, formulas: [...sound, draft.trim()] };
  const answer = await post("/api/experiments/check", { experiment: { ...document, dataset } }, { signal });
  return answer.problems.filter((/** @type {Problem} */ problem) => problem.place === `${PLACE}/${sound.length}`);
}
