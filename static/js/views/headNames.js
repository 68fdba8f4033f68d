/** What attentions and what their heads do are called. */

import { partOf } from "../api/parts.js";
import { t } from "../i18n/t.js";
import { layerPath } from "./attentionMaps.js";

/** @param {string} role @returns {string} */
export function roleName(role) {
  if (role === "itself") return t("views", "itself");
  if (role === "before") return t("views", "the one before");
  if (role === "after") return t("views", "the one behind");
  if (role === "followed") return t("views", "what followed");
  return role === "first" ? t("views", "the first") : "";
}

/** The layer of an attention. @param {any} experiment @param {string} address @param {number} number of the attention */
export function titleOf(experiment, address, number) {
  const kind = layerPath(address)
    .split("/")
    .slice(1)
    .reduce((/** @type {any} */ part, name) => part?.[name], experiment)?.kind;
  return `${partOf("layers", kind)?.title ?? t("views", "Attention")} ${number + 1}`;
}
