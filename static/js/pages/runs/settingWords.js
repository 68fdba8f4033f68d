/** What settings of documents and their values are called where runs are compared. */

import { networkTitle, titleOfSetting } from "../../api/parts.js";
import { formatNumber } from "../../i18n/numbers.js";
import { t } from "../../i18n/t.js";
import { FAMILIES, titleOfKind } from "./kindTitles.js";

/** Settings that belong to no form. */
const OWN_TITLES = /** @type {Record<string, string>} */ ({ seed: "Seed", layers: "Layers", head: "Output head" });
/** What some are called where there is little room. */
const SHORT = /** @type {Record<string, string>} */ ({ lr: "lr", batch_size: "batch" });

/**
 * A setting with its value in a few words: "Adam", "8-8 Tanh", "lr 0.1", "no schedule".
 * @param {string} path
 * @param {unknown} value
 * @param {any[]} documents
 * @param {import("./kindTitles.js").Parts} known
 */
export function inShort(path, value, documents, known) {
  const [first, network = ""] = path.slice(1).split("/");
  const name = path.split("/").at(-1) ?? "";
  const title = SHORT[name] ? inNetwork(first, network, t("runs", SHORT[name])) : settingTitle(path, documents, known);
  if (value === undefined || value === null || value === "") return t("runs", "no {setting}", { setting: title });
  const text = valueText(path, value, documents, known);
  return ["kind", "layers"].includes(name) ? inNetwork(first, network, text) : `${title} ${text}`;
}

/**
 * @param {string} path
 * @param {any[]} documents
 * @param {import("./kindTitles.js").Parts} known
 */
export function settingTitle(path, documents, known) {
  const [first, ...rest] = path.slice(1).split("/");
  const name = rest.at(-1) ?? first;
  const part = partIn(path);
  if (name === "kind" && part) return inNetwork(first, rest[0], t("runs", part));
  const own = OWN_TITLES[name] && t("experiment", OWN_TITLES[name]);
  const title = fieldAt(path, documents, known)?.title ?? own ?? titleOfSetting(documents[0], path);
  if (first === "networks") return inNetwork(first, rest[0], title);
  return first === name || first === "training" ? title : `${t("runs", first)} · ${title}`;
}

/**
 * @param {string} path
 * @param {unknown} value
 * @param {any[]} documents
 * @param {import("./kindTitles.js").Parts} known
 * @returns {string}
 */
export function valueText(path, value, documents, known) {
  if (value === undefined || value === null) return "–";
  const changed = /** @type {{changed?: unknown[]}} */ (value).changed; // while the run trained
  if (changed) return changed.map((each) => valueText(path, each, documents, known)).join(" → ");
  if (typeof value === "number") return formatNumber(value, 4);
  if (typeof value === "boolean") return t("runs", value ? "yes" : "no");
  const family = FAMILIES[partIn(path) ?? ""];
  if (path.endsWith("/kind") && family) return titleOfKind(known, family, String(value));
  const field = fieldAt(path, documents, known);
  if (field?.enum) return t(family, field.labels?.[String(value)] ?? String(value));
  return String(value) || "–";
}

/** A title with the name of the network it belongs to, where that has one. @param {string} first @param {string} network @param {string} title */
function inNetwork(first, network, title) {
  const named = first === "networks" && networkTitle(network) !== network;
  return named ? `${networkTitle(network)} · ${title}` : title;
}

/** Which part of a document a setting belongs to: "optimizer" of `/networks/encoder/optimizer/lr`. @param {string} path */
function partIn(path) {
  return path
    .split("/")
    .reverse()
    .find((name) => FAMILIES[name]);
}

/**
 * The field of a setting in the form of a part that one of the documents has.
 * @param {string} path
 * @param {any[]} documents
 * @param {import("./kindTitles.js").Parts} known
 */
function fieldAt(path, documents, known) {
  const names = path.slice(1).split("/");
  const holder = names.slice(0, -1);
  const kinds = documents.map((document) => holder.reduce((found, name) => found?.[name], document)?.kind);
  const parts = known[FAMILIES[partIn(path) ?? ""]] ?? [];
  return parts.flatMap(
    ({ kind, schema }) => (kinds.includes(kind) && schema?.properties?.[names.at(-1) ?? ""]) || [],
  )[0];
}
