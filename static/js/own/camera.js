/** Pictures from the camera, where the browser gives it to a page: one by one, or several a second. */

import { h } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import { t } from "../i18n/t.js";
import { Button } from "../ui/controls.js";

const SIDE = 256; // pixels of what is sent; networks see far less
const PAUSE = 600; // milliseconds between two pictures while it goes on taking them
const QUALITY = 0.9;

/** Whether this page may ask for a camera: browsers allow it on https and on this machine only. */
export function cameraAllowed() {
  return Boolean(globalThis.isSecureContext && navigator.mediaDevices?.getUserMedia);
}

/** @param {{onPicture: (file: File) => Promise<void>}} props
 *   the next picture is taken when the one before has been kept */
export function Camera({ onPicture }) {
  const video = useRef(/** @type {HTMLVideoElement | null} */ (null));
  const going = useRef(false);
  const [state, setState] = useState({ ready: false, words: "", going: false });
  useEffect(() => openCamera(video, setState), []);
  useEffect(() => () => void (going.current = false), []);
  const take = async () => {
    const file = video.current && (await pictureOf(video.current));
    if (file) await onPicture(file);
  };
  const goOn = async () => {
    going.current = !going.current;
    setState((now) => ({ ...now, going: going.current }));
    while (going.current) {
      const next = new Promise((done) => setTimeout(done, PAUSE));
      await take().catch(() => (going.current = false)); // what went wrong is told where it is kept
      await next;
    }
    setState((now) => ({ ...now, going: false }));
  };
  return h(
    "div",
    { class: "camera" },
    h("video", { ref: video, playsInline: true, muted: true, "aria-label": t("own", "What the camera sees") }),
    state.words && h("p", { class: "own-problem", role: "alert" }, state.words),
    h(
      "div",
      { class: "drop-buttons" },
      h(
        Button,
        { look: "primary", disabled: !state.ready || state.going, onClick: () => void take().catch(() => undefined) },
        t("own", "Take a picture"),
      ),
      h(
        Button,
        { disabled: !state.ready, pressed: state.going, onClick: goOn },
        state.going ? t("own", "Stop taking") : t("own", "Keep taking"),
      ),
    ),
  );
}

/**
 * Shows the camera in `video`. @param {{current: HTMLVideoElement | null}} video
 * @param {(state: {ready: boolean, words: string, going: boolean}) => void} tell @returns {() => void} lets it go
 */
function openCamera(video, tell) {
  /** @type {MediaStream | null} */
  let stream = null;
  let left = false;
  const wanted = { video: { facingMode: "environment", width: { ideal: 640 }, height: { ideal: 480 } }, audio: false };
  navigator.mediaDevices.getUserMedia(wanted).then(
    async (given) => {
      stream = given;
      if (left || !video.current) return letGo(given);
      video.current.srcObject = given;
      await video.current.play();
      tell({ ready: true, words: "", going: false });
    },
    (error) => left || tell({ ready: false, words: refusal(error), going: false }),
  );
  return () => {
    left = true;
    if (stream) letGo(stream);
  };
}

/** @param {MediaStream} stream */
function letGo(stream) {
  for (const track of stream.getTracks()) track.stop();
}

/** @param {DOMException} error */
function refusal(error) {
  if (error.name === "NotAllowedError")
    return t("own", "The browser was told not to give the camera to this page. Its address bar can change that.");
  if (error.name === "NotFoundError") return t("own", "No camera was found. Choose pictures from files instead.");
  return t("own", "The camera does not start; perhaps another program holds it. Choose pictures from files instead.");
}

/** The square in the middle of what the camera sees. @param {HTMLVideoElement} video @returns {Promise<File | null>} */
function pictureOf(video) {
  const { videoWidth: width, videoHeight: height } = video;
  const part = Math.min(width, height);
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SIDE;
  canvas.getContext("2d")?.drawImage(video, (width - part) / 2, (height - part) / 2, part, part, 0, 0, SIDE, SIDE);
  return new Promise((done) =>
    canvas.toBlob(
      (blob) => done(blob && new File([blob], `camera-${Date.now()}.jpg`, { type: "image/jpeg" })),
      "image/jpeg",
      QUALITY,
    ),
  );
}
