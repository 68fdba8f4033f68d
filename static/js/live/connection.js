/**
 * Keeps a run's events coming: by WebSocket, else as a stream of text, else by asking again and again.
 * Whatever breaks, it goes on from the last event seen. One file, though long: its ways hand over to one another.
 */

import { fallBack } from "./fallback.js";
import { joinPieces, TAKING } from "./pieces.js";

/** @typedef {import("./columns.js").RunEvent} RunEvent */
/** @typedef {import("./ways.js").Ways} Ways */
/** @typedef {"live" | "reconnecting" | "polling" | "closed"} ConnectionState */

/** @typedef {{status: string, position?: number | null, expected_seconds?: number | null, behind?: string | null}} State */

/**
 * @typedef {object} Listener
 * @property {() => number} after number of the last event seen
 * @property {(events: RunEvent[]) => boolean} onEvents false where events are missing in between
 * @property {(state: State, events?: number) => void} onState with the number of events there were then: they may still be on their way
 * @property {(bytes: ArrayBuffer, milliseconds: number) => void} onFrame with the time it took to come
 * @property {(state: ConnectionState) => void} onConnection
 * @property {() => string[]} watched probes that are looked at
 * @property {() => boolean} finished whether the last event was seen
 */

const SILENCE = 30_000; // milliseconds without a word, after which the line counts as dead; a heartbeat comes each 20 s
const OPEN = 1; // a socket's readyState, by the standard
const LOOK = 2_000; // milliseconds between two looks at the clock
const OPENING = 8_000; // milliseconds a socket may take to open
const FIRST_WAIT = 300; // milliseconds before the first new try; doubles to LONGEST_WAIT
const LONGEST_WAIT = 4_000;
const BLOCKED = 2; // sockets that failed while plain requests worked, after which there is no use in more
const TRY_SOCKET_AGAIN = 60_000; // milliseconds

/**
 * @param {string} id of the run
 * @param {Listener} listener
 * @param {Ways} ways
 */
