/** Asking a trained network for what it can do besides judging samples: a form, and the reply as it comes. */

import { h } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { ApiProblem } from "../api/client.js";
import { partOf } from "../api/parts.js";
import { postForEvents } from "../api/stream.js";
import { t } from "../i18n/t.js";
import { Button, SegmentedControl, Select } from "../ui/controls.js";
import { SchemaForm } from "../ui/form.js";
import { More } from "../ui/more.js";
import { HiddenWords } from "./hiddenWords.js";
import { DrawingField } from "./ownDrawing.js";
import { Reply } from "./reply.js";
import { SoundField } from "./soundField.js";

/** @typedef {import("../api/client.js").Problem} Problem */

/** Settings that have a field of their own, by their schema. */
const OWN_FIELDS = [
  { fits: (/** @type {any} */ { contentMediaType }) => contentMediaType === "audio/wav", field: SoundField },
  { fits: (/** @type {any} */ { format }) => format === "drawing", field: DrawingField },
];
const COMMON = ["seed", "step", "weights"]; // of every question
const FIRST = 3; // settings that are in sight
const FEW = 2; // questions that stand side by side

/** @param {{kinds: string[], run: any, preview: import("./points.js").Preview}} props `kinds` are the
 *   questions that fit, `run` that of the document, null where there is none */
export function Ask({ kinds, run, preview }) {
  const [chosen, setChosen] = useState(kinds[0]);
  const kind = kinds.includes(chosen) ? chosen : kinds[0];
  return [
    kinds.length > 1 &&
      h(kinds.length > FEW ? Select : SegmentedControl, {
        key: "kinds",
        label: t("views", "Question"),
        bare: true,
        inline: false,
        value: kind,
        options: kinds.map((value) => ({ value, title: partOf("questions", value)?.title ?? value })),
        onInput: setChosen,
      }),
    h(Question, { key: kind, kind, run, preview }),
  ];
}

/** @param {{kind: string, run: any, preview: import("./points.js").Preview}} props */
function Question({ kind, run, preview }) {
  const part = partOf("questions", kind);
  const [settings, setSettings] = useState(/** @type {Record<string, any>} */ ({}));
  const [parts, setParts] = useState(/** @type {any[]} */ ([]));
  const [beginning, setBeginning] = useState(""); // of the text that was asked about
  const [step, setStep] = useState(/** @type {number | null} */ (null));
  const [problems, setProblems] = useState(/** @type {Problem[]} */ ([]));
  const [busy, setBusy] = useState(false);
  const asked = useRef(new AbortController());
  const reply = useRef(/** @type {HTMLElement | null} */ (null));
  const unseen = useRef(false); // the reply to the newest question has not begun
  useEffect(() => {
    if (!unseen.current || parts.length === 0) return;
    unseen.current = false; // once for each question: while it goes on, the person scrolls
    reply.current?.scrollIntoView({ block: "nearest" });
  }, [parts]);
  useEffect(() => {
    setParts([]); // of another run; what is typed stays
    setStep(null);
    setBusy(false);
    return () => asked.current.abort();
  }, [run?.id]);
  if (!part) return null;

  const ask = async (now = settings) => {
    asked.current.abort();
    const { signal } = (asked.current = new AbortController());
    setProblems([]);
    setBusy(true);
    try {
      const path = `/api/runs/${encodeURIComponent(run.id)}/ask`;
      for await (const { event, data } of postForEvents(path, { kind, ...now }, signal)) {
        if (event === "begun") {
          unseen.current = true;
          setParts([]);
          setBeginning(now.text ?? "");
          setStep(data.step);
        } else if (event === "part") setParts((before) => [...before, data]);
        else if (event === "problem") setProblems([data]);
      }
    } catch (problem) {
      if (signal.aborted) return;
      setParts([]);
      const told = problem instanceof ApiProblem && problem.problems.length > 0 ? problem.problems : null;
      setProblems(told ?? [{ detail: String(/** @type {any} */ (problem).message), place: "", fixes: [] }]);
    }
    if (!signal.aborted) setBusy(false);
  };
  const stop = () => {
    asked.current.abort();
    setBusy(false);
  };
  const ready = run && run.checkpoint.value !== null;
  const own = Object.keys(part.schema.properties).filter((name) => !["kind", ...COMMON].includes(name));
  const wordsOf = (/** @type {string} */ name) => part.schema.properties[name].words_of;
  const edit = (/** @type {import("../api/client.js").Edit[]} */ edits) => {
    const changes = Object.fromEntries(edits.map(({ path, value }) => [path.slice(1), value]));
    const places = own.filter((name) => wordsOf(name) in changes); // of another text now
    setSettings((before) => ({ ...before, ...Object.fromEntries(places.map((name) => [name, []])), ...changes }));
  };
  const form = { schema: part.schema, value: settings, place: "", problems, onEdit: edit, context: "questions" };
  const fieldOf = (/** @type {string} */ name) =>
    OWN_FIELDS.find(({ fits }) => fits(part.schema.properties[name]))?.field;
  const names = own.filter((name) => !fieldOf(name) && !wordsOf(name));
  const hide = (/** @type {string} */ name, /** @type {number[]} */ places) => {
    const now = { ...settings, [name]: places };
    setSettings(now);
    if (places.length === 0) setParts([]);
    else if (ready) void ask(now);
  };
  return h(
    "form",
    {
      class: "ask",
      onSubmit: (/** @type {Event} */ event) => {
        event.preventDefault();
        if (ready) void ask();
      },
    },
    h("p", { class: "quiet" }, part.help.split("\n\n")[0]),
    h(
      "div",
      { class: "own-fields" },
      own.filter(fieldOf).map((name) =>
        h(/** @type {any} */ (fieldOf(name)), {
          key: name,
          name: `${kind} ${name}`,
          label: part.schema.properties[name].title,
          help: part.schema.properties[name].description,
          preview,
          problems: problems.filter(({ place }) => place === `/${name}`),
          set: (/** @type {any} */ value) => {
            edit([{ op: "replace", path: `/${name}`, value }]);
            setProblems([]);
          },
        }),
      ),
    ),
    h(SchemaForm, { ...form, only: names.slice(0, FIRST) }),
    own.filter(wordsOf).map((name) =>
      h(HiddenWords, {
        key: name,
        text: settings[wordsOf(name)] ?? "",
        hidden: settings[name] ?? [],
        blanks: beginning === settings[wordsOf(name)] ? parts : [],
        preview,
        problems: problems.filter(({ place }) => place.startsWith(`/${name}`)),
        setText: (text) => edit([{ op: "replace", path: `/${wordsOf(name)}`, value: text }]),
        set: (places) => hide(name, places),
      }),
    ),
    h(
      "p",
      { class: "ask-do" },
      busy
        ? h(Button, { onClick: stop }, t("views", "Stop"))
        : h(Button, { look: "primary", disabled: !ready, attributes: { type: "submit" } }, t("views", "Ask")),
      h(
        "span",
        { class: "quiet", role: "status" },
        ready
          ? step !== null && t("views", "as it was at step {step}", { step })
          : t("views", "You can ask once the network has been saved for the first time."),
      ),
    ),
    parts.length > 0 && h("div", { class: "ask-reply", ref: reply }, h(Reply, { beginning, parts, preview })),
    h(
      More,
      { name: "ask" },
      h(SchemaForm, {
        ...form,
        problems: problems.filter(({ place }) => place),
        only: [...names.slice(FIRST), ...COMMON],
      }),
    ),
  );
}
