/** Addresses: layers are named by their place in the document, `/networks/main/layers/0`, the added head `…/head/0`. */

import { networkTitle } from "../api/parts.js";
import { t } from "../i18n/t.js";

export const INPUT = "/dataset"; // what arrives at a network

/** The name of the network that an address leads into. @param {string} address @returns {string} */
export function networkOf(address) {
  return address.split("/")[2] ?? "";
}

/** Whether an address is in the head that is added. @param {string} address */
export function inHead(address) {
  return address.split("/")[3] === "head";
}

/** What a layer is called by its address alone: `…/layers/0` is layer 1. @param {string} address @returns {string} */
export function nameOfPath(address) {
  const network = networkOf(address);
  return network === "main" ? nameWithin(address) : `${networkTitle(network)} · ${nameWithin(address)}`;
}

/** @param {string} address @returns {string} */
function nameWithin(address) {
  if (inHead(address)) return t("views", "Output");
  const numbers = address
    .split("/")
    .slice(3)
    .filter((key) => /^\d+$/.test(key))
    .map((number) => Number(number) + 1);
  return t("views", "Layer {number}", { number: numbers.join(".") });
}
