/** Buttons. */

import { h } from "preact";
import { Icon } from "./icons.js";

/**
 * @typedef {object} ButtonProps
 * @property {(event: MouseEvent) => void} [onClick]
 * @property {any} [children]
 * @property {string} [icon]
 * @property {"primary" | "plain" | "quiet"} [look] primary is for the one action of a place
 * @property {boolean} [disabled] stays reachable, so that its reason can be read
 * @property {string} [title]
 * @property {boolean} [pressed]
 * @property {boolean} [expanded]
 * @property {string} [class]
 * @property {string} [id]
 * @property {Record<string, any>} [attributes] further attributes of the element
 */

/** @param {ButtonProps} props */
export function Button(props) {
  const { onClick, children, icon, look = "plain", disabled = false, title, pressed, expanded, id } = props;
  return h(
    "button",
    {
      type: "button",
      id,
      class: `button ${look} ${props.class ?? ""}`,
      title,
      "aria-disabled": disabled || undefined,
      "aria-pressed": pressed,
      "aria-expanded": expanded,
      onClick: disabled ? undefined : onClick,
      ...props.attributes,
    },
    icon && h(Icon, { name: icon }),
    children,
  );
}

/** A button that shows only a picture; `label` is its name and its tooltip.
 * @param {Omit<ButtonProps, "title" | "children"> & {icon: string, label: string}} props */
export function IconButton({ label, ...props }) {
  return h(Button, {
    ...props,
    title: label,
    class: `icon-only ${props.class ?? ""}`,
    attributes: { "aria-label": label, ...props.attributes },
  });
}
