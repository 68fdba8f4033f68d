import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { mock, test } from "node:test";
import { deflateRawSync } from "node:zlib";
import { column } from "../../static/js/live/columns.js";
import { emptyJournal, takeIn } from "../../static/js/live/journal.js";
import { openRun } from "../../static/js/live/run.js";

const events = readFileSync(new URL("../fixtures/runs/interrupted.jsonl", import.meta.url), "utf8")
  .trim()
  .split("\n")
  .map((line) => JSON.parse(line));

const twoFrames = readFileSync(new URL("../fixtures/runs/two_frames.bin", import.meta.url));
const weights = twoFrames.subarray(4, 4 + twoFrames.readUInt32LE(0));

/** A server that knows one run's log, told up to `known`, and can be cut off. */
function server() {
  const state = { known: events.length, reachable: true, blocked: false, streams: true, sockets: [], asked: [] };
  class Socket {
    constructor(url) {
      this.url = new URL(url);
      this.after = Number(this.url.searchParams.get("after"));
      this.sent = [];
      this.readyState = 1;
      state.sockets.push(this);
      queueMicrotask(() => (state.reachable && !state.blocked ? this.onopen?.() : this.onclose?.({})));
    }
    send(text) {
      this.sent.push(JSON.parse(text));
    }
    close() {}
    /** Tells the next `count` events. */
    tell(count) {
      const next = events.slice(this.after, Math.min(state.known, this.after + count));
      this.after += next.length;
      if (next.length) this.onmessage?.({ data: JSON.stringify({ events: next }) });
      return next.length;
    }
  }
  class Stream {
    constructor(url) {
      const after = Number(new URL(url, "http://here").searchParams.get("after"));
      queueMicrotask(() => {
        if (!state.streams) return this.onerror?.({});
        this.onopen?.({});
        for (const event of events.slice(after, state.known)) this.onmessage?.({ data: JSON.stringify(event) });
      });
    }
    close() {}
  }
  const fetch = async (path) => {
    state.asked.push(path);
    if (!state.reachable) throw new TypeError("no line");
    const url = new URL(path, "http://here");
    if (!url.pathname.endsWith("/events")) return new Response("", { status: 404 });
    const after = Number(url.searchParams.get("after"));
    return Response.json({ events: events.slice(after, Math.min(state.known, after + 100)) });
  };
  return { state, ways: { WebSocket: Socket, EventSource: Stream, fetch, now: () => Date.now(), random: () => 0.5 } };
}

/** @param {() => boolean} wanted @param {string} [what] */
async function until(wanted, what = "what was awaited") {
  for (let turn = 0; turn < 2000; turn += 1) {
    if (wanted()) return;
    mock.timers.tick(50);
    for (let i = 0; i < 8; i += 1) await Promise.resolve();
    await new Promise((done) => setImmediate(done));
  }
  throw new Error(`never came: ${what}`);
}

const last = (list) => list[list.length - 1];

test("a run read over a line that breaks again and again has the curves of one read straight", async () => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  const straight = emptyJournal();
  takeIn(straight, events);
  const { state, ways } = server();
  const run = openRun("r1", ways);
  run.watch(["surface"]);
  let cut = 7;
  while (!run.finished.value) {
    await until(() => run.connection.value !== "reconnecting" || run.finished.value !== null, "a connection");
    if (run.finished.value) break;
    const socket = last(state.sockets);
    assert.deepEqual(last(socket.sent), { watch: ["surface"] });
    assert.equal(socket.url.searchParams.get("taking"), "packed");
    socket.tell(cut);
    cut = (cut * 7) % 61;
    state.reachable = cut % 2 === 0; // now and then nothing at all works for a while
    socket.onclose?.({});
    if (!state.reachable) setTimeout(() => (state.reachable = true), 1500);
    await until(() => state.reachable, "the line");
  }
  assert.equal(run.step.value, straight.step);
  assert.deepEqual([...column(run.columns, "step")], [...column(straight.columns, "step")]);
  assert.deepEqual([...column(run.columns, "train_loss")], [...column(straight.columns, "train_loss")]);
  assert.deepEqual(run.evaluations, straight.evaluations);
  await until(() => run.connection.value === "closed", "the end");
  run.close();
  mock.timers.reset();
});

test("where sockets are blocked, the text stream brings the same", async () => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  const { state, ways } = server();
  state.blocked = true;
  state.known = 300;
  const run = openRun("r1", ways);
  await until(() => run.connection.value === "polling" && run.version.value > 0 && run.step.value > 0, "the stream");
  await until(() => run.columns.length > 0);
  assert.equal(run.status.value, "running");
  run.close();
  mock.timers.reset();
});

