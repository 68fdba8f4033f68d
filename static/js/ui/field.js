/** What stands around every control: its label, its help, its problems with their fixes. */

import { h } from "preact";
import { Button } from "./buttons.js";
import { HelpMark } from "./help.js";

/** @typedef {import("../api/client.js").Problem} Problem */
/** @typedef {import("../api/client.js").Fix} Fix */
/** `text` may be a function that says it when it is read.
 * @typedef {{text: string | (() => string), formula?: string, tryThis?: {title: string, onClick: () => void}}} Help */
/**
 * @typedef {object} FieldProps
 * @property {string} label
 * @property {Help | string} [help]
 * @property {Problem[]} [problems]
 * @property {(fix: Fix) => void} [onFix]
 * @property {boolean} [bare] the label is only spoken
 */

/**
 * Lays a control out under its label.
 * @param {FieldProps & {name: string, inline?: boolean, group?: boolean, beside?: any, children?: any}} props
 *   `name` the control's id; `beside` what stands at the right of the label
 */
export function Field({ label, name, help, problems = [], onFix, inline, group, beside, bare, children }) {
  const title = group
    ? h("span", { class: "label", id: `${name}-label` }, label)
    : h("label", { class: "label", for: name }, label);
  return h(
    "div",
    {
      class: `field${inline ? " inline" : ""}${problems.length ? " wrong" : ""}${bare ? " bare" : ""}`,
      role: group ? "group" : undefined,
      "aria-labelledby": group ? `${name}-label` : undefined,
    },
    h(
      "div",
      { class: "field-head" },
      title,
      help && h(HelpMark, { label, help }),
      h("span", { class: "beside" }, beside),
    ),
    children,
    h(ProblemList, { problems, onFix, id: `${name}-problems` }),
  );
}

/** Problems in words, each with its fixes as buttons; nothing where there are none.
 * @param {{problems: Problem[], onFix?: (fix: Fix) => void, id?: string, hints?: boolean}} props
 *   `hints` are advice: nothing is wrong */
export function ProblemList({ problems, onFix, id, hints }) {
  if (problems.length === 0) return null;
  return h(
    "ul",
    { class: hints ? "problems hints" : "problems", id },
    problems.map((problem) =>
      h(
        "li",
        { key: problem.place + problem.detail },
        h("span", null, problem.detail),
        onFix &&
          problem.fixes.map((fix) => h(Button, { key: fix.title, class: "fix", onClick: () => onFix(fix) }, fix.title)),
      ),
    ),
  );
}

/** The attributes that tie a control to its problems. @param {string} name @param {Problem[]} [problems] */
export function described(name, problems) {
  return problems?.length ? { "aria-invalid": true, "aria-describedby": `${name}-problems` } : {};
}
