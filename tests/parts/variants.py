"""For a part, itself with its defaults, and with each of its settings changed."""

from typing import Any, Literal, get_args, get_origin

import annotated_types
from pydantic.fields import FieldInfo

from app.parts.part import Part


def variants_of(part: type[Part]) -> list[Any]:
    """The part with its defaults first, then one part for each setting, with only that one changed."""
    changed = [
        part(**{name: another_value(field)}) for name, field in part.model_fields.items() if _varies(name, field)
    ]
    return [part(), *changed]


def another_value(field: FieldInfo) -> Any:
    """A value within the bounds of a field that is not its default."""
    annotation: Any = field.annotation
    if annotation is bool:
        return not field.default
    if get_origin(annotation) is Literal:
        return next(value for value in get_args(annotation) if value != field.default)
    low, high = 0.0, 100.0
    for bound in field.metadata:
        if isinstance(bound, annotated_types.Ge | annotated_types.Gt):
            low = float(getattr(bound, "ge", getattr(bound, "gt", low)))
        if isinstance(bound, annotated_types.Le | annotated_types.Lt):
            high = float(getattr(bound, "le", getattr(bound, "lt", high)))
    if annotation is int:
        return field.default + 1 if field.default < high else field.default - 1
    near = field.default + (high - field.default) / 200
    return near if near != field.default else (low + field.default) / 2


def _varies(name: str, field: FieldInfo) -> bool:
    return name != "kind" and (field.annotation in (bool, int, float) or get_origin(field.annotation) is Literal)