test("where the stream is blocked too, it asks again and again, to the end", async () => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  const { state, ways } = server();
  state.blocked = true;
  state.streams = false;
  const run = openRun("r1", ways);
  await until(() => run.finished.value !== null, "the end");
  await until(() => run.connection.value === "closed");
  run.close();
  mock.timers.reset();
});

test("silence for half a minute counts as a dead line, and a new one goes on from the last event", async () => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  const { state, ways } = server();
  state.known = 40;
  const run = openRun("r1", ways);
  await until(() => run.connection.value === "live");
  last(state.sockets).tell(40);
  const before = state.sockets.length;
  mock.timers.tick(29_000);
  assert.equal(state.sockets.length, before);
  await until(() => state.sockets.length > before, "a new socket");
  assert.equal(last(state.sockets).after, 40);
  run.close();
  mock.timers.reset();
});

test("a run that is not there closes the line at once", async () => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  const { state, ways } = server();
  state.blocked = true;
  const run = openRun("r1", { ...ways, fetch: async () => new Response("", { status: 404 }) });
  await until(() => run.connection.value === "closed");
  run.close();
  mock.timers.reset();
});

test("the place in the queue is told while it waits, and forgotten when it runs", async () => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  const { state, ways } = server();
  const run = openRun("r1", ways);
  await until(() => run.connection.value === "live");
  const socket = last(state.sockets);
  socket.onmessage({
    data: JSON.stringify({ state: { status: "queued", position: 2, expected_seconds: 8, behind: "r0" } }),
  });
  assert.deepEqual(run.queue.value, { position: 2, expectedSeconds: 8, behind: "r0" });
  socket.tell(3);
  assert.equal(run.queue.value, null);
  run.close();
  mock.timers.reset();
});

test("a pause is shown at once, although the events before it are still on their way", async () => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  const { state, ways } = server();
  const run = openRun("r1", ways);
  await until(() => run.connection.value === "live");
  const socket = last(state.sockets);
  socket.tell(3);
  assert.equal(run.status.value, "running");
  socket.onmessage({ data: JSON.stringify({ state: { status: "paused" }, events_so_far: 30 }) });
  assert.equal(run.status.value, "paused");
  socket.tell(5);
  assert.equal(run.status.value, "paused");
  assert.equal(run.lag.value, "");
  mock.timers.tick(1500);
  socket.tell(5);
  assert.equal(run.lag.value, "events");
  socket.tell(17);
  assert.equal(run.status.value, "paused");
  assert.equal(run.lag.value, "");
  socket.onmessage({ data: JSON.stringify({ state: { status: "queued", position: 1 }, events_so_far: 20 }) });
  assert.equal(run.status.value, "paused"); // a state that is older than what is known
  run.close();
  mock.timers.reset();
});

test("what was taken is said once it is drawn, and of a piece at once", async () => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
  const { state, ways } = server();
  const drawings = [];
  const run = openRun("r1", { ...ways, whenDrawn: (then) => drawings.push(then) });
  await until(() => run.connection.value === "live");
  const socket = last(state.sockets);
  const taken = () => socket.sent.flatMap((message) => message.taken ?? []);
  socket.tell(3);
  socket.tell(4);
  await until(() => drawings.length > 0);
  assert.deepEqual([drawings.length, taken()], [1, []]);
  drawings.pop()();
  assert.deepEqual(taken(), [2]);
  const packed = deflateRawSync(weights);
  const piece = (flags, bytes) => ({ data: Uint8Array.of(flags, ...bytes).buffer });
  socket.onmessage(piece(1, packed.subarray(0, 100)));
  await until(() => taken().length === 2);
  assert.deepEqual(taken(), [2, 3]);
  socket.onmessage(piece(4, Buffer.from(JSON.stringify({ state: { status: "running" }, events_so_far: 7 })))); // between
  mock.timers.tick(1200);
  run.watch(["weights"]);
  const unpacked = new Promise((done) => run.frames.weights.subscribe((shown) => shown && done(shown)));
  socket.onmessage(piece(2, packed.subarray(100)));
  const [next] = events.slice(7, 8);
  socket.onmessage(piece(6, deflateRawSync(JSON.stringify({ events: [next] })))); // waits behind what is unpacked
  assert.equal(run.version.value, 2);
  assert.equal((await unpacked).step, 128);
  assert.equal(run.lag.value, "pictures");
  await until(() => (drawings.pop()?.(), taken().at(-1) === 6), "the last message");
  assert.equal(run.columns.length > 0, true);
  run.close();
  mock.timers.reset();
});
