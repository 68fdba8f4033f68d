"""Edits of a document: JSON Patch (RFC 6902), as far as fixes and presets use it."""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any, cast

from app.parts.problem import Edit


def patched(document: Any, edits: Iterable[Edit]) -> Any:
    """A copy of `document` with `edits` made. Raises `LookupError` where a path leads nowhere."""
    return patch(deepcopy(document), edits)


def patch(document: Any, edits: Iterable[Edit]) -> Any:
    """`document` itself with `edits` made, or what stands in its place now. Raises as `patched` does, half way."""
    for edit in edits:
        keys = keys_of(edit.path)
        if not keys:
            document = deepcopy(edit.value)
            continue
        parent = document
        for key in keys[:-1]:
            parent = _within(parent, key)
        _make(edit, parent, keys[-1])
    return document


def grounded(edit: Edit, document: Any) -> Edit:
    """The same edit, with the objects and lists on its way that a short document leaves out."""
    keys = keys_of(edit.path)
    parent = document
    for number, key in enumerate(keys[:-1]):
        try:
            parent = _within(parent, key)
        except LookupError:
            value = edit.value
            for name in reversed(keys[number + 1 :]):
                value = [value] if name in ("-", "0") else {name: value}
            return Edit("add", _path(keys[: number + 1]), value)
    missing = isinstance(parent, dict) and keys and keys[-1] not in parent
    return Edit("add", edit.path, edit.value) if edit.op == "replace" and missing else edit


def keys_of(path: str) -> list[str]:
    """The keys of a JSON Pointer (RFC 6901)."""
    return [key.replace("~1", "/").replace("~0", "~") for key in path.split("/")[1:]]


def _path(keys: Sequence[str]) -> str:
    return "".join("/" + key.replace("~", "~0").replace("/", "~1") for key in keys)


def _within(parent: Any, key: str) -> Any:
    if isinstance(parent, dict) and key in parent:
        return parent[key]  # pyright: ignore[reportUnknownVariableType]
    if isinstance(parent, list):
        items = cast("list[Any]", parent)
        return items[_index(items, key, len(items) - 1)]
    raise LookupError(f"Expected a field or an item at {key!r}, but there is none.")


def _make(edit: Edit, parent: Any, key: str) -> None:
    if isinstance(parent, dict):
        if edit.op != "add" and key not in parent:
            raise LookupError(f"Expected a field at {edit.path!r}, but there is none.")
        if edit.op == "remove":
            del parent[key]
        else:
            parent[key] = deepcopy(edit.value)
    elif isinstance(parent, list):
        items = cast("list[Any]", parent)
        if edit.op == "add":
            items.insert(len(items) if key == "-" else _index(items, key, len(items)), deepcopy(edit.value))
        elif edit.op == "remove":
            del items[_index(items, key, len(items) - 1)]
        else:
            items[_index(items, key, len(items) - 1)] = deepcopy(edit.value)
    else:
        raise LookupError(f"Expected an object or a list above {edit.path!r}, but there is none.")


def _index(items: Sequence[Any], key: str, last: int) -> int:
    if not (key.isascii() and key.isdigit() and int(key) <= last):
        raise LookupError(f"Expected the number of an item up to {last}, but got {key!r} for a list of {len(items)}.")
    return int(key)
