/** Names for elements that point at each other (`for`, `aria-describedby`). */

import { useState } from "preact/hooks";

let last = 0;

/** The same name for as long as a component lives. @returns {string} */
export function useName() {
  return useState(() => `n${(last += 1)}`)[0];
}
