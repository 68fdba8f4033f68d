/** How large text is, for what is drawn or laid out in pixels. */

const USUAL = 16; // pixels

/** The size of text against the usual one: above 1 where the page is large, for a projector. */
export function textScale() {
  return (Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || USUAL) / USUAL;
}
