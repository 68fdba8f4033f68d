/** The address always holds the experiment; sharing copies it, on plain http too. */

import { effect, signal } from "@preact/signals-core";
import { t } from "../i18n/t.js";
import { note } from "../ui/live.js";
import { hidden, locked } from "../ui/shown.js";
import { experiment, goTo, name, replace, upgraded } from "./document.js";
import { hashOf, LONGEST, readHash } from "./link.js";
import { reopenPreset, spoken } from "./presets.js";

const QUIET = 300; // milliseconds without an edit before the address is written

/** Whether the address holds what is on the page. */
export const saved = signal(true);
/** How the link shows the experiment. @type {import("@preact/signals-core").Signal<import("./link.js").View>} */
export const view = signal({});
let written = "";

/** Opens what the address holds. @param {(document: import("./document.js").Document, name: string) => void} [open] @returns {Promise<import("./link.js").Shared | null>} */
export async function openAddress(open = replace) {
  try {
    const shared = await readHash(location.hash);
    if (!shared) return null;
    written = location.hash;
    view.value = shared.view;
    hidden.value = shared.view.hide ?? [];
    locked.value = shared.view.lock ?? [];
    open(shared.experiment, shared.name);
    return shared;
  } catch {
    note(t("page", "This link is damaged or was cut off, so its experiment cannot be read. Ask for it once more."));
    return null;
  }
}

/** Writes every change into the address, and follows back and forward. What only writes an older document as it is
 * written today takes the place of its address: going back would lead to the same experiment. */
export function keepAddress() {
  let timer = 0;
  let first = true;
  effect(() => {
    void [experiment.value, name.value];
    if (first) {
      first = false;
      if (!isUpgraded()) return;
    }
    saved.value = false;
    clearTimeout(timer);
    timer = window.setTimeout(write, QUIET);
  });
  addEventListener("popstate", () => {
    if (location.hash && location.hash !== written)
      void openAddress(goTo).then((shared) => reopenPreset(shared?.preset));
  });
}

const isUpgraded = () => upgraded.peek() !== null && experiment.peek() === upgraded.peek();

async function write() {
  const hash = await hashOf({
    experiment: experiment.peek(),
    name: name.peek(),
    preset: spoken.peek()?.name ?? "",
    view: view.peek(),
  });
  if (hash.length > LONGEST) {
    note(t("page", "This experiment is too long for a link. It is kept with its runs all the same."));
    return;
  }
  if (hash !== written) {
    written = hash;
    const address = `${location.pathname}${location.search}${hash}`;
    if (isUpgraded()) history.replaceState(history.state, "", address);
    else history.pushState(null, "", address);
  }
  saved.value = true;
}

/** Copies a link to the experiment. */
export async function share() {
  await write();
  const address = new URL(location.href);
  address.searchParams.delete("run");
  const copied = await copy(address.href);
  note(
    copied
      ? t("page", "The link is copied. It holds the whole experiment.")
      : t("page", "Copy the address of this page: it holds the whole experiment."),
  );
}

/** @param {string} text @returns {Promise<boolean>} */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text); // plain http has no clipboard of its own
  }
}

/** @param {string} text */
function copyBySelection(text) {
  const field = document.body.appendChild(document.createElement("textarea"));
  field.value = text;
  field.className = "spoken-only";
  field.select();
  const done = document.execCommand("copy");
  field.remove();
  return done;
}
