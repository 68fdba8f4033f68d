"""A problem: what a person is told when parts do not fit, where, and what one click would mend."""

from dataclasses import dataclass, field, replace
from typing import Any, Literal, TypeAlias

Value: TypeAlias = str | int | float | bool | None

JSON_POINTER_ESCAPES = (("~", "~0"), ("/", "~1"))


def pointer(*keys: str | int) -> str:
    """The JSON Pointer (RFC 6901) that leads through `keys`: `pointer("networks", "main")` is `/networks/main`."""
    escaped = [str(key) for key in keys]
    for plain, code in JSON_POINTER_ESCAPES:
        escaped = [key.replace(plain, code) for key in escaped]
    return "".join(f"/{key}" for key in escaped)


@dataclass(frozen=True)
class Edit:
    """One change of the document, as in JSON Patch (RFC 6902). `path` is a JSON Pointer."""

    op: Literal["add", "replace", "remove"]
    path: str
    value: Any = None


@dataclass(frozen=True)
class Fix:
    """A button that mends a problem: a template sentence with values, and the edits it makes."""

    title: str
    values: dict[str, Value] = field(default_factory=dict[str, Value])
    edits: tuple[Edit, ...] = ()


class Problem(Exception):
    """A mistake a person can mend: a template sentence, its values, its place and its fixes.

    `place` is a JSON Pointer into the document; a part raises with a place relative to itself
    (a field: `/units`), and whoever asked the part puts its own place in front with `at`.
    """

    def __init__(self, template: str, *, place: str = "", fixes: tuple[Fix, ...] = (), **values: Value) -> None:
        super().__init__(template.format(**values))
        self.template = template
        self.values = values
        self.place = place
        self.fixes = fixes

    def at(self, prefix: str) -> "Problem":
        """The same problem, with its place and the paths of its fixes below `prefix`."""
        fixes = tuple(
            replace(fix, edits=tuple(replace(edit, path=prefix + edit.path) for edit in fix.edits))
            for fix in self.fixes
        )
        return Problem(self.template, place=prefix + self.place, fixes=fixes, **self.values)


class Problems(Exception):
    """All the problems of one document, never empty."""

    def __init__(self, problems: list[Problem]) -> None:
        if not problems:
            raise ValueError("Expected at least one problem.")
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