export function connect(id, listener, ways) {
  const place = `/api/runs/${encodeURIComponent(id)}`;
  /** @type {WebSocket | null} */
  let socket = null;
  /** @type {ReturnType<typeof fallBack> | null} */
  let fallback = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  let closed = false;
  let opened = false; // whether the present socket has opened
  let failures = 0; // in a row
  let blocked = 0; // sockets in a row that failed although the server answered
  let turn = 0; // grows with each try, so that what an older one still awaits is forgotten
  let heard = ways.now();
  let hidden = false;
  const watchdog = setInterval(look, LOOK);

  openSocket();
  return { close, wake, restart, watch: tellWatched, setHidden };

  function openSocket() {
    drop();
    heard = ways.now();
    let mine;
    try {
      const base = globalThis.location?.href ?? "http://localhost/";
      const url = new URL(`${place}/live?after=${listener.after()}&taking=${TAKING}`, base);
      url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
      mine = new ways.WebSocket(url);
    } catch {
      return void lost(); // a policy of the page forbids sockets
    }
    socket = mine;
    mine.binaryType = "arraybuffer";
    mine.onopen = () => {
      opened = true;
      failures = blocked = 0;
      heard = ways.now();
      listener.onConnection("live");
      tellWatched();
      if (hidden) say({ hidden });
    };
    mine.onmessage = taker(mine);
    mine.onclose = () => {
      if (mine === socket) lost();
    };
  }

  /**
   * Takes in what a socket brings, and says how much was taken: the server sends the next picture once the one before
   * is drawn, so that on a slow line, or a slow machine, fewer come and each is of now.
   * @param {WebSocket} mine
   */
  function taker(mine) {
    let messages = 0;
    let drawn = 0; // how many of them, once the present drawing is done
    let told = 0;
    let drawing = false;
    const present = () => mine === socket;
    const pieces = joinPieces({
      now: ways.now,
      onText: (text) => void (present() && take(JSON.parse(text))),
      onPicture: (bytes, milliseconds) => void (present() && listener.onFrame(bytes, milliseconds)),
    });
    /** @param {number} taken */
    const tell = (taken) => {
      if (!present() || taken <= told) return;
      told = taken;
      say({ taken });
    };
    /** @param {MessageEvent} message */
    return async ({ data }) => {
      if (!present()) return;
      heard = ways.now();
      const number = (messages += 1);
      const whole = await pieces.take(data).catch(() => present() && restart());
      if (!whole) return void tell(number);
      drawn = number;
      if (drawing) return;
      drawing = true;
      ways.whenDrawn(() => {
        drawing = false;
        tell(drawn);
      });
    };
  }

  /** @param {{events?: RunEvent[], state?: any, events_so_far?: number}} message */
  function take(message) {
    if (message.state) listener.onState(message.state, message.events_so_far);
    if (message.events && !listener.onEvents(message.events)) restart();
    else if (!socket && listener.finished()) close();
  }

  /** Whether it was the socket or the whole line shows when a plain request is tried; its answer is of use at once. */
  async function lost() {
    const hadOpened = opened;
    drop();
    if (listener.finished()) return void close();
    listener.onConnection("reconnecting");
    failures += 1;
    const mine = turn;
    const answer = await ask();
    if (mine !== turn) return;
    if (answer === "gone" || listener.finished()) return void close();
    if (answer === "here" && !hadOpened) blocked += 1;
    if (blocked >= BLOCKED) return void goAnotherWay();
    const wait = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(failures - 1, 10));
    timer = setTimeout(openSocket, wait * (0.5 + ways.random() / 2));
  }

  /** The network says that it went: the socket may not know for minutes, and a new one loses nothing. */
  function restart() {
    if (closed) return;
    drop();
    listener.onConnection("reconnecting");
    timer = setTimeout(openSocket, FIRST_WAIT);
  }

  /** Asks for what follows the last event seen. @returns {Promise<"here" | "away" | "gone">} */
  async function ask() {
    try {
      const response = await ways.fetch(`${place}/events?after=${listener.after()}&limit=5000`, {
        headers: { accept: "application/json" },
        signal: AbortSignal.timeout(OPENING),
      });
      if (response.status === 404 || response.status === 401 || response.status === 403) return "gone";
      if (!response.ok) return "away";
      listener.onEvents((await response.json()).events);
      return "here";
    } catch {
      return "away"; // no line at all, or an answer that broke off
    }
  }

  function goAnotherWay() {
    const since = ways.now();
    fallback = fallBack(`${place}/events`, listener.after, ways, {
      onMessage: take,
      ask,
      onAnswer: (answer) => {
        if (answer === "gone" || listener.finished()) return void close();
        listener.onConnection(answer === "here" ? "polling" : "reconnecting");
        if (ways.now() - since > TRY_SOCKET_AGAIN) openSocket();
      },
    });
  }

  /** A timer that comes late after a sleep finds the silence just as well. */
  function look() {
    if (socket && ways.now() - heard > (opened ? SILENCE : OPENING)) void lost();
    fallback?.look();
  }

  /** Something says that the line may be back (the page is seen again, the network returned): waits no longer. */
  function wake() {
    if (closed) return;
    if (socket) look();
    else openSocket();
  }

  function tellWatched() {
    say({ watch: listener.watched() });
  }

  /** @param {boolean} value */
  function setHidden(value) {
    hidden = value;
    say({ hidden });
  }

  /** To a server that listens; one that has begun to hang up is told anew by the next socket. @param {object} message */
  function say(message) {
    if (socket?.readyState === OPEN) socket.send(JSON.stringify(message));
  }

  function drop() {
    clearTimeout(timer);
    turn += 1;
    fallback?.stop();
    fallback = null;
    const old = socket;
    socket = null;
    opened = false;
    old?.close();
  }

  function close() {
    if (closed) return;
    closed = true;
    clearInterval(watchdog);
    drop();
    listener.onConnection("closed");
  }
}
