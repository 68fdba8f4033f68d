import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { after, test } from "node:test";
import { openRun } from "../../static/js/live/run.js";
import { frameOf } from "../../static/js/views/newestFrames.js";
import { VIEWS } from "../../static/js/views/index.js";
import { Placed, probesOf, viewsAt } from "../../static/js/views/view.js";

const twoFrames = readFileSync(new URL("../fixtures/runs/two_frames.bin", import.meta.url));
/** A frame of a probe that no code knows of: a name as long stands in the place of its own. */
const dreamed = Buffer.from(
  twoFrames
    .subarray(4, 4 + twoFrames.readUInt32LE(0))
    .toString("latin1")
    .replace('"weights"', '"dreamed"'),
  "latin1",
);

const stage = /** @type {any} */ ({ preview: { classes: ["a", "b"] }, task: { target: "classes" }, probes: [] });
/** @type {import("../../static/js/views/view.js").View} */
const dreams = {
  probe: "dreamed",
  place: "result",
  fits: ({ task }) => task?.target === "classes",
  component: () => null,
};

test("nothing but the list of views, and the diagram, names a probe", () => {
  const root = new URL("../../static/js/", import.meta.url);
  const files = /** @type {string[]} */ (readdirSync(root, { recursive: true })).filter((path) => path.endsWith(".js"));
  const others = files.filter((path) => path !== "views/index.js" && !path.startsWith("network/"));
  const named = new RegExp(`(frames\\??\\.|probe: "|probes: \\[")(${probesOf(VIEWS).join("|")})\\b`);
  assert.ok(others.length > 100);
  assert.deepEqual(
    others.filter((path) => named.test(readFileSync(new URL(path, root), "utf8"))),
    [],
  );
});

test("a view that is added to the list is placed, and its probe is watched", () => {
  const list = [...VIEWS, dreams];
  assert.deepEqual(viewsAt([dreams], "result", stage), [dreams]);
  assert.deepEqual(viewsAt([dreams], "below", stage), []);
  assert.deepEqual(viewsAt([dreams], "result", { ...stage, task: { target: "mask" } }), []);
  assert.deepEqual(probesOf(list), [...probesOf(VIEWS), "dreamed"]);
});

test("a view that does not say where it fits is drawn wherever its probe fits", () => {
  const { fits: _, ...plain } = dreams;
  assert.deepEqual(viewsAt([plain], "result", { ...stage, probes: ["dreamed"] }), [plain]);
  assert.deepEqual(viewsAt([plain], "result", { ...stage, probes: ["weights"] }), []);
});

test("a view that is added to the list gets the frames of its probe as they come over the socket", async () => {
  /** @type {any[]} */
  const [sockets, sent] = [[], []];
  class Socket {
    constructor() {
      sockets.push(this);
      this.readyState = 1;
      queueMicrotask(() => /** @type {any} */ (this).onopen?.());
    }
    /** @param {string} text */
    send(text) {
      sent.push(JSON.parse(text));
    }
    close() {}
  }
  const fetch = async () => new Response("", { status: 404 });
  const run = openRun(
    "r1",
    /** @type {any} */ ({
      WebSocket: Socket,
      EventSource: undefined,
      fetch,
      whenDrawn: (/** @type {any} */ then) => then(),
    }),
  );
  after(() => run.close());
  run.watch(probesOf([dreams]));
  const [drawn] = Placed({ views: [dreams], place: "result", frames: run.frames, ...stage });
  await new Promise((done) => setTimeout(done));
  assert.deepEqual(sent.at(-1), { watch: ["dreamed"] });
  assert.equal(drawn.type, dreams.component);
  assert.equal(frameOf(drawn.props.source), undefined);
  assert.equal(drawn.props.preview, stage.preview);
  const whole = Uint8Array.of(0, ...dreamed);
  sockets[0].onmessage({ data: whole.buffer });
  await new Promise((done) => setTimeout(done));
  assert.equal(frameOf(drawn.props.source)?.probe, "dreamed");
  assert.equal(frameOf(drawn.props.source)?.step, 128);
});

test("every view has a place, something that says where it fits, and a component unless the diagram draws it", () => {
  for (const { probe, place, component, fits, title } of VIEWS) {
    assert.equal(component === undefined, place === "network", probe);
    assert.equal(title !== undefined, place === "curves", probe);
    assert.ok(fits || probe, "what has no probe says where it fits");
  }
});
