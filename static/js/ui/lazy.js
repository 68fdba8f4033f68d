/** A component whose module is fetched when it is first drawn: what a page does not show at once costs it nothing. */

import { h } from "preact";
import { useEffect, useState } from "preact/hooks";
import { t } from "../i18n/t.js";
import { note } from "./live.js";

/**
 * @param {() => Promise<any>} fetchComponent
 * @returns {(props: any) => any}
 */
export function lazy(fetchComponent) {
  /** @type {((props: any) => any) | null} */
  let known = null;
  return (props) => {
    const [drawn, setReady] = useState(known !== null);
    useEffect(() => {
      if (drawn) return; // not `known`: the module may have come since, for another that asked
      fetchComponent().then(
        (component) => {
          known = component;
          setReady(true);
        },
        () => note(t("ui", "This part of the page could not be fetched. Reload the page to have it.")),
      );
    }, []);
    return known && h(known, props);
  };
}
