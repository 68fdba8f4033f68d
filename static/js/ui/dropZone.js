/** Where files are dropped, or chosen with a button; it lights up while something hangs over it. */

import { h } from "preact";
import { useRef, useState } from "preact/hooks";
import { Button } from "./controls.js";

/**
 * @param {object} props
 * @param {(files: File[]) => void} props.onFiles never empty
 * @param {string} props.button what the button says
 * @param {string} [props.accept] as in HTML: kinds of files
 * @param {boolean} [props.several]
 * @param {"environment" | "user"} [props.capture] a phone opens its camera
 * @param {boolean} [props.disabled]
 * @param {"primary" | "plain"} [props.look]
 * @param {string} [props.class]
 * @param {any} [props.children] stands above the button
 * @param {any} [props.beside] stands beside the button
 */
export function DropZone({ onFiles, button, accept, several, capture, disabled, look = "plain", children, ...props }) {
  const [over, setOver] = useState(false);
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  /** @param {FileList | null | undefined} list */
  const take = (list) => {
    const files = Array.from(list ?? []);
    if (files.length > 0 && !disabled) onFiles(several ? files : files.slice(0, 1));
  };
  /** @param {DragEvent} event */
  const hover = (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = disabled ? "none" : "copy";
    setOver(!disabled);
  };
  return h(
    "div",
    {
      class: `drop ${props.class ?? ""}${over ? " over" : ""}`,
      onDragEnter: hover,
      onDragOver: hover,
      /** @param {DragEvent & {currentTarget: HTMLElement}} event */
      onDragLeave: (event) => {
        if (!event.currentTarget.contains(/** @type {Node | null} */ (event.relatedTarget))) setOver(false);
      },
      /** @param {DragEvent} event */
      onDrop: (event) => {
        event.preventDefault();
        event.stopPropagation();
        setOver(false);
        take(event.dataTransfer?.files);
      },
    },
    children,
    h(
      "div",
      { class: "drop-buttons" },
      h(Button, { look, icon: "plus", disabled, onClick: () => field.current?.click() }, button),
      props.beside,
    ),
    h("input", {
      ref: field,
      type: "file",
      class: "spoken-only",
      tabIndex: -1,
      "aria-hidden": "true",
      accept,
      multiple: several,
      capture,
      /** @param {Event & {currentTarget: HTMLInputElement}} event */
      onChange: (event) => {
        take(event.currentTarget.files);
        event.currentTarget.value = ""; // the same file may be chosen again
      },
    }),
  );
}
