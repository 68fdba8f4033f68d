/** What comes out for data that no plane shows: on which classes the network is good, and on which samples. */

import { h } from "preact";
import { VIEWS } from "./index.js";
import { Placed } from "./view.js";

/** @param {any} props `beside` is what is said of the numbers, under them */
export function Result({ beside, ...shown }) {
  return [
    h(Placed, { key: "result", views: VIEWS, place: "result", ...shown }),
    beside,
    h(Placed, { key: "below", views: VIEWS, place: "below", ...shown }),
  ];
}
