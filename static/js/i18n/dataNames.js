/** What classes, columns and inputs are called: ours in the language of the page, a person's own as they gave them. */

import { signal } from "@preact/signals-core";
import { t } from "./t.js";

/** Whether the names on the page are somebody's own, because its data are. */
export const namesAreOwn = signal(false);

/** @param {string} name as the data have it @returns {string} */
export const dataName = (name) => (namesAreOwn.value ? name : t("datasets", name));
