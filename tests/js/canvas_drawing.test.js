import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { whenDrawn } from "../../static/js/canvas/frameLoop.js";

/** A page whose frame takes so many milliseconds; gives when the drawing counted as done, counted from its beginning. */
function doneAfter(busy, { hidden = false, seen = true } = {}) {
  mock.timers.enable({ apis: ["setTimeout"] });
  let now = 1000;
  const clock = mock.method(performance, "now", () => now);
  const before = [globalThis.requestAnimationFrame, globalThis.document];
  globalThis.document = { hidden };
  globalThis.requestAnimationFrame = (draw) => {
    if (!seen) return;
    draw(now);
    now += busy;
  };
  let done = null;
  whenDrawn(() => (done ??= now - 1000));
  for (let passed = 0; passed < 3000 && done === null; passed += 5) {
    mock.timers.tick(5);
    now += 5;
  }
  clock.mock.restore();
  mock.timers.reset();
  [globalThis.requestAnimationFrame, globalThis.document] = before;
  return done;
}

test("after a drawing that took long, the next is asked for only after as long a rest", () => {
  assert.ok(doneAfter(8) < 20);
  assert.ok(doneAfter(60) >= 115);
  assert.ok(doneAfter(200) >= 390);
  assert.ok(doneAfter(5000) <= 7000);
});

test("a page that nobody sees, and a window behind others, do not hold up what is sent", () => {
  assert.equal(doneAfter(8, { hidden: true }), 0);
  const behind = doneAfter(8, { seen: false });
  assert.ok(behind >= 990 && behind <= 1100, String(behind));
});
