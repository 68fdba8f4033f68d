import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { note, say, spoken } from "../../static/js/ui/live.js";

let now = 1e6; // milliseconds; goes on from test to test, as the page does

/** @param {(pass: (seconds: number) => void) => void} body */
function withClock(body) {
  spoken.value = []; // what other tests have said
  mock.timers.enable({ apis: ["setTimeout"] });
  const clock = mock.method(performance, "now", () => now);
  const pass = (seconds) => {
    for (let gone = 0; gone < 1000 * seconds; gone += 100) {
      now += 100;
      mock.timers.tick(100);
    }
  };
  body(pass);
  pass(30);
  clock.mock.restore();
  mock.timers.reset();
}

const said = () => spoken.value.map(({ text }) => text);

test("of what comes within ten seconds, the last sentence is said when its time has come", () =>
  withClock((pass) => {
    say("Starting", { about: "status" });
    assert.deepEqual(said(), ["Starting"]);
    pass(2);
    say("Training", { about: "status" });
    pass(2);
    say("Waiting", { about: "status" });
    assert.deepEqual(said(), ["Starting"]);
    pass(6);
    assert.deepEqual(said(), ["Waiting"]);
    pass(30);
    assert.deepEqual(said(), []);
  }));

test("what matters is said at once, and an older word about the same thing never after it", () =>
  withClock((pass) => {
    say("Starting", { about: "status" });
    say("Training", { about: "status" });
    say("Paused", { now: true, about: "status" });
    assert.deepEqual(said(), ["Starting", "Paused"]);
    pass(15);
    assert.deepEqual(said(), []);
  }));

test("a note in between moves what waits, and does not swallow it", () =>
  withClock((pass) => {
    say("Starting", { about: "status" });
    say("Training", { about: "status" });
    pass(7);
    note("The link is copied.");
    assert.equal(said().at(-1), "The link is copied.");
    pass(7);
    assert.equal(said().includes("Training"), false);
    pass(3);
    assert.equal(said().at(-1), "Training");
  }));

test("two sentences at one time are both there to be read, and the same one again is a new element", () =>
  withClock(() => {
    say("Done", { now: true, about: "status" });
    say("The loss became infinite.", { now: true, about: "warning" });
    say("Done", { now: true, about: "status" });
    assert.deepEqual(said(), ["Done", "The loss became infinite.", "Done"]);
    assert.equal(new Set(spoken.value.map(({ id }) => id)).size, 3);
  }));
