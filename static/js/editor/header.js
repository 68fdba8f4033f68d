/** The head of the page: what it is, what the experiment is called, playback, and the page's own tools. */

import { h } from "preact";
import { useState } from "preact/hooks";
import { fetchParts } from "../api/parts.js";
import { language, setLanguage, t } from "../i18n/t.js";
import { Button, IconButton } from "../ui/controls.js";
import { useDraft } from "../ui/draft.js";
import { Icon, Logo } from "../ui/icons.js";
import { note } from "../ui/live.js";
import { Popover } from "../ui/popover.js";
import { keysShown } from "../ui/shortcuts.js";
import { isHidden } from "../ui/shown.js";
import { large, switchSize, switchTheme, theme } from "./appearance.js";
import { name } from "./document.js";
import { retellPresets } from "./presets.js";
import { saved, share } from "./sharing.js";
import { lazy } from "../ui/lazy.js";

const Gallery = lazy(() => import("../pages/seldom.js").then((module) => module.Gallery));
const KeysDialog = lazy(() => import("../pages/seldom.js").then((module) => module.KeysDialog));

/** @param {{children?: any}} props what stands in its middle */
export function Header({ children }) {
  const [choosing, setChoosing] = useState(false);
  return h(
    "header",
    { class: "bar" },
    h(
      "div",
      { class: "bar-start" },
      h(
        "h1",
        null,
        h("a", { class: "brand", href: "/", "aria-label": "Trainyard" }, h(Logo, null), h("span", null, "Trainyard")),
      ),
      h(Name, null),
      !isHidden("experiments") &&
        h(
          Button,
          {
            look: "quiet",
            icon: "book",
            title: t("page", "Experiments"),
            attributes: { "aria-label": t("page", "Experiments") },
            onClick: () => setChoosing(true),
          },
          h("span", { class: "wide" }, t("page", "Experiments")),
        ),
    ),
    children,
    h(
      "nav",
      { class: "bar-tools", "aria-label": t("page", "Tools of the page") },
      !isHidden("runs") &&
        h(
          "a",
          {
            class: "button quiet roomy-only",
            href: "/runs",
            "aria-label": t("page", "Runs"),
            title: t("page", "Runs"),
          },
          h(Icon, { name: "list" }),
          h("span", { class: "wide" }, t("page", "Runs")),
        ),
      !isHidden("share") &&
        h(
          Button,
          {
            icon: "share",
            look: "quiet",
            class: "roomy-only",
            onClick: share,
            title: t("page", "Copy a link to this experiment"),
          },
          h("span", { class: "wide" }, t("page", "Share")),
        ),
      h(LanguageSwitch, null),
      h(IconButton, {
        icon: "theme",
        look: "quiet",
        class: "wide-only",
        label: themeTitle(),
        onClick: switchTheme,
      }),
      h(Popover, {
        label: t("page", "More of the page"),
        class: "page-menu",
        trigger: (attributes) =>
          h(Button, {
            look: "quiet",
            icon: "more",
            class: "icon-only",
            attributes: { ...attributes, "aria-label": t("page", "More of the page") },
          }),
        children: (/** @type {() => void} */ close) => [
          !isHidden("runs") &&
            h(
              "a",
              { key: "r", class: "button quiet phone-only", href: "/runs" },
              h(Icon, { name: "list" }),
              t("page", "Runs"),
            ),
          !isHidden("share") &&
            h(
              Button,
              { key: "s", look: "quiet", icon: "share", class: "phone-only", onClick: () => (close(), share()) },
              t("page", "Copy a link to this experiment"),
            ),
          h(
            Button,
            { key: "t", look: "quiet", icon: "theme", class: "narrow-only", onClick: switchTheme },
            themeTitle(),
          ),
          h(
            Button,
            { key: "l", look: "quiet", icon: "large", pressed: large.value, onClick: switchSize },
            t("page", "Large, for a projector"),
          ),
          h(
            Button,
            { key: "k", look: "quiet", icon: "keyboard", onClick: () => (close(), (keysShown.value = true)) },
            t("page", "Keys"),
          ),
          h(
            "a",
            { key: "d", class: "button quiet", href: "/docs" },
            h(Icon, { name: "info" }),
            t("page", "API for programs"),
          ),
        ],
      }),
    ),
    choosing && h(Gallery, { onClose: () => setChoosing(false) }),
    keysShown.value && h(KeysDialog, { onClose: () => (keysShown.value = false) }),
  );
}

function themeTitle() {
  return theme.value === "dark" ? t("page", "Light colours") : t("page", "Dark colours");
}

function Name() {
  const draft = useDraft(name.value, (text) => (name.value = text.trim()));
  return h(
    "div",
    { class: "name", "data-name": draft.value }, // page.css makes as much room as this takes
    h("input", {
      class: "name-field",
      title: draft.value,
      type: "text",
      maxLength: 120,
      "aria-label": t("page", "Name of the experiment"),
      placeholder: t("page", "Name of the experiment"),
      autocomplete: "off",
      spellcheck: false,
      ...draft,
      onKeyDown: (/** @type {KeyboardEvent & {currentTarget: HTMLInputElement}} */ event) => {
        if (event.key === "Enter" && !event.isComposing) event.currentTarget.blur();
      },
    }),
    h(
      "span",
      { class: "saved", title: t("page", "Kept in the address of this page; every run keeps its own copy.") },
      saved.value ? t("page", "saved") : "…",
    ),
  );
}

function LanguageSwitch() {
  const other = language.value === "zh" ? /** @type {const} */ ("en") : /** @type {const} */ ("zh");
  const change = async () => {
    try {
      await setLanguage(other);
      await Promise.all([fetchParts(), retellPresets()]);
    } catch (problem) {
      note(/** @type {Error} */ (problem).message);
    }
  };
  return h(
    Button,
    { look: "quiet", class: "language", onClick: change, attributes: { lang: other === "zh" ? "zh-Hans" : "en" } },
    other === "zh" ? "中文" : "English",
  );
}
