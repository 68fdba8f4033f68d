import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

const text = readFileSync(new URL("../../static/css/tokens.css", import.meta.url), "utf8");
const tokens = Object.fromEntries(
  [...text.matchAll(/--([\w-]+):\s*light-dark\((#[0-9a-f]{6}),\s*(#[0-9a-f]{6})\)/g)].map(([, name, ...sides]) => [
    name,
    sides,
  ]),
);

/** Relative luminance, WCAG 2.2. @param {string} hex */
function luminance(hex) {
  const [r, g, b] = [1, 3, 5]
    .map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** @param {string} first @param {string} second */
function contrast(first, second) {
  const [low, high] = [luminance(first), luminance(second)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const SURFACES = ["bg", "panel", "raised", "sunken"];
const classes = Array.from({ length: 10 }, (_, number) => `class-${number}`);

["light", "dark"].forEach((theme, side) => {
  /** @param {string[]} names @param {string[]} grounds @param {number} least */
  const demand = (names, grounds, least) => {
    for (const name of names) {
      for (const ground of grounds) {
        const found = contrast(tokens[name][side], tokens[ground][side]);
        assert.ok(
          found >= least,
          `--${name} on --${ground}, ${theme}: ${found.toFixed(2)} : 1, at least ${least} wanted`,
        );
      }
    }
  };

  test(`text is readable on every surface, ${theme}`, () => {
    demand(["ink", "soft", "faint", "accent", "good", "warn", "bad"], SURFACES, 4.5);
    demand(["accent-ink"], ["accent", "accent-strong"], 4.5);
    demand(["ink", "soft", "accent-strong"], ["accent-tint", "warn-tint", "bad-tint"], 4.5);
    demand(["warn"], ["warn-tint"], 4.5);
    demand(["bad"], ["bad-tint"], 4.5);
  });

  test(`the edges of controls and the marks of classes can be seen, ${theme}`, () => {
    demand(
      ["edge"],
      SURFACES.filter((name) => name !== "sunken"),
      3,
    );
    demand(classes, ["panel"], 3);
  });
});
