/** How many branches stand side by side in a car, on its card. */

import { h } from "preact";
import { partOf } from "../api/parts.js";
import { t } from "../i18n/t.js";
import { IconButton } from "../ui/controls.js";
import { edit } from "./document.js";

/** @typedef {import("../network/cars.js").Car} Car */

/** How many stacks stand side by side: one more, or one less, the last.
 * @param {{car: Car, place: string}} props */
export function BranchCount({ car, place }) {
  const most = partOf("layers", car.layers[0].kind)?.schema.properties?.branches?.maxItems ?? Infinity;
  const count = car.tracks.length;
  const add = {
    op: /** @type {const} */ ("add"),
    path: `${place}/branches/-`,
    value: car.nextBranch ?? { layers: [] },
  };
  const less = { op: /** @type {const} */ ("remove"), path: `${place}/branches/${count - 1}` };
  return h(
    "div",
    { class: "field-row branches-count" },
    h("span", null, t("editor", "{count} branches", { count })),
    h(
      "span",
      { class: "tools" },
      h(IconButton, {
        icon: "minus",
        look: "quiet",
        label: t("editor", "Remove the last branch"),
        disabled: count < 2,
        onClick: () => edit([less]),
      }),
      h(IconButton, {
        icon: "plus",
        look: "quiet",
        label: t("editor", "Add a branch"),
        disabled: count >= most,
        onClick: () => edit([add]),
      }),
    ),
  );
}
