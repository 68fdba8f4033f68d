/** Messages as the server sends them to who says what was taken: pictures in pieces, and on a slow line packed. */

// The first byte of each binary message.
const MORE = 1; // the message goes on in the next one
const PACKED = 2; // deflate-raw
const TEXT = 4; // JSON, always whole: it may come between the pieces of a picture

/** What `?taking=` asks for: an older browser cannot unpack. */
export const TAKING = typeof DecompressionStream === "undefined" ? "plain" : "packed";

/**
 * Puts the messages of one socket together and gives them on in their order.
 * @param {object} give
 * @param {() => number} give.now milliseconds
 * @param {(text: string) => void} give.onText
 * @param {(bytes: ArrayBuffer, milliseconds: number) => void} give.onPicture with the time from its first piece on
 */
export function joinPieces({ now, onText, onPicture }) {
  /** @type {Uint8Array<ArrayBuffer>[]} */
  let parts = [];
  let since = 0; // when the first of them came
  let waiting = 0; // messages that are being unpacked, or come behind such
  let before = Promise.resolve();
  return { take };

  /**
   * Resolves once the message is given on. Gives false for a piece that others follow.
   * @param {string | ArrayBuffer} data
   */
  async function take(data) {
    if (typeof data === "string") {
      await inOrder(() => onText(data));
      return true;
    }
    const flags = new Uint8Array(data, 0, 1)[0];
    const part = new Uint8Array(data, 1);
    if (flags & TEXT) {
      /** @param {ArrayBuffer} bytes */
      const hear = (bytes) => onText(new TextDecoder().decode(bytes));
      await inOrder(flags & PACKED ? async () => hear(await unpacked([part])) : () => hear(joined([part])));
      return true;
    }
    if (parts.length === 0) since = now();
    parts.push(part);
    if (flags & MORE) return false;
    const [whole, took] = [parts, now() - since];
    parts = [];
    await inOrder(
      flags & PACKED ? async () => onPicture(await unpacked(whole), took) : () => onPicture(joined(whole), took),
    );
    return true;
  }

  /** Runs at once where nothing waits, so that a picture is shown in the same task. @param {() => void | Promise<void>} job */
  async function inOrder(job) {
    if (waiting === 0) {
      const done = job();
      if (!done) return;
      before = done;
    } else before = before.then(job);
    waiting += 1;
    await before.finally(() => (waiting -= 1));
  }
}

/** @param {Uint8Array<ArrayBuffer>[]} parts @returns {Promise<ArrayBuffer>} */
function unpacked(parts) {
  const stream = new Blob(parts).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Response(stream).arrayBuffer();
}

/** In memory of its own, so that numbers of four bytes stand at places that four divides. @param {Uint8Array[]} parts */
function joined(parts) {
  const whole = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole.buffer;
}
