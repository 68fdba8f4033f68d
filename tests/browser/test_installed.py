"""The program as pip installs it: a wheel in an environment of its own, served from another folder."""

import subprocess
import sys
import venv
import zipfile
from pathlib import Path
from sysconfig import get_path

import pytest

from tests.browser.conftest import OpenPage, TakeScreenshot
from tests.browser.playground import button, ready, train
from tests.browser.server import serving

pytestmark = pytest.mark.browser
REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this repository, built by hatchling with the browser's files that the installation has made."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=REPOSITORY, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


def test_wheel_carries_every_file_that_the_server_sends(wheel: Path) -> None:
    carried = set(zipfile.ZipFile(wheel).namelist())
    for name in ("static", "templates", "locales"):
        files = {path.relative_to(REPOSITORY).as_posix() for path in (REPOSITORY / name).rglob("*") if path.is_file()}
        assert files
        assert {f"app/{file}" for file in files} <= carried


def test_installed_wheel_serves_the_page_and_trains(
    wheel: Path, tmp_path: Path, open_page: OpenPage, screenshot: TakeScreenshot
) -> None:
    program = installed(wheel, tmp_path / "environment")
    data = tmp_path / "data"
    data.mkdir()
    with serving(data, program=program) as server:
        page = ready(open_page("/", address=server.address, locale="en-US"))
        assert "/bundle/js/pages/playground.js" in page.content()
        train(page)
        button(page, "中文").click()
        page.get_by_role("button", name="暂停", exact=True).wait_for()
        screenshot(page)
        page.close()  # before the server goes


def installed(wheel: Path, folder: Path) -> Path:
    """The `trainyard` of a new environment with the wheel alone; what it needs is that of the tests' environment."""
    venv.create(folder)
    python = folder / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--python", str(python)]
    subprocess.run([*pip, "install", "--no-deps", "--no-index", str(wheel)], check=True, capture_output=True)
    packages = Path(get_path("purelib", vars={"base": str(folder), "platbase": str(folder)}))
    # A folder named in a .pth file is searched, but its own .pth files are not: the repository stays out of sight.
    (packages / "packages_of_the_tests.pth").write_text(get_path("purelib"))
    found = subprocess.run(
        [str(python), "-c", "import app; print(app.__file__)"], cwd=folder, check=True, capture_output=True, text=True
    )
    assert Path(found.stdout.strip()).is_relative_to(packages)
    return folder / "bin" / "trainyard"
