"""`python -m benchmarks [NAME ...]`: the table of what is promised, as measured on this machine."""

import asyncio
import inspect
import os
import platform
import sys
import time
from importlib.metadata import version

from rich.console import Console
from rich.table import Table

from benchmarks import ageing, archive, audience, crowd, drawing, first_point, full_speed, instant, ratios, siege, steps
from benchmarks.row import Row

BENCHES = {
    module.__name__.rpartition(".")[2]: module
    for module in (ratios, steps, instant, ageing, crowd, first_point, full_speed, drawing, audience, archive, siege)
}
MARKS = {True: "[green]✓[/]", False: "[red]✗[/]", None: ""}


def main(wanted: list[str]) -> None:
    """Prints the table; the numbers are what they are, so it fails only where a bench cannot be run."""
    unknown = [name for name in wanted if name not in BENCHES]
    if unknown:
        sys.exit(f"There is no bench called {', '.join(unknown)}. There are: {', '.join(BENCHES)}.")
    console = Console(width=150 if not sys.stdout.isatty() else None)
    console.print(machine())
    found: list[Row] = []
    for name in wanted or BENCHES:
        began = time.monotonic()
        made = BENCHES[name].rows()
        found += asyncio.run(made) if inspect.iscoroutine(made) else made
        console.print(f"{name}: {time.monotonic() - began:.0f} s", highlight=False)
    console.print(table(found))


def machine() -> str:
    """What the numbers were measured on."""
    return (
        f"{os.cpu_count()} cores ({platform.machine()}, load {os.getloadavg()[0]:.1f} at the start), "
        f"Python {platform.python_version()}, torch {version('torch')}, {platform.system()} {platform.release()}"
    )


def table(rows: list[Row]) -> Table:
    made = Table(show_lines=False)
    for title in ("what", "measured", "target", "", "beside it"):
        made.add_column(title, overflow="fold")
    for row in rows:
        made.add_row(row.what, f"[bold]{row.measured}[/]", row.target, MARKS[row.met], row.note)
    return made


if __name__ == "__main__":
    main(sys.argv[1:])
