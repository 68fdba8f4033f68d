/** Where WebSocket is blocked: a run's events as a stream of text, and where that is blocked too, by asking each second. */

/** @typedef {import("./ways.js").Ways} Ways */

const POLL = 1_000; // milliseconds between two questions
const SILENCE = 30_000; // milliseconds without a word, after which the stream counts as dead

/**
 * Begins with the stream. Stop it with `stop()`; `look()` finds out whether the stream is still alive.
 * @param {string} address of the events, without a query
 * @param {() => number} after number of the last event seen
 * @param {Ways} ways
 * @param {object} tell
 * @param {(message: any) => void} tell.onMessage
 * @param {() => Promise<"here" | "away" | "gone">} tell.ask takes in what follows by a plain request
 * @param {(answer: "here" | "away" | "gone") => void} tell.onAnswer after each question, and when the stream opens
 */
export function fallBack(address, after, ways, { onMessage, ask, onAnswer }) {
  /** @type {EventSource | null} */
  let stream = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let stopped = false;
  let heard = ways.now();
  if (ways.EventSource) openStream(ways.EventSource);
  else void poll();
  return { look, stop };

  /** @param {typeof EventSource} Stream */
  function openStream(Stream) {
    const mine = new Stream(`${address}?after=${after()}`);
    stream = mine;
    mine.onopen = () => {
      heard = ways.now();
      onAnswer("here");
    };
    mine.onmessage = ({ data }) => {
      heard = ways.now();
      const told = JSON.parse(data);
      onMessage(told.type ? { events: [told] } : told);
    };
    mine.onerror = endStream;
  }

  function endStream() {
    if (!stream) return;
    stream.close();
    stream = null;
    void poll();
  }

  async function poll() {
    const answer = await ask();
    if (stopped) return;
    onAnswer(answer);
    if (!stopped) timer = setTimeout(poll, POLL * (0.75 + ways.random() / 2));
  }

  function look() {
    if (stream && ways.now() - heard > SILENCE) endStream();
  }

  function stop() {
    stopped = true;
    clearTimeout(timer);
    stream?.close();
    stream = null;
  }
}
