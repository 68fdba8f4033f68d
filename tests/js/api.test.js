import assert from "node:assert/strict";
import { afterEach, mock, test } from "node:test";
import { ApiProblem, get, newKey, post } from "../../static/js/api/client.js";

const network = globalThis.fetch;
afterEach(() => {
  globalThis.fetch = network;
});

/** Answers in turn; the last one for ever. @param {(Response | Error)[]} answers */
function answering(...answers) {
  /** @type {any[]} */
  const asked = [];
  globalThis.fetch = async (...request) => {
    asked.push(request);
    const answer = answers[Math.min(asked.length, answers.length) - 1];
    if (answer instanceof Error) throw answer;
    return answer.clone();
  };
  return asked;
}

/** @param {unknown} body @param {number} [status] @param {Record<string, string>} [headers] */
function json(body, status = 200, headers = {}) {
  return new Response(JSON.stringify(body), { status, headers });
}

test("a question is asked again when the line is down or the server busy, and answered in the end", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const asked = answering(new TypeError("no line"), json({}, 503), json({ ok: true }));
  const answer = get("/api/health");
  for (let turn = 0; turn < 20; turn += 1) {
    await new Promise(setImmediate);
    mock.timers.runAll();
  }
  mock.timers.reset();
  assert.equal(asked.length, 3);
  assert.deepEqual(await answer, { ok: true });
});

test("a wish is sent once, with its key; what is refused comes with all problems", async () => {
  const problems = [{ detail: "Too small.", place: "/layers/0", fixes: [] }];
  const asked = answering(json({ title: "No", status: 422, detail: "It does not fit.", problems }, 422));
  await assert.rejects(post("/api/runs", { a: 1 }, { idempotencyKey: "k" }), (/** @type {ApiProblem} */ problem) => {
    assert.ok(problem instanceof ApiProblem);
    assert.deepEqual([problem.status, problem.detail, problem.problems], [422, "It does not fit.", problems]);
    return true;
  });
  assert.equal(asked.length, 1);
  assert.equal(asked[0][1].headers["Idempotency-Key"], "k");
  assert.equal(asked[0][1].body, '{"a":1}');
});

test("what no JSON tells of is refused in words all the same", async () => {
  answering(new Response("<html>", { status: 500, statusText: "Internal Server Error" }));
  await assert.rejects(post("/api/runs", {}), { detail: "500 Internal Server Error" });
  answering(new TypeError("no line"));
  await assert.rejects(post("/api/runs", {}), { status: 0 });
});

test("keys differ, and need nothing that plain http has not", () => {
  assert.match(newKey(), /^[0-9a-f]{32}$/);
  assert.notEqual(newKey(), newKey());
});
