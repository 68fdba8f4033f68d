/** The atlas: two settings span a plane, and each place of it is a network that was trained to its end. */

import { h } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { t } from "../i18n/t.js";
import { NumberField, Select } from "../ui/controls.js";
import { Dialog } from "../ui/dialog.js";
import { axesOf } from "./atlasAxes.js";
import { axisTitle } from "./atlasPlace.js";
import { Plane } from "./atlasPlane.js";
import { experiment } from "./document.js";
import { KeptList } from "./keptNetworks.js";
import { makeMany, Progress } from "./manyNetworks.js";

const PATH = "/api/atlas";
const MOST_EPOCHS = 200;
const TARGET = 0.1; // training loss

/** @param {{kept?: import("./keptNetworks.js").Kept, onClose: () => void,
 *   onKept: (kept: import("./keptNetworks.js").Kept) => void}} props */
export function Atlas({ kept, onClose, onKept }) {
  const document = experiment.value;
  const axes = useMemo(() => axesOf(document), []);
  const [x, setX] = useState(kept?.asked.x.path ?? axes[0].path);
  const [y, setY] = useState(kept?.asked.y.path ?? axes[1].path);
  const [metric, setMetric] = useState("loss");
  const [target, setTarget] = useState(kept?.asked.target ?? TARGET);
  const many = useMemo(() => makeMany(PATH), []);
  const epochs = Math.min(document.training?.epochs ?? MOST_EPOCHS, MOST_EPOCHS);
  useEffect(() => {
    const asked = kept?.asked;
    if (asked && asked.x.path === x && asked.y.path === y && asked.target === target) return many.show(kept);
    const [across, up] = [x, y].map((path) => axes.find((axis) => axis.path === path));
    if (x !== y) void many.start({ experiment: experiment.peek(), x: across, y: up, epochs, target });
    return many.stop;
  }, [x, y, target]);
  const options = axes.map(({ path }) => ({ value: path, title: axisTitle(path) }));
  return h(
    Dialog,
    { title: t("page", "Atlas"), class: "many atlas", onClose },
    h(
      "p",
      null,
      t(
        "page",
        "Every place is a network of its own, trained for {epochs} epochs. Blue places ended well, orange ones badly. A ragged edge is where training is delicate; beyond too high a learning rate nothing is learned.",
        { epochs },
      ),
    ),
    h(
      "div",
      { class: "many-controls" },
      h(Select, { label: t("page", "Across"), value: x, options, onInput: setX }),
      h(Select, { label: t("page", "Up"), value: y, options, onInput: setY }),
      h(Select, {
        label: t("page", "Shown"),
        value: metric,
        options: [
          { value: "loss", title: t("page", "Validation loss") },
          { value: "score", title: t("page", "Validation score") },
          { value: "gap", title: t("page", "Gap") },
          { value: "epochs", title: t("page", "Epochs to target") },
        ],
        onInput: setMetric,
      }),
      metric === "epochs" &&
        h(NumberField, { label: t("page", "Target: training loss"), value: target, onInput: setTarget, min: 0 }),
    ),
    metric === "epochs" &&
      h(
        "p",
        null,
        t(
          "page",
          "Blue places needed few epochs until the mean training loss of an epoch was at most {target}; the most orange ones never came there.",
          { target },
        ),
      ),
    x === y
      ? h("p", { class: "trouble" }, t("page", "Choose two different settings."))
      : h(Progress, { many, file: "atlas" }),
    x !== y && many.begun.value && h(Plane, { many, metric, epochs, onClose }),
    h(KeptList, { path: PATH, onOpen: onKept }),
  );
}
