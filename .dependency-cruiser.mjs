/** Imports of the page point down: a folder imports itself and those below it. docs/browser.md says what each is for. */

const FOLDERS_FROM_THE_TOP = [
  "pages",
  "own",
  "editor",
  "network",
  "charts",
  "views",
  "live",
  "api",
  "ui",
  "canvas",
  "i18n",
];

/** Fetched when first wanted (`ui/lazy.js`), so from everywhere, but only by `import()`. */
const FETCHED_LATER = "^static/js/pages/seldom[.]js$";

const inFolders = (names) => `^static/js/(${names.join("|")})/`;

const pointDown = FOLDERS_FROM_THE_TOP.slice(1).map((folder, number) => ({
  name: `${folder}-imports-down`,
  severity: "error",
  from: { path: inFolders([folder]) },
  to: { path: inFolders(FOLDERS_FROM_THE_TOP.slice(0, number + 1)), pathNot: FETCHED_LATER },
}));

export default {
  forbidden: [
    ...pointDown,
    {
      name: "seldom-only-when-wanted",
      comment: "A static import would send what few pages show to every page.",
      severity: "error",
      from: { path: "^static/js/" },
      to: { path: FETCHED_LATER, dynamic: false },
    },
    {
      name: "every-folder-has-its-place",
      comment: "A new folder of static/js needs a line in FOLDERS_FROM_THE_TOP.",
      severity: "error",
      from: {},
      to: { path: "^static/js/", pathNot: inFolders(FOLDERS_FROM_THE_TOP) },
    },
    { name: "every-import-is-found", severity: "error", from: {}, to: { couldNotResolve: true } },
  ],
  options: { doNotFollow: { path: "node_modules" } },
};
