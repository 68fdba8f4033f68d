import assert from "node:assert/strict";
import { test } from "node:test";
import { waveOf } from "../../static/js/views/sounding.js";
import { wavFile } from "../../static/js/views/wav.js";

const RATE = 8000;

/** How strong a frequency is in a wave. @param {Float32Array} wave @param {number} hertz */
function strength(wave, hertz) {
  let [cosine, sine] = [0, 0];
  wave.forEach((amplitude, at) => {
    cosine += amplitude * Math.cos((2 * Math.PI * hertz * at) / RATE);
    sine += amplitude * Math.sin((2 * Math.PI * hertz * at) / RATE);
  });
  return Math.hypot(cosine, sine) / wave.length;
}

test("a loud band is heard at its frequency, and silence between the sounds is silent", () => {
  const bands = [220, 880, 2200];
  const rows = [
    [0, 0, 0, 0],
    [0, 1, 1, 0],
    [0, 0, 0, 0],
  ];
  const wave = waveOf(rows.flat(), [3, 4], { seconds: 0.4, bands }, RATE);
  assert.equal(wave.length, 0.4 * RATE);
  assert.ok(wave.every((amplitude) => Math.abs(amplitude) <= 0.5));
  assert.ok(strength(wave, 880) > 20 * strength(wave, 220));
  assert.ok(strength(wave, 880) > 20 * strength(wave, 2200));
  assert.ok(wave.subarray(0, 20).every((amplitude) => Math.abs(amplitude) < 0.05));
});

test("a pitch is heard in octaves above 100 hertz, also beside moments without any", () => {
  const rows = [
    [0, 1, 1, 0],
    [0, 1, 1, 0],
  ];
  const wave = waveOf(rows.flat(), [2, 4], { seconds: 0.4, bands: [] }, RATE);
  assert.ok(strength(wave, 200) > 10 * strength(wave, 150));
});

test("a series without a sound is silent", () => {
  assert.ok(
    waveOf(new Float32Array(8), [2, 4], { seconds: 0.1, bands: [] }, RATE).every((amplitude) => amplitude === 0),
  );
});

test("a wave becomes a WAV file whose numbers are those of the wave", () => {
  const bytes = wavFile(Float32Array.of(0, 1, -1, 0.5, 3));
  const view = new DataView(bytes.buffer);
  assert.equal(new TextDecoder().decode(bytes.subarray(0, 4)), "RIFF");
  assert.equal(view.getUint32(4, true), bytes.length - 8);
  assert.equal(bytes.length, 44 + 10);
  assert.equal(view.getUint32(24, true), 16_000);
  assert.deepEqual(
    [0, 1, 2, 3, 4].map((at) => view.getInt16(44 + 2 * at, true)),
    [0, 32767, -32767, 16384, 32767],
  );
});
