/** A component whose module is fetched when it is first drawn: what a page does not show at once costs it nothing. */

import { h } from "preact";
import { useEffect, useState } from "preact/hooks";
import { note } from "./live.js";

/**
 * @param {() => Promise<any>} fetchComponent
 * @param {() => any} [meanwhile] draws what stands there until it has come; else nothing does
 * @returns {(props: any) => any}
 */
export function lazy(fetchComponent, meanwhile = () => null) {
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
        (problem) => note(problem.message),
      );
    }, []);
    return known ? h(known, props) : meanwhile();
  };
}
