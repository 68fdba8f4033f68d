/** A sound of one's own, from a file or the microphone, as the WAV file in base64 that a question takes. */

import { h } from "preact";
import { useRef, useState } from "preact/hooks";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Button } from "../ui/controls.js";
import { DropZone } from "../ui/dropZone.js";
import { ProblemList } from "../ui/field.js";
import { RATE, waveIn, wavFile } from "./wav.js";

const RECORDS = 2000; // milliseconds

/** @param {{problems: import("../api/client.js").Problem[], set: (sound: string) => void}} props */
export function SoundField({ problems, set }) {
  const [said, setSaid] = useState("");
  const [recorder, setRecorder] = useState(/** @type {MediaRecorder | null} */ (null));
  const newest = useRef(0); // of several sounds, which was chosen last

  /** @param {Blob} blob @param {(seconds: string) => string} words */
  const take = async (blob, words) => {
    const number = ++newest.current;
    try {
      const wave = await waveIn(blob);
      if (number !== newest.current) return;
      set(await base64(wavFile(wave)));
      setSaid(words(formatNumber(wave.length / RATE, 1)));
    } catch {
      if (number === newest.current) setSaid(t("views", "This browser cannot read that as a sound."));
    }
  };
  const record = async () => {
    try {
      setRecorder(await recorded((blob) => {
        setRecorder(null);
        void take(blob, (seconds) => t("views", "{seconds} s from the microphone", { seconds }));
      })); // prettier-ignore
      setSaid(t("views", "Speak now."));
    } catch {
      setSaid(t("views", "The browser gave no microphone."));
    }
  };
  const microphone = navigator.mediaDevices !== undefined; // browsers keep it from pages that came unencrypted
  return h(
    DropZone,
    {
      button: t("views", "Choose a sound"),
      accept: "audio/*",
      onFiles: ([file]) =>
        void take(file, (seconds) => t("views", "{name}, {seconds} s", { name: file.name, seconds })),
      beside: microphone &&
        h(Button, { onClick: recorder ? () => recorder.stop() : record }, recorder ? t("views", "Stop") : t("views", "Record")), // prettier-ignore
    },
    h("p", { role: "status" }, said || t("views", "Drop a sound here. Short ones do best, half a second long.")),
    !microphone && h("p", { class: "quiet" }, t("views", "Browsers lend the microphone only to pages of this machine, or over HTTPS.")), // prettier-ignore
    h(ProblemList, { problems }),
  );
}

/** Records until it is stopped, two seconds at most. @param {(blob: Blob) => void} done */
async function recorded(done) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const recorder = new MediaRecorder(stream);
  recorder.ondataavailable = ({ data }) => {
    for (const track of stream.getTracks()) track.stop();
    done(data);
  };
  recorder.start();
  setTimeout(() => recorder.state === "recording" && recorder.stop(), RECORDS);
  return recorder;
}

/** @param {Uint8Array<ArrayBuffer>} bytes @returns {Promise<string>} */
async function base64(bytes) {
  const reader = new FileReader();
  const read = new Promise((resolve) => (reader.onload = resolve));
  reader.readAsDataURL(new Blob([bytes]));
  await read;
  return String(reader.result).split(",")[1];
}
