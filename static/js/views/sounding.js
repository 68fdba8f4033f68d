/** Sounds out of the numbers of a series: a voice of many harmonics, as loud in each band as the numbers say. */

/** @typedef {import("./sound.js").Sound} Sound */

const RATE = 16_000; // hertz
const PITCH = 110; // hertz, where the numbers know no pitch
const LOW = 100; // hertz of a pitch of 0
const SILENCE = 60; // decibels below the loudest
const HIGHEST = 5000; // hertz
const LOUDEST = 0.5;
const EDGE = 0.01; // seconds that the ends fade

/** The wave of a series, from −1 to 1.
 * @param {ArrayLike<number>} levels channel by channel @param {number[]} shape (channels, moments) @param {Sound} sound
 * @param {number} [rate] hertz */
export function waveOf(levels, [channels, length], { seconds, bands }, rate = RATE) {
  const wave = new Float32Array(Math.round(seconds * rate));
  const at = (/** @type {number} */ channel, /** @type {number} */ moment) => levels[channel * length + moment];
  const phases = new Float64Array(Math.ceil(HIGHEST / PITCH) * 2);
  for (let sample = 0; sample < wave.length; sample++) {
    const place = Math.min((sample / wave.length) * length, length - 1);
    const moment = Math.floor(place);
    const next = Math.min(moment + 1, length - 1);
    const between = (/** @type {number} */ channel) =>
      at(channel, moment) + (at(channel, next) - at(channel, moment)) * (place - moment);
    if (bands.length === 0) {
      // a pitch of 0 where nothing sounds would bend the pitch beside it
      const sounds = at(1, moment) > 0 && at(1, next) > 0 ? between(0) : at(0, at(1, moment) > 0 ? moment : next);
      phases[0] += (2 * Math.PI * LOW * 2 ** sounds) / rate;
      for (let number = 1; number <= 6; number++) wave[sample] += (between(1) * Math.sin(number * phases[0])) / number;
    } else {
      for (let number = 1; number * PITCH < Math.min(HIGHEST, rate / 2); number++) {
        phases[number] += (2 * Math.PI * PITCH * number) / rate;
        wave[sample] += loudness(number * PITCH, bands, between) * Math.sin(phases[number] + number * number);
      }
    }
  }
  const top = wave.reduce((most, amplitude) => Math.max(most, Math.abs(amplitude)), 1e-9);
  const edge = EDGE * rate;
  return wave.map(
    (amplitude, sample) => ((amplitude * LOUDEST) / top) * Math.min(1, sample / edge, (wave.length - sample) / edge),
  );
}

/** How loud a harmonic is: what lies between the two bands beside it, shared among all harmonics of a band.
 * @param {number} hertz @param {number[]} bands @param {(channel: number) => number} level */
function loudness(hertz, bands, level) {
  let above = bands.findIndex((middle) => middle > hertz);
  if (above < 0) above = bands.length - 1;
  const below = Math.max(above - 1, 0);
  const width = Math.max(bands[above] - bands[below], 1);
  const part = Math.max(0, Math.min(1, (hertz - bands[below]) / width));
  const loud = level(below) + (level(above) - level(below)) * part;
  if (loud <= 0) return 0;
  return 10 ** (((loud - 1) * SILENCE) / 20) / Math.sqrt(Math.max(1, width / PITCH));
}

/** @type {AudioContext | null} */
let context = null;
/** @type {AudioBufferSourceNode | null} */
let playing = null;

/** Plays a series once; what played before ends.
 * @param {ArrayLike<number>} levels @param {number[]} shape (channels, moments) @param {Sound} sound */
export function play(levels, shape, sound) {
  context ??= new AudioContext();
  const wave = waveOf(levels, shape, sound);
  const buffer = context.createBuffer(1, wave.length, RATE);
  buffer.copyToChannel(wave, 0);
  playing?.stop();
  playing = context.createBufferSource();
  playing.buffer = buffer;
  playing.connect(context.destination);
  playing.start();
}
