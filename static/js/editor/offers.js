/** Asks the server which layers fit at a place of the network, and why the others do not. */

import { useEffect, useState } from "preact/hooks";
import { post } from "../api/client.js";
import { experiment } from "./document.js";

/** Of each kind of layer why it does not fit, or null where it does. @typedef {Record<string, string | null>} Reasons */
/** `starts` holds the layer as it is first put there, where that is not its defaults.
 * @typedef {{offers: Reasons, starts?: Record<string, any>}} Offers */

/** The answer for a place such as `/networks/main/layers/2`; null while it is on its way.
 * @param {string} place @returns {Offers | null} */
export function useOffers(place) {
  const [offers, setOffers] = useState(/** @type {Offers | null} */ (null));
  useEffect(() => {
    const asked = new AbortController();
    const { list, at } = splitPlace(place);
    post("/api/experiments/offers", { experiment: experiment.peek(), list, at }, { signal: asked.signal }).then(
      (answer) => !asked.signal.aborted && setOffers(answer),
      () => !asked.signal.aborted && setOffers({ offers: {} }), // the checker tells what does not fit
    );
    return () => asked.abort();
  }, [place]);
  return offers;
}

/** @param {string} place @returns {{list: string, at: number}} */
export function splitPlace(place) {
  const cut = place.lastIndexOf("/");
  return { list: place.slice(0, cut), at: Number(place.slice(cut + 1)) };
}
