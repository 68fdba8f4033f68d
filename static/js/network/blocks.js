/** The boxes around blocks that stand unfolded, with the button that folds them, and the headings of their lanes. */

import { h } from "preact";
import { t } from "../i18n/t.js";
import { Icon } from "../ui/icons.js";
import { titleOf } from "./names.js";

/** @typedef {import("./layout.js").Layout} Layout */

/** @param {{layout: Layout, fold: (key: string) => void}} props */
export function Blocks({ layout, fold }) {
  const frames = layout.frames.map((frame) => {
    if (frame.kind === "container" && frame.lanes === 0) return null;
    const style = {
      left: `${frame.left}px`,
      width: `${frame.right - frame.left}px`,
      top: `${frame.top}px`,
      height: `${frame.bottom - frame.top}px`,
    };
    const title = titleOf(layout.columns[frame.to].car);
    const label = frame.kind === "fold" ? t("network", "Fold these cars") : t("network", "Fold {title}", { title });
    return h(
      "div",
      { key: `${frame.key} frame`, class: `block ${frame.kind}`, style },
      h(
        "button",
        {
          type: "button",
          class: "block-fold",
          tabIndex: -1,
          title: label,
          "aria-label": label,
          onClick: () => fold(frame.key),
        },
        h(Icon, { name: "minus", size: 14 }),
      ),
    );
  });
  const headings = layout.headings.map(({ number, left, top, list }) =>
    h(
      "span",
      { key: `heading ${list}`, class: "lane-heading", style: { left: `${left}px`, top: `${top}px` } },
      t("network", "Branch {number}", { number: String(number) }),
    ),
  );
  return [frames, headings];
}
