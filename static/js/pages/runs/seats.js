/** The seats of the class, for the teacher: who waits to be let in, who is in, and a button to remove one. */

import { useSignal } from "@preact/signals";
import { h } from "preact";
import { useEffect } from "preact/hooks";
import { get, post, remove } from "../../api/client.js";
import { formatNumber } from "../../i18n/numbers.js";
import { t } from "../../i18n/t.js";
import { Button } from "../../ui/controls.js";
import { note } from "../../ui/live.js";

/** @typedef {{name: string, created: number, waiting: boolean, runs: number, unfinished: number}} Seat */

const LOOK_EVERY = 4000; // milliseconds, where new seats have to be let in

/** Nothing for pupils, and where nobody logs in. */
export function Seats() {
  const seats = useSignal(/** @type {Seat[]} */ ([]));
  const asked = useSignal(""); // the seat that is to be removed, once more confirmed
  const approval = useSignal(false);
  const look = async () => {
    const told = await get("/api/seats");
    seats.value = told.seats;
    approval.value = told.approval;
  };
  useEffect(() => {
    const lookFirst = async () => {
      const { teacher, open } = await get("/api/about");
      if (teacher && !open) await look();
    };
    void lookFirst().catch(() => {}); // the runs are there without it
  }, []);
  useEffect(() => {
    if (!approval.value) return;
    const timer = setInterval(() => void (document.hidden || look().catch(() => {})), LOOK_EVERY);
    return () => clearInterval(timer);
  }, [approval.value]);
  /**
   * @param {Promise<unknown>} done
   * @param {string} sentence
   */
  const tell = async (done, sentence) => {
    try {
      await done;
      note(sentence);
      await look();
    } catch (problem) {
      note(/** @type {Error} */ (problem).message);
    }
  };
  /** @param {string[]} names */
  const admit = (names) => {
    const [name = ""] = names;
    const sentence =
      names.length === 1
        ? t("runs", "{name} is let in.", { name })
        : t("runs", "New seats let in: {number}", { number: formatNumber(names.length) });
    void tell(post("/api/seats/admit", { names }), sentence);
  };
  /** @param {Seat} seat */
  const leave = ({ name, waiting }) => {
    if (asked.peek() !== name && !waiting) return void (asked.value = name);
    asked.value = "";
    const sentence = waiting ? t("runs", "{name} is refused.", { name }) : t("runs", "{name} is removed.", { name });
    void tell(remove(`/api/seats?name=${encodeURIComponent(name)}`), sentence);
  };
  if (seats.value.length === 0) return null;
  const waiting = seats.value.filter((seat) => seat.waiting).map(({ name }) => name);
  return h(
    "details",
    { class: "seats" },
    h(
      "summary",
      null,
      t("runs", "Seats: {number}", { number: formatNumber(seats.value.length) }),
      waiting.length > 0 && [
        " · ",
        h("strong", null, t("runs", "waiting: {number}", { number: formatNumber(waiting.length) })),
      ],
    ),
    waiting.length > 1 &&
      h(
        Button,
        { onClick: () => admit(waiting) },
        t("runs", "Let all {number} in", { number: formatNumber(waiting.length) }),
      ),
    h(
      "ul",
      null,
      seats.value.map((seat) =>
        h(
          "li",
          { key: seat.name },
          h("bdi", null, seat.name),
          seat.waiting
            ? h(Button, { onClick: () => admit([seat.name]) }, t("runs", "Let in"))
            : h("span", null, t("runs", "Runs: {number}", { number: formatNumber(seat.runs) })),
          h(RemoveButton, { seat, asked: asked.value === seat.name, onClick: () => leave(seat) }),
        ),
      ),
    ),
  );
}

/** @param {{seat: Seat, asked: boolean, onClick: () => void}} props */
function RemoveButton({ seat: { name, waiting }, asked, onClick }) {
  const title = waiting
    ? t("runs", "Its name is not given again.")
    : t("runs", "Ends its runs and its views; its name is not given again.");
  const label = waiting
    ? t("runs", "Refuse")
    : asked
      ? t("runs", "Really remove {name}?", { name })
      : t("runs", "Remove");
  return h(Button, { look: "quiet", title, onClick }, label);
}
