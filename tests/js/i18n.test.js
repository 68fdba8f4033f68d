import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { catalogue, language } from "../../static/js/i18n/language.js";
import {
  formatDuration,
  formatExact,
  formatNumber,
  formatPercent,
  formatRange,
  parseNumber,
} from "../../static/js/i18n/numbers.js";
import { fill, sentences, t } from "../../static/js/i18n/t.js";
import { formatMetric } from "../../static/js/live/metricNames.js";

const read = (/** @type {string} */ name) =>
  JSON.parse(readFileSync(new URL(`../fixtures/${name}.json`, import.meta.url), "utf8"));
const [list, filled] = [read("numbers"), read("filled")];

test("numbers keep the digits that matter, are never written as zero, and are a dash where there is none", () => {
  for (const [number, text] of list.numbers) assert.equal(formatNumber(Number(number)), text);
});

test("ends of a range that may be years have no commas, in either language", () => {
  for (const code of /** @type {const} */ (["en", "zh"])) {
    language.value = code;
    assert.deepEqual(formatRange(1900, 2020), ["1900", "2020"]);
    assert.deepEqual(formatRange(-1500, 9999), ["−1500", "9999"]);
    assert.deepEqual(formatRange(1900, 12000), ["1,900", "12,000"]);
    assert.deepEqual(formatRange(0.5, 1900), ["0.5", "1,900"]);
  }
  language.value = "en";
});

test("a share reads 100 % only when it is whole, and is never rounded down to nothing", () => {
  for (const [share, text] of list.shares) assert.equal(formatPercent(Number(share)), text);
});

test("Chinese writes a share without a blank and a power with a cross", () => {
  language.value = "zh";
  for (const [number, text] of list["numbers in Chinese"]) assert.equal(formatNumber(Number(number)), text);
  for (const [share, text] of list["shares in Chinese"]) assert.equal(formatPercent(Number(share)), text);
  assert.equal(parseNumber(formatExact(0.000125)), 0.000125);
  language.value = "en";
});

test("blanks beside a value in Chinese are those that the value needs", () => {
  language.value = "zh";
  for (const [template, values, text] of filled) assert.equal(fill(template, values), text);
  language.value = "en";
  assert.equal(fill("{a} of {b}", { a: "x", b: 2 }), "x of 2");
});

test("a metric is written the same wherever it stands, whole split or not", () => {
  const metrics = /** @type {any[]} */ ([
    { name: "loss", written: "number" },
    { name: "hits", written: "percent" },
  ]);
  assert.equal(formatMetric("validation_hits", 0.937, metrics), "93.7 %");
  assert.equal(formatMetric("hits", 0.937, metrics), "93.7 %");
  assert.equal(formatMetric("train_loss", 0.937, metrics), "0.937");
  assert.equal(formatMetric("train_loss", "NaN", metrics), "–");
  assert.equal(formatMetric("train_loss", "Infinity", metrics), "∞");
  assert.equal(formatMetric("test_hits", undefined, metrics), "–");
});

test("a setting in its field is written as anywhere, with all its digits, and can be read back", () => {
  assert.equal(formatExact(0.001), "0.001");
  assert.equal(formatExact(0.00125), "0.00125");
  assert.equal(formatExact(-1.144), "−1.144");
  assert.equal(formatExact(0.000125), "1.25·10⁻⁴");
  assert.equal(formatExact(1e-4), "10⁻⁴");
  assert.equal(formatExact(0.1 + 0.2), "0.30000000000000004");
  for (const value of [0.000125, 1e-4, -3.3e-7, 12000, 2.5e12]) assert.equal(parseNumber(formatExact(value)), value);
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

test("sentences stand one after another, and what is not told leaves no gap", () => {
  assert.equal(sentences("One.", false, null, "Two."), "One. Two.");
  language.value = "zh";
  assert.equal(sentences("一。", undefined, "二。"), "一。二。");
  language.value = "en";
});
