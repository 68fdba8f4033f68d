"""Edits of a document: JSON Patch (RFC 6902), as far as fixes and presets use it."""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from typing import Any

from jsonpatch import JsonPatch, JsonPatchException
from jsonpointer import EndOfList, JsonPointer, JsonPointerException, unescape

from app.parts.problem import Edit

MISSING = object()


def patched(document: Any, edits: Iterable[Edit]) -> Any:
    """A copy of `document` with `edits` made. Raises `LookupError` where a path leads nowhere."""
    return patch(deepcopy(document), edits)


def patch(document: Any, edits: Iterable[Edit]) -> Any:
    """`document` itself with `edits` made, or what stands in its place now. Raises as `patched` does, half way."""
    operations = [{"op": edit.op, "path": edit.path, "value": deepcopy(edit.value)} for edit in edits]
    try:
        return JsonPatch(operations).apply(document, in_place=True)
    except (JsonPatchException, JsonPointerException) as error:
        raise LookupError(str(error)) from error


def grounded(edit: Edit, document: Any) -> Edit:
    """The same edit, with the objects and lists on its way that a short document leaves out."""
    keys = keys_of(edit.path)
    for number in range(1, len(keys)):
        if _found(document, keys[:number]) is MISSING:
            value = edit.value
            for name in reversed(keys[number:]):
                value = [value] if name in ("-", "0") else {name: value}
            return Edit("add", JsonPointer.from_parts(keys[:number]).path, value)
    parent = _found(document, keys[:-1])
    missing = isinstance(parent, dict) and keys and keys[-1] not in parent
    return Edit("add", edit.path, edit.value) if edit.op == "replace" and missing else edit


def value_at(document: Any, path: str) -> Any:
    """What stands at a path. Raises `LookupError` where it leads nowhere."""
    found = _found(document, keys_of(path))
    if found is MISSING:
        raise LookupError(f"Expected a value at {path}, but there is none.")
    return found


def keys_of(path: str) -> list[str]:
    """The keys of a JSON Pointer (RFC 6901)."""
    return [unescape(key) for key in path.split("/")[1:]]


def _found(document: Any, keys: Sequence[str]) -> Any:
    found = JsonPointer.from_parts(keys).resolve(document, MISSING)
    return MISSING if isinstance(found, EndOfList) else found
