import assert from "node:assert/strict";
import { test } from "node:test";
import { differs } from "../../static/js/ui/memo.js";
import { placeBeside } from "../../static/js/ui/place.js";
import { fromPlace, NOTCHES, nudged, toPlace } from "../../static/js/ui/scale.js";
import { filled, planOf } from "../../static/js/ui/schema.js";
import { meantKey } from "../../static/js/ui/shortcuts.js";

const RATE = { min: 0, max: 100, log: true };

test("a slider in powers gives back the number it was set to", () => {
  for (const value of [1e-5, 0.001, 0.03, 1, 10, 100]) {
    assert.ok(Math.abs(fromPlace(toPlace(value, RATE), RATE) / value - 1) < 0.05, String(value));
  }
  assert.equal(fromPlace(0, RATE), 0);
  assert.equal(fromPlace(NOTCHES, RATE), 100);
});

test("an arrow key goes to the next of 1, 2, 3, 5, 7 of a power of ten", () => {
  assert.equal(nudged(0.01, RATE, 1), 0.015);
  assert.equal(nudged(0.03, RATE, -1), 0.02);
  assert.equal(nudged(0.01, RATE, 1, true), 0.1);
  assert.equal(nudged(8, { min: 1, max: 1024, log: true, integer: true }, 1), 9);
  assert.equal(nudged(100, RATE, 1), 100);
});

test("a card stands beside its anchor, inside the window, and never over it", () => {
  const window = { width: 1000, height: 800 };
  const card = { width: 300, height: 200 };
  for (const [left, top] of [
    [10, 10],
    [480, 400],
    [950, 780],
    [10, 780],
    [950, 10],
  ]) {
    const anchor = { left, top, right: left + 40, bottom: top + 20 };
    const at = placeBeside(anchor, card, window);
    const [right, bottom] = [at.left + card.width, at.top + Math.min(card.height, at.maxHeight)];
    assert.ok(at.left >= 0 && at.top >= 0 && right <= 1000 && bottom <= 800, JSON.stringify(at));
    const apart = right <= anchor.left || at.left >= anchor.right || bottom <= anchor.top || at.top >= anchor.bottom;
    assert.ok(apart, JSON.stringify([anchor, at]));
  }
});

test("a schema says which control fits, and what a document leaves out", () => {
  const schema = {
    $defs: {
      Stop: { type: "object", properties: { patience: { type: "integer", default: 20, minimum: 1, maximum: 10000 } } },
    },
    properties: {
      kind: { type: "string", const: "x", default: "x" },
      rate: { type: "number", exclusiveMinimum: 0, maximum: 100, default: 0.01, log: true, live: true },
      seed: { type: "integer", minimum: 0, maximum: 2147483647, default: 0 },
      most: { anyOf: [{ type: "integer", minimum: 3, maximum: 9 }, { type: "null" }], default: null },
      seconds: { anyOf: [{ type: "number", exclusiveMinimum: 0 }, { type: "null" }], default: null, start: 60 },
      stop: { anyOf: [{ $ref: "#/$defs/Stop" }, { type: "null" }], default: null, title: "Stop" },
      features: { type: "array", items: { enum: ["a", "b"] }, default: ["a"] },
    },
  };
  const plans = Object.fromEntries(
    Object.entries(schema.properties).map(([name, field]) => [name, planOf(field, schema)]),
  );
  assert.deepEqual(
    Object.values(plans).map((plan) => plan.control),
    ["none", "slider", "number", "slider", "number", "object", "chips"],
  );
  assert.deepEqual([plans.most.start, plans.seconds.start], [3, 60]);
  assert.ok(plans.stop.optional && plans.rate.live && plans.rate.range.log);
  assert.deepEqual(filled({ rate: 1 }, schema), {
    kind: "x",
    rate: 1,
    seed: 0,
    most: null,
    seconds: null,
    stop: null,
    features: ["a"],
  });
  assert.deepEqual(filled({}, schema.$defs.Stop), { patience: 20 });
  assert.deepEqual(filled({ stop: {} }, schema).stop, { patience: 20 });
});

test("keys belong to the page only where nothing else wants them", () => {
  const event = {
    key: "。",
    isComposing: false,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    defaultPrevented: false,
  };
  const nowhere = () => false;
  assert.equal(meantKey(event, nowhere), ".");
  assert.equal(meantKey({ ...event, key: "》" }, nowhere), ">");
  assert.equal(meantKey({ ...event, isComposing: true }, nowhere), null);
  assert.equal(meantKey({ ...event, ctrlKey: true }, nowhere), null);
  const within = (/** @type {string} */ name) => (/** @type {string} */ selector) =>
    selector.split(/,\s*/).includes(name);
  assert.equal(meantKey({ ...event, key: " " }, within("button")), null);
  assert.equal(meantKey({ ...event, key: "." }, within("button")), ".");
  assert.equal(meantKey({ ...event, key: "." }, within("input")), null);
});

test("a component is drawn again when a property changed, not when only its functions are new", () => {
  const list = [{}, {}];
  assert.equal(differs({ a: 1, on: () => 1, list }, { a: 1, on: () => 2, list: [...list] }), false);
  assert.equal(differs({ a: 1 }, { a: 2 }), true);
  assert.equal(differs({ list }, { list: [list[0], {}] }), true);
});
