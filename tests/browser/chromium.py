"""Finds a Chromium for the browser tests; `python -m tests.browser.chromium` installs one where there is none.

The order: the one named by CHROMIUM; one on the PATH; as root on Debian or Ubuntu the distribution's; Playwright's own.
With `--of-the-system` it stops before the last, for which Playwright has to be installed.
Where there is a choice, the headless shell: the same engine without the windows of a browser around it, which is what
Playwright takes for its own headless runs, too. A journey costs a sixth less processor time in it.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

# These stand in for the list that Playwright gives, which a second one replaces. The last three would load Chromium's
# own pages for the address bar, 200 modules, with every new window: a third of what opening our page costs.
UNWANTED = [
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "MediaRouter",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "WebUIOmniboxPopup",
]
# The first two are for containers and machines without a graphics card, the others keep Chromium off the network.
LAUNCH_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    f"--disable-features={','.join(UNWANTED)}",
]
NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome"]
SYSTEM = "--of-the-system"
BY_HAND = "sudo apt-get install chromium fonts-noto-cjk"


@cache
def chromium_path() -> str | None:
    """Playwright's `executable_path` (None: Playwright's own); raises RuntimeError if CHROMIUM names none that runs."""
    named = os.environ.get("CHROMIUM")
    if named:
        if not runs(named):
            raise RuntimeError(f"Expected CHROMIUM to name a Chromium that starts, but got {named!r}.")
        return shutil.which(named)
    return next((found for name in NAMES if (found := shutil.which(name)) and runs(found)), None)


def main() -> None:
    """Says which Chromium the tests will use, installing one if need be; else stops, saying what to type."""
    try:
        path = chromium_path()
    except RuntimeError as error:
        sys.exit(str(error))
    if path is None:
        path = debian_chromium()
    if SYSTEM in sys.argv:
        return
    if path is None:
        path = playwright_chromium()
    if path is None:
        sys.exit(f"The browser tests need Chromium and found none. Type this, then start again:\n\n  {BY_HAND}\n")
    print(f"Chromium: {path}")
    if not has_chinese_font() and not apt_get("fonts-noto-cjk"):
        print("No Chinese font is here, so Chinese screenshots show boxes: sudo apt-get install fonts-noto-cjk")


def debian_chromium() -> str | None:
    """The distribution's. Ubuntu has no headless shell, and its Chromium may be a snap that does not start."""
    if not any(apt_get(package, "fonts-noto-cjk") for package in ("chromium-headless-shell", "chromium")):
        return None
    chromium_path.cache_clear()
    return chromium_path()


def playwright_chromium() -> str | None:
    """Playwright's own, downloaded unless it is there; None if that fails."""
    print("Asking Playwright for its own Chromium", flush=True)
    as_root = ["--with-deps"] if may_apt_get() else []
    done = subprocess.run([sys.executable, "-m", "playwright", "install", *as_root, "chromium"], check=False)
    return "Playwright's own" if done.returncode == 0 else None


def may_apt_get() -> bool:
    return Path("/etc/debian_version").is_file() and os.geteuid() == 0 and shutil.which("apt-get") is not None


def apt_get(*packages: str) -> bool:
    """Installs Debian packages, saying so; False where that is not possible."""
    if not may_apt_get():
        return False
    print(f"Installing {' and '.join(packages)} with apt-get, which the browser tests need", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    steps: list[Sequence[str]] = [["update"], ["install", "-y", "--no-install-recommends", *packages]]
    return all(subprocess.run(["apt-get", "-qq", *step], env=quiet, check=False).returncode == 0 for step in steps)


def has_chinese_font() -> bool:
    return bool(output_of(["fc-list", ":lang=zh", "family"]))


def runs(program: str) -> bool:
    return bool(output_of([program, "--version"]))


def output_of(command: Sequence[str]) -> str:
    """What a program prints; empty if it fails or is not there."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout.strip()
    except (OSError, subprocess.SubprocessError):
        return ""


if __name__ == "__main__":
    main()
