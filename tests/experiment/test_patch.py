"""Edits of a document."""

from typing import Any

import pytest

from app.experiment.patch import grounded, patched
from app.parts.problem import Edit

DOCUMENT: Any = {"a": {"b": [1, 2, 3]}, "c/d": 4, "e~f": 5}


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        (Edit("replace", "/a/b/1", 9), {**DOCUMENT, "a": {"b": [1, 9, 3]}}),
        (Edit("add", "/a/b/1", 9), {**DOCUMENT, "a": {"b": [1, 9, 2, 3]}}),
        (Edit("add", "/a/b/3", 9), {**DOCUMENT, "a": {"b": [1, 2, 3, 9]}}),
        (Edit("add", "/a/b/-", 9), {**DOCUMENT, "a": {"b": [1, 2, 3, 9]}}),
        (Edit("remove", "/a/b/0"), {**DOCUMENT, "a": {"b": [2, 3]}}),
        (Edit("add", "/a/n", None), {**DOCUMENT, "a": {"b": [1, 2, 3], "n": None}}),
        (Edit("replace", "/c~1d", 0), {**DOCUMENT, "c/d": 0}),
        (Edit("remove", "/e~0f"), {"a": {"b": [1, 2, 3]}, "c/d": 4}),
        (Edit("replace", "", 7), 7),
    ],
)
def test_an_edit_changes_one_place_of_a_copy(edit: Edit, expected: Any) -> None:
    before = repr(DOCUMENT)
    assert patched(DOCUMENT, [edit]) == expected
    assert repr(DOCUMENT) == before


@pytest.mark.parametrize("path", ["/x/y", "/a/b/4", "/a/b/-1", "/a/b/x", "/a/b/²", "/c~1d/0"])
@pytest.mark.parametrize("op", ["add", "replace", "remove"])
def test_a_path_that_leads_nowhere_is_refused(op: Any, path: str) -> None:
    with pytest.raises(LookupError):
        patched(DOCUMENT, [Edit(op, path, 1)])


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/training/batch_size", {"training": {"batch_size": 5}}),
        ("/networks/main/layers/-", {"networks": {"main": {"layers": [5]}}}),
        ("/seed", {"seed": 5}),
    ],
)
def test_a_grounded_edit_makes_what_a_short_document_leaves_out(path: str, expected: Any) -> None:
    assert patched({}, [grounded(Edit("replace", path, 5), {})]) == expected
