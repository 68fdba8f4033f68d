"""Each probe is drawn by a view, and only the list of views and what draws them name it."""

import re
from pathlib import Path

import pytest

from app.parts.probes import PROBES

JS = Path(__file__).parents[2] / "static" / "js"
KINDS = [probe.kind_name() for probe in PROBES]


@pytest.mark.parametrize("kind", KINDS)
def test_a_view_draws_the_frames_of_each_probe(kind: str) -> None:
    drawn = [file for file in JS.glob("views/*.js") if f'probe: "{kind}"' in file.read_text("utf-8")]
    assert drawn


def test_no_list_of_probes_stands_anywhere_but_in_the_views() -> None:
    lists = re.compile(rf"\[[^\]]*[\"'](?:{'|'.join(KINDS)})[\"'][^\]]*\]")
    elsewhere = [file for file in JS.glob("**/*.js") if file.parent.name != "views"]
    assert [file.name for file in elsewhere if lists.search(file.read_text("utf-8"))] == []
