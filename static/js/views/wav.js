/** Waves of any sound that the browser can play, and WAV files of them. */

export const RATE = 16_000; // numbers of a wave in a second
const HEADER = 44; // bytes
const LOUDEST = 32_767;

/** One wave of all its channels, from −1 to 1. Throws where it is no sound. @param {Blob} blob */
export async function waveIn(blob) {
  const sound = await new OfflineAudioContext(1, 1, RATE).decodeAudioData(await blob.arrayBuffer());
  const channels = Array.from({ length: sound.numberOfChannels }, (_, number) => sound.getChannelData(number));
  return channels[0].map((_, at) => channels.reduce((sum, channel) => sum + channel[at], 0) / channels.length);
}

/** A WAV file of one channel with two bytes a number. Source: Microsoft and IBM 1991, Multimedia Programming Interface.
 * @param {Float32Array} wave from −1 to 1 */
export function wavFile(wave) {
  const bytes = new Uint8Array(HEADER + 2 * wave.length);
  const view = new DataView(bytes.buffer);
  const text = (/** @type {number} */ at, /** @type {string} */ letters) =>
    bytes.set(new TextEncoder().encode(letters), at);
  text(0, "RIFF");
  view.setUint32(4, bytes.length - 8, true);
  text(8, "WAVEfmt ");
  view.setUint32(16, 16, true); // bytes of the format
  view.setUint16(20, 1, true); // plain numbers
  view.setUint16(22, 1, true); // channels
  view.setUint32(24, RATE, true);
  view.setUint32(28, 2 * RATE, true); // bytes a second
  view.setUint16(32, 2, true); // bytes a moment
  view.setUint16(34, 16, true); // bits a number
  text(36, "data");
  view.setUint32(40, 2 * wave.length, true);
  wave.forEach((level, at) =>
    view.setInt16(HEADER + 2 * at, Math.round(Math.max(-1, Math.min(1, level)) * LOUDEST), true),
  );
  return bytes;
}
