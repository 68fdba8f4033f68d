/** One set of pictures of one's own: its classes, and how the network is to see them. */

import { h } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { partOf } from "../api/parts.js";
import { experiment } from "../editor/document.js";
import { patched } from "../editor/patch.js";
import { t } from "../i18n/t.js";
import { Button } from "../ui/controls.js";
import { ProblemList } from "../ui/field.js";
import { SchemaForm } from "../ui/form.js";
import { addPictures, ahead, forgetNewest, stopAdding } from "./adding.js";
import { cameraAllowed } from "./camera.js";
import { ClassCard } from "./classCard.js";
import { slides } from "./fitting.js";
import { allClasses, freshName, picturesByClass, renamed, withClasses } from "./pictureClasses.js";
import { previewOf } from "./preview.js";
import { Levels } from "./readAgain.js";
import { waiting } from "./uploads.js";
import { Using } from "./using.js";
import { usePlan } from "./usePlan.js";

/** @typedef {import("./uploads.js").Upload} Upload */

const PLACE = "/dataset";
const FEWEST = 2; // classes that can be told apart
const SEEN = ["side", "colour", "fit"]; // settings of how a picture is seen

/** @param {{upload: Upload, onUsed: () => void}} props */
export function PicturesPage({ upload, onUsed }) {
  const [settings, setSettings] = useState(/** @type {Record<string, any>} */ ({}));
  const [fresh, setFresh] = useState(() => (upload.id ? [] : [1, 2].map(className)));
  const [leftOut, setLeftOut] = useState(/** @type {Set<string>} */ (new Set()));
  const [camera, setCamera] = useState("");
  const classes = allClasses(upload.classes ?? [], fresh, leftOut);
  const dataset = withClasses({ ...startOf(upload), ...settings }, classes);
  const planning = usePlan(dataset, "classification", () => slides(experiment.peek()));
  const latest = useRef(dataset); // fields that are not drawn again keep their functions
  latest.current = dataset;
  const all = classes.map((pictureClass) => ({ ...pictureClass, used: pictureClass.count > 0 }));
  const pictures = picturesByClass(usePreview(withClasses(dataset, all)));
  useEffect(() => () => (stopAdding(), forgetNewest()), []);
  const edit = (/** @type {import("../api/client.js").Edit[]} */ edits) => {
    const next = patched({ dataset: latest.current }, edits).dataset;
    setSettings(Object.fromEntries(SEEN.map((name) => [name, next[name]])));
  };
  /** @param {string} name @param {boolean} wanted */
  const use = (name, wanted) => {
    const next = new Set(leftOut);
    if (wanted) next.delete(name);
    else next.add(name);
    setLeftOut(next);
  };
  return h(
    "div",
    { class: "own-page" },
    h(ProblemList, { hints: true, problems: upload.warnings }),
    upload.id && h(Levels, { upload }),
    !cameraAllowed() && h("p", { class: "fine" }, noCamera()),
    waiting.value.length > 0 && h(Waiting, { classes: classes.map(({ name }) => name) }),
    ahead.value > 1 &&
      h(
        "p",
        { class: "own-ahead", role: "status" },
        t("own", "{count} pictures are on their way.", { count: ahead.value }),
        h(Button, { look: "quiet", onClick: stopAdding }, t("own", "Cancel")),
      ),
    h(
      "div",
      { class: "own-classes" },
      classes.map((pictureClass, at) =>
        h(ClassCard, {
          key: at,
          pictureClass,
          at,
          pictures: pictures[pictureClass.name] ?? [],
          dataset,
          camera: camera === pictureClass.name,
          onCamera: (open) => setCamera(open ? pictureClass.name : ""),
          onFiles: (files) => addPictures(files, pictureClass.name),
          onUse: (wanted) => use(pictureClass.name, wanted),
          onName: (name) => setFresh(renamed(fresh, pictureClass.name, name, classes)),
          onRemove: () => setFresh(fresh.filter((before) => before !== pictureClass.name)),
        }),
      ),
      h(
        Button,
        { icon: "plus", class: "own-add", onClick: () => setFresh([...fresh, freshName(classes, className)]) },
        t("own", "Another class"),
      ),
    ),
    upload.id && h(Settings, { dataset, edit }),
    upload.id &&
      dataset.classes.length < FEWEST &&
      h("p", { class: "fine" }, t("own", "Two classes with pictures are needed before this can be used.")),
    dataset.classes.length >= FEWEST &&
      h(Using, {
        planning,
        small: t("own", "Two convolutions with pooling, of 8 and 16 filters."),
        elsewhere: [],
        edit,
        file: upload.name,
        onUsed,
      }),
  );
}

/** @param {number} number */
function className(number) {
  return t("own", "Class {number}", { number });
}

function noCamera() {
  return t(
    "own",
    "Browsers give the camera to a page only over https, or on the machine itself. “Take a photo” opens the camera of a phone; elsewhere it chooses a file.",
  );
}

/** The set as the document has it, if it does; else as the server offers it. @param {Upload} upload */
function startOf(upload) {
  const now = experiment.peek().dataset;
  return now?.upload && now.upload === upload.id ? now : upload.dataset;
}

/** Pictures of the set, as the network sees them. @param {Record<string, any>} dataset */
function usePreview(dataset) {
  const [preview, setPreview] = useState(/** @type {any} */ (null));
  const names = dataset.classes.map((/** @type {{name: string}} */ pictureClass) => pictureClass.name);
  useEffect(() => {
    const stopped = new AbortController();
    if (names.length > 1) void previewOf(dataset, stopped.signal).then((seen) => seen && setPreview(seen));
    return () => stopped.abort();
  }, [JSON.stringify([dataset.upload, names, ...SEEN.map((name) => dataset[name])])]);
  return preview;
}

/** Pictures that were dropped before there was a class: a click says which one they belong to.
 * @param {{classes: string[]}} props */
function Waiting({ classes }) {
  const files = waiting.value;
  /** @param {string} name */
  const put = (name) => {
    waiting.value = [];
    void addPictures(files, name);
  };
  return h(
    "div",
    { class: "own-waiting", role: "group", "aria-label": t("own", "Which class do they belong to?") },
    h(
      "p",
      null,
      t("own", "Pictures that wait for a class: {count}. Which one do they belong to?", { count: files.length }),
    ),
    classes.map((name) => h(Button, { key: name, onClick: () => put(name) }, name)),
  );
}

/** @param {{dataset: Record<string, any>, edit: (edits: import("../api/client.js").Edit[]) => void}} props */
function Settings({ dataset, edit }) {
  const schema = partOf("datasets", "own_pictures")?.schema;
  if (!schema) return null;
  return h(
    "section",
    { class: "own-settings" },
    h("h3", null, t("own", "As the network sees them")),
    h(SchemaForm, { schema, value: dataset, place: PLACE, onEdit: edit, context: "datasets", only: SEEN }),
  );
}
