/** One class of pictures: its name, how many there are, some of them, and how more come in. */

import { h } from "preact";
import { formatNumber } from "../i18n/numbers.js";
import { t } from "../i18n/t.js";
import { Button, Chip, IconButton, TextField } from "../ui/controls.js";
import { SIGNS } from "../views/marks.js";
import { Picture } from "../views/pictures.js";
import { newest } from "./adding.js";
import { Camera, cameraAllowed } from "./camera.js";
import { DropZone } from "../ui/dropZone.js";

const MOST = 12; // thumbnails of each class
const LONGEST = 60; // characters of a name
const LIGHT = { white: 255, paper: false };

/**
 * @param {object} props
 * @param {import("./pictureClasses.js").PictureClass} props.pictureClass
 * @param {number} props.at
 * @param {number[][]} props.pictures levels of some of them
 * @param {Record<string, any>} props.dataset
 * @param {boolean} props.camera whether its camera is open
 * @param {(open: boolean) => void} props.onCamera
 * @param {(files: File[]) => Promise<void>} props.onFiles
 * @param {(wanted: boolean) => void} props.onUse
 * @param {(name: string) => void} props.onName while there are no pictures yet
 * @param {() => void} props.onRemove while there are no pictures yet
 */
export function ClassCard({ pictureClass, at, pictures, dataset, camera, onCamera, onFiles, onUse, onName, onRemove }) {
  return h(
    DropZone,
    {
      class: `own-class${pictureClass.used || pictureClass.count === 0 ? "" : " out"}`,
      button: t("own", "Add pictures"),
      accept: "image/*",
      several: true,
      onFiles: (files) => void onFiles(files),
      beside: h(CameraButton, { pictureClass, camera, onCamera, onFiles }),
    },
    h(
      "div",
      { class: "own-class-head" },
      h("i", { class: `sign class-${at % 10}`, "aria-hidden": "true" }, SIGNS[at % 10]),
      pictureClass.count > 0
        ? h("b", null, h("bdi", null, pictureClass.name))
        : h(NameField, { pictureClass, at, onName }),
      h("span", { class: "numbers" }, formatNumber(pictureClass.count)),
      pictureClass.count > 0
        ? h(Chip, { title: t("own", "Use"), value: pictureClass.used, onInput: onUse })
        : h(IconButton, {
            icon: "trash",
            look: "quiet",
            label: t("own", "Remove {name}", { name: pictureClass.name }),
            onClick: onRemove,
          }),
    ),
    h(Thumbnails, { pictureClass, pictures, dataset }),
    camera && h(Camera, { onPicture: (file) => onFiles([file]) }),
  );
}

/** @param {{pictureClass: {name: string}, at: number, onName: (name: string) => void}} props */
function NameField({ pictureClass, at, onName }) {
  return h(TextField, {
    label: t("own", "Name of class {number}", { number: at + 1 }),
    bare: true,
    late: true,
    value: pictureClass.name,
    onInput: (name) => name.trim() && onName(name.trim()),
    attributes: { maxLength: LONGEST },
  });
}

/** The camera in the page, where the browser gives it; else a phone's own camera, by way of a file.
 * @param {{pictureClass: {name: string}, camera: boolean, onCamera: (open: boolean) => void, onFiles: (files: File[]) => Promise<void>}} props */
function CameraButton({ camera, onCamera, onFiles }) {
  if (cameraAllowed()) return h(Button, { pressed: camera, onClick: () => onCamera(!camera) }, t("own", "Camera"));
  return h(DropZone, {
    class: "own-shot",
    button: t("own", "Take a photo"),
    accept: "image/*",
    capture: "environment",
    onFiles: (files) => void onFiles(files),
  });
}

/** @param {{pictureClass: {name: string, count: number}, pictures: number[][], dataset: Record<string, any>}} props */
function Thumbnails({ pictureClass, pictures, dataset }) {
  const shape = [dataset.colour ? 3 : 1, dataset.side, dataset.side];
  const fits = pictures[0]?.length === shape[0] * shape[1] * shape[2];
  const own = (newest.value[pictureClass.name] ?? [])
    .filter((picture) => picture.at > (fits ? pictures.length : 0))
    .slice(-MOST);
  const seen = fits ? pictures.slice(0, Math.max(MOST - own.length, 0)) : [];
  if (pictureClass.count === 0)
    return h("p", { class: "fine" }, t("own", "Drop pictures here, or bring them with a button."));
  const label = t("own", "Some of {name}", { name: pictureClass.name });
  return h(
    "div",
    { class: "own-thumbnails", role: "img", "aria-label": label },
    seen.map((levels, at) => h(Picture, { key: at, levels, shape, light: LIGHT })),
    own.map(({ address }) => h("img", { key: address, src: address, alt: "" })),
    pictureClass.count > seen.length + own.length && h("span", { class: "fine" }, "…"),
  );
}
