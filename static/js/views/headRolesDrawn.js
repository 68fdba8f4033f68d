/** What each head of attention measurably does, and from which step on. */

import { h } from "preact";
import { formatNumber, formatPercent } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { TableHead } from "../ui/tableHead.js";
import { mostOf, sinceWhen } from "./attentionMaps.js";
import { roleName, titleOf } from "./headNames.js";
import { useKeptFrames } from "./keptFrames.js";
import { useNewestFrame } from "./newestFrames.js";

/** @typedef {import("../live/frameFormat.js").Frame} Frame */

const [WIDTH, HEIGHT] = [60, 16];

/** @param {{source: import("./newestFrames.js").OneSource, probe: string, run: any, experiment: any}} props */
export function HeadRoles({ source, probe, run, experiment }) {
  const frame = useNewestFrame(source);
  const kept = useKeptFrames(run, probe);
  const addresses = /** @type {string[]} */ (frame?.about.layers ?? []);
  if (!frame || addresses.length === 0) return null;
  const frames = [...kept.filter(({ step }) => step < frame.step), frame];
  return h(
    "figure",
    { class: "head-roles" },
    h(
      "div",
      { tabIndex: 0, role: "region", "aria-label": t("views", "What heads do") },
      h(
        "table",
        null,
        h(TableHead, {
          titles: [t("views", "Head"), t("views", "looks at"), t("views", "share"), t("views", "from step")],
        }),
        addresses.map((address, number) =>
          h(
            "tbody",
            { key: address },
            Array.from({ length: frame.arrays[`roles:${address}`].shape[0] }, (_, head) =>
              h(Head, { key: head, frames, address, head, title: titleOf(experiment, address, number) }),
            ),
          ),
        ),
      ),
    ),
    h(
      "figcaption",
      { class: "quiet" },
      t(
        "views",
        "What has the largest share of a head’s attention, on average. From half on the head is named for it; the step is the first kept moment since when that is so. “What followed” is measured in texts that repeat random tokens: what stood behind the same token before.",
      ),
    ),
  );
}

/** @param {{frames: Frame[], address: string, head: number, title: string}} props */
function Head({ frames, address, head, title }) {
  const { role, share } = mostOf(frames[frames.length - 1], address, head);
  const since = sinceWhen(frames, address, head);
  return h(
    "tr",
    { class: since === null ? "quiet" : "" },
    h("th", { scope: "row" }, t("views", "{layer}, head {head}", { layer: title, head: String(head + 1) })),
    h("td", null, roleName(role)),
    h("td", null, h(Course, { shares: frames.map((frame) => shareOf(frame, address, head, role)) }), formatPercent(share, 0)), // prettier-ignore
    h("td", null, since === null ? "–" : formatNumber(since)),
  );
}

/** How a share came to be what it is, moment by moment. @param {{shares: number[]}} props */
function Course({ shares }) {
  const x = (/** @type {number} */ at) => (at / Math.max(shares.length - 1, 1)) * WIDTH;
  const y = (/** @type {number} */ share) => 1 + (HEIGHT - 2) * (1 - share);
  return h(
    "svg",
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, "aria-hidden": "true" },
    h("line", { x1: 0, x2: WIDTH, y1: y(0.5), y2: y(0.5) }),
    h("polyline", { points: shares.map((share, at) => `${x(at).toFixed(1)},${y(share).toFixed(1)}`).join(" ") }),
  );
}

/** The share that a head gave to what a role names. @param {Frame} frame @param {string} address @param {number} head
 * @param {string} role */
function shareOf(frame, address, head, role) {
  const names = /** @type {string[]} */ (frame.about.roles ?? []);
  const roles = frame.arrays[`roles:${address}`];
  return roles ? roles.data[head * names.length + Math.max(names.indexOf(role), 0)] : 0;
}
