import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { isUnderWay, sendCommand } from "../../static/js/live/requests.js";

const network = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = network;
  mock.timers.reset();
});

/** A server behind a line that can be cut; it keeps what it is told. */
function server() {
  const state = { away: true, told: /** @type {any[]} */ ([]) };
  globalThis.fetch = async (_place, options) => {
    if (state.away) throw new TypeError("no line");
    state.told.push(JSON.parse(String(options?.body)));
    return new Response(JSON.stringify({ number: state.told.length }), { status: 202 });
  };
  return state;
}

async function pass(turns = 30) {
  for (let turn = 0; turn < turns; turn += 1) {
    await new Promise(setImmediate);
    mock.timers.tick(1_000);
  }
}

test("what was pressed while the line was away is told once, in order, when it is back", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const state = server();
  const pause = sendCommand("r1", { kind: "pause" });
  const set = sendCommand("r1", { kind: "set", path: "/optimizer/lr", value: 0.1 });
  const newer = sendCommand("r1", { kind: "set", path: "/optimizer/lr", value: 0.2 });
  await pass();
  assert.deepEqual(state.told, []);
  assert.equal(isUnderWay("r1", "/optimizer/lr"), true);
  state.away = false;
  await pass();
  assert.deepEqual(
    state.told.map(({ kind, value }) => [kind, value]),
    [
      ["pause", undefined],
      ["set", 0.2],
    ],
  );
  assert.deepEqual(await Promise.all([pause, set, newer]), [1, 2, 2]);
  assert.equal(isUnderWay("r1", "/optimizer/lr"), false);
});

test("a command that the run refuses is told at once, and keeps none behind it back", async () => {
  let asked = 0;
  globalThis.fetch = async () => {
    asked += 1;
    return asked === 1
      ? new Response(JSON.stringify({ detail: "This run has ended." }), { status: 409 })
      : new Response(JSON.stringify({ number: 2 }), { status: 202 });
  };
  const [refused, taken] = [sendCommand("r2", { kind: "pause" }), sendCommand("r2", { kind: "stop" })];
  await assert.rejects(refused, /This run has ended/);
  assert.equal(await taken, 2);
});
