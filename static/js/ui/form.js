/** A form made from a part's JSON schema: labels, help, bounds, groups, and the problems beside the fields. */

import { h } from "preact";
import { memo } from "./memo.js";
import { parseNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Chip, NumberField, SegmentedControl, Select, Slider, TextField, Toggle } from "./controls.js";
import { Field, ProblemList } from "./field.js";
import { withNote } from "./help.js";
import { useName } from "./ids.js";
import { defaultOf, filled, planOf } from "./schema.js";
import { isHidden, isLocked } from "./shown.js";

/** @typedef {import("../api/client.js").Problem} Problem */
/** @typedef {import("../api/client.js").Edit} Edit */
/** @typedef {import("./schema.js").Schema} Schema */
/**
 * @typedef {object} FormProps
 * @property {Schema} schema of the whole object; titles and descriptions are already in the person's language
 * @property {Record<string, any>} value fields may be left out
 * @property {string} place JSON Pointer of the object in the document
 * @property {Problem[]} [problems] all of the document; those of this place are shown
 * @property {(edits: Edit[]) => void} onEdit
 * @property {string} [context] where sentences are looked up that the server did not translate
 * @property {string[]} [only] these fields, in this order
 * @property {string[]} [without]
 * @property {() => boolean} [live] whether a run is going on: the help of fields that cannot be set in it says so
 * @property {Schema} [root] holds `$defs`
 */

const FEW = 3; // choices that stand side by side

/** @param {FormProps} props */
export function SchemaForm(props) {
  const { schema, value, place, problems = [], only, without = [], root = schema } = props;
  const whole = filled(value, schema, root);
  const names = (only ?? Object.keys(schema.properties ?? {})).filter(
    (name) => name !== "kind" && !without.includes(name),
  );
  const here = problems.filter((problem) => problem.place === place);
  return h(
    "div",
    { class: "form" },
    h(ProblemList, { problems: here, onFix: (fix) => props.onEdit(fix.edits) }),
    names
      .filter((name) => schema.properties[name] && !isHidden(`${place}/${name}`))
      .map((name) => {
        const field = h(FormField, {
          key: name,
          field: schema.properties[name],
          value: whole[name],
          place: `${place}/${name}`,
          problems: problems.filter((problem) => within(problem.place, `${place}/${name}`)),
          onEdit: props.onEdit,
          context: props.context,
          live: props.live,
          root,
        });
        return isLocked(`${place}/${name}`)
          ? h("fieldset", { key: name, class: "locked", disabled: true }, field)
          : field;
      }),
  );
}

/** @param {string} place @param {string} outer */
function within(place, outer) {
  return place === outer || place.startsWith(`${outer}/`);
}

/**
 * @typedef {object} FormFieldProps
 * @property {Schema} field
 * @property {any} value
 * @property {string} place
 * @property {Problem[]} problems
 * @property {(edits: Edit[]) => void} onEdit
 * @property {string} [context]
 * @property {() => boolean} [live]
 * @property {Schema} root
 */

/** One field; drawn again only when something of it changed. */
const FormField = memo((/** @type {FormFieldProps} */ props) => {
  const { field, value, place, problems, onEdit, context = "ui", live, root } = props;
  const plan = planOf(field, root);
  /** @param {any} next */
  const set = (next) => onEdit([{ op: "replace", path: place, value: next }]);
  const description = t(context, plan.description);
  const text = plan.live ? description : () => withNote(description, live);
  const shared = {
    label: t(context, plan.title),
    help: description ? { text } : undefined,
    problems: problems.filter((problem) => problem.place === place || plan.control !== "object"),
    onFix: (/** @type {import("../api/client.js").Fix} */ fix) => onEdit(fix.edits),
  };
  const labels = field.labels ?? plan.schema.labels ?? {};
  switch (plan.control) {
    case "object":
      return h(Group, { ...props, plan, shared, set });
    case "toggle":
      return h(Toggle, { ...shared, value: Boolean(value), onInput: set });
    case "choice": {
      const options = plan.schema.enum.map((/** @type {any} */ choice) => ({
        value: String(choice),
        title: t(context, labels[choice] ?? String(choice)),
      }));
      const back = (/** @type {string} */ text) =>
        set(plan.schema.enum.find((/** @type {any} */ choice) => String(choice) === text));
      const fits =
        options.length <= FEW && options.every((/** @type {{title: string}} */ option) => option.title.length < 14);
      return h(fits ? SegmentedControl : Select, {
        ...shared,
        value: String(value),
        options,
        onInput: back,
        inline: !fits,
      });
    }
    case "chips":
      return h(Chips, { shared, labels, context, all: plan.schema.items.enum, value: value ?? [], set });
    case "numbers":
      return h(TextField, {
        ...shared,
        late: true,
        value: (value ?? []).join(", "),
        onInput: (text) => set(numbersIn(text)),
      });
    case "text":
      return h(TextField, { ...shared, value: value ?? "", onInput: set });
    case "none":
      return null;
    default: {
      if (plan.optional) return h(OptionalNumber, { plan, shared, value, set });
      const number = { ...shared, ...plan.range, unit: plan.unit, value, onInput: set };
      return plan.control === "slider" ? h(Slider, number) : h(NumberField, number);
    }
  }
});

/** An object within the form; one that may be left out has a switch.
 * @param {FormFieldProps & {plan: import("./schema.js").FieldPlan, shared: any, set: (value: any) => void}} props */
function Group({ field, value, place, problems, onEdit, context, live, root, plan, shared, set }) {
  const inner = { schema: plan.schema, value, place, problems, onEdit, context, live, root };
  if (!plan.optional) return h("fieldset", { class: "group" }, h("legend", null, shared.label), h(SchemaForm, inner));
  const on = value !== null && value !== undefined;
  const start = () => filled({}, plan.schema, root);
  return h(
    "div",
    { class: "group optional" },
    h(Toggle, { ...shared, value: on, onInput: (wanted) => set(wanted ? (defaultOf(field, root) ?? start()) : null) }),
    on && h(SchemaForm, inner),
  );
}

/** A number that may be left out. @param {{plan: import("./schema.js").FieldPlan, shared: any, value: any, set: (value: any) => void}} props */
function OptionalNumber({ plan, shared, value, set }) {
  const on = value !== null && value !== undefined;
  return h(
    "div",
    { class: "group optional" },
    h(Toggle, { ...shared, problems: [], value: on, onInput: (wanted) => set(wanted ? plan.start : null) }),
    on &&
      h(NumberField, { ...shared, bare: true, help: undefined, ...plan.range, unit: plan.unit, value, onInput: set }),
  );
}

/** Several of a list, in the order of the list. @param {{shared: any, labels: Record<string, string>, context: string, all: string[], value: string[], set: (value: string[]) => void}} props */
function Chips({ shared, labels, context, all, value, set }) {
  const name = useName();
  return h(
    Field,
    { ...shared, name, group: true },
    h(
      "span",
      { class: "chips" },
      all.map((choice) =>
        h(Chip, {
          key: choice,
          title: t(context, labels[choice] ?? choice),
          value: value.includes(choice),
          onInput: (wanted) => set(all.filter((other) => (other === choice ? wanted : value.includes(other)))),
        }),
      ),
    ),
  );
}

/** @param {string} text @returns {number[]} */
function numbersIn(text) {
  return text
    .split(/[,;，；、\s]+/)
    .map(parseNumber)
    .filter((number) => !Number.isNaN(number));
}
