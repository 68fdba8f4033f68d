import assert from "node:assert/strict";
import { test } from "node:test";
import { catalogue, language } from "../../static/js/i18n/language.js";
import { formatDuration, formatNumber, formatPercent, parseNumber } from "../../static/js/i18n/numbers.js";
import { t } from "../../static/js/i18n/t.js";

test("a small number is never written as zero", () => {
  assert.equal(formatNumber(0.00041), "4.1·10⁻⁴");
  assert.equal(formatNumber(1e-7), "10⁻⁷");
  assert.equal(formatNumber(-0.0005), "−5·10⁻⁴");
  assert.equal(formatNumber(0), "0");
});

test("numbers keep the digits that matter, and whole numbers all of them", () => {
  assert.equal(formatNumber(0.41234), "0.412");
  assert.equal(formatNumber(12.345), "12.3");
  assert.equal(formatNumber(105), "105");
  assert.equal(formatNumber(3412), "3,412");
  assert.equal(formatNumber(-1.5), "−1.5");
  assert.equal(formatNumber(Infinity), "∞");
});

test("a share reads 100 % only when it is whole, and is never rounded down to nothing", () => {
  assert.equal(formatPercent(1), "100 %");
  assert.equal(formatPercent(0.99999), "99.9 %");
  assert.equal(formatPercent(0.9667), "96.7 %");
  assert.equal(formatPercent(0.00001), "< 0.1 %");
});

test("durations are told in the units that fit", () => {
  assert.deepEqual([0.34, 8.54, 12, 200, 7500].map(formatDuration), [
    "340 ms",
    "8.5 s",
    "12 s",
    "3 min 20 s",
    "2 h 5 min",
  ]);
});

test("what a person types is read as it is meant", () => {
  const typed = {
    0.03: 0.03,
    "0,03": 0.03,
    "1e-3": 0.001,
    "4.1·10⁻⁴": 4.1e-4,
    "10⁻³": 0.001,
    "−2": -2,
    "１２": 12,
    "12,000": 12000,
  };
  for (const [text, number] of Object.entries(typed)) assert.equal(parseNumber(text), number, text);
  for (const text of ["", "abc", "1.2.3"]) assert.ok(Number.isNaN(parseNumber(text)), text);
});

test("a sentence is told in the language of the page, with its values; English where no Chinese is known", () => {
  catalogue.value = { page: { "{count} samples": "{count} 个样本" } };
  assert.equal(t("page", "{count} samples", { count: 0.00041 }), "4.1·10⁻⁴ samples");
  language.value = "zh";
  assert.equal(t("page", "{count} samples", { count: 12 }), "12 个样本");
  assert.equal(t("page", "unknown {x}", {}), "unknown {x}");
  language.value = "en";
});
