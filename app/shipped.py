"""Where the files stand that come with the program: pages, templates, translations."""

from pathlib import Path

PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """The folder `name`: inside the package where it was installed from a wheel, beside it in the repository."""
    inside = PACKAGE / name
    return inside if inside.is_dir() else PACKAGE.parent / name
