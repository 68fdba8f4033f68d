"""From one of Pydantic's validation errors to the sentence a person reads, with a fix where there is one."""

import json
from difflib import get_close_matches
from typing import Any, TypeAlias, cast

from pydantic import BaseModel
from pydantic_core import ErrorDetails, PydanticUndefined

from app.experiment.experiment import VERSION
from app.experiment.places import CHOICES, Kinds, Spot, look_up, owner_of, spot_of
from app.parts.part import Part
from app.parts.problem import Edit, Fix, Problem, pointer

LONGEST_QUOTE = 40  # characters of a person's own text that a sentence repeats
MOST_CHOICES = 24  # that a sentence names
LONGEST_WHOLE = 10**15  # beyond it, a whole number is shown in powers of ten

UNKNOWN = {
    "layers": "There is no layer called {given}.",
    "datasets": "There is no dataset called {given}.",
    "tasks": "There is no task called {given}.",
    "losses": "There is no loss called {given}.",
    "optimizers": "There is no optimizer called {given}.",
    "schedules": "There is no schedule called {given}.",
    "initializers": "There is no way to draw first weights called {given}.",
    "probes": "There is no probe called {given}.",
    "tokenizers": "There is no tokenizer called {given}.",
}
STARTERS: dict[str, dict[str, str]] = {  # what a missing field is filled with
    "dataset": {"kind": "circle"},
    "task": {"kind": "classification"},
    "loss": {"kind": "cross_entropy"},
}
# The beginnings of Pydantic's names of errors, and what was expected there.
EXPECTED = {
    "bool": "This must be true or false.",
    "string": "This must be text.",
    "list": "This must be a list.",
    "tuple": "This must be a list.",
    "int": "This must be a whole number.",
    "float": "This must be a number.",
    "finite_number": "This must be an ordinary number, neither infinite nor NaN.",
    "dict": "This must be an object with named fields.",
    "model": "This must be an object with named fields.",
}
BOUNDS = {
    "greater_than_equal": ("ge", "{given} is too small: {bound} is the least."),
    "greater_than": ("gt", "{given} is too small: it must be more than {bound}."),
    "less_than_equal": ("le", "{given} is too large: {bound} is the most."),
    "less_than": ("lt", "{given} is too large: it must be less than {bound}."),
}
Context: TypeAlias = dict[str, Any]


def problem_of(error: ErrorDetails, document: Any) -> Problem:
    """The problem that `error` means in `document`."""
    spot = spot_of(document, error["loc"], tagged=True)
    name, context = error["type"], error.get("ctx", {})
    if name in ("union_tag_invalid", "union_tag_not_found"):
        return _unknown_kind(spot)
    if name == "missing":
        return _missing(spot)
    if name == "extra_forbidden":
        return _unknown_field(spot, document)
    if name == "literal_error":
        return _not_a_choice(spot, document, context)
    if name in BOUNDS:
        return _out_of_bounds(spot, document, name, context)
    if name in ("too_long", "string_too_long"):
        return _too_long(spot, context)
    if name in ("too_short", "string_too_short"):
        return _too_short(spot, context)
    if name in ("int_type", "int_from_float") and isinstance(spot.value, float):
        return _not_whole(spot)
    for beginning, sentence in EXPECTED.items():
        if name.startswith(beginning):
            return Problem(sentence, place=pointer(*spot.keys), fixes=_default_fix(spot, document))
    return Problem("This value does not fit here.", place=pointer(*spot.keys), fixes=_default_fix(spot, document))


def quoted(value: Any) -> str:
    """A value as a person wrote it, in JSON, shortened."""
    if isinstance(value, int) and abs(value) > LONGEST_WHOLE:
        return f"{value:.3g}"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def _unknown_kind(spot: Spot) -> Problem:
    place = pointer(*spot.keys)
    if not isinstance(spot.value, dict):
        return Problem(EXPECTED["dict"], place=place)
    given: Any = spot.value.get("kind")  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
    if given is None:
        return Problem("This has no kind, so nobody can tell what it is.", place=place, fixes=_kind_fixes(spot, ""))
    family = spot.family[0].family if spot.family else "layers"
    fixes = _kind_fixes(spot, given if isinstance(given, str) else "")
    return Problem(UNKNOWN[family], place=place + "/kind", given=quoted(given), fixes=fixes)


def _kind_fixes(spot: Spot, given: str) -> tuple[Fix, ...]:
    edit_path = pointer(*spot.keys, "kind")
    fixes = [
        Fix("Use {kind}", {"kind": part.title}, (Edit("add", edit_path, part.kind_name()),))
        for part in near(given, spot.family)
    ]
    if spot.keys and isinstance(spot.keys[-1], int):
        fixes.append(Fix("Remove it", edits=(Edit("remove", pointer(*spot.keys)),)))
    elif not fixes and spot.keys and str(spot.keys[-1]) in STARTERS:
        starter = STARTERS[str(spot.keys[-1])]
        part = next(part for part in CHOICES[str(spot.keys[-1])] if part.kind_name() == starter["kind"])
        fixes.append(Fix("Use {kind}", {"kind": part.title}, (Edit("add", pointer(*spot.keys), starter),)))
    return tuple(fixes)


def near(given: str, family: Kinds) -> list[type[Part]]:
    """The parts that a misspelt or foreign name most likely means, best first; at most two."""
    names: dict[str, type[Part]] = {}
    for part in family:
        for name in (*part.also, part.title, part.kind_name()):
            names[name.lower()] = part
            names[name.lower().replace(" ", "_")] = part
    matches = get_close_matches(given[:LONGEST_QUOTE].lower(), names, n=4, cutoff=0.6)
    return list(dict.fromkeys(names[match] for match in matches))[:2]


def _missing(spot: Spot) -> Problem:
    field = str(spot.keys[-1])
    fixes: tuple[Fix, ...] = ()
    if field in STARTERS:
        fixes = (Fix("Add {field}", {"field": field}, (Edit("add", pointer(*spot.keys), STARTERS[field]),)),)
    return Problem("The field “{field}” is missing.", place=pointer(*spot.keys[:-1]), field=field, fixes=fixes)


def _unknown_field(spot: Spot, document: Any) -> Problem:
    path, field = pointer(*spot.keys), str(spot.keys[-1])
    fixes = [Fix("Remove it", edits=(Edit("remove", path),))]
    owner = owner_of(document, spot.keys[:-1])
    siblings = spot_of(document, spot.keys[:-1]).value
    for name in get_close_matches(field, owner.model_fields if owner else (), n=1):
        if not look_up(siblings, name)[0]:
            edits = (Edit("remove", path), Edit("add", pointer(*spot.keys[:-1], name), spot.value))
            fixes.insert(0, Fix("Rename it to “{field}”", {"field": name}, edits))
    return Problem("There is no field called “{field}” here.", place=path, field=field, fixes=tuple(fixes))


def _not_a_choice(spot: Spot, document: Any, context: Context) -> Problem:
    place = pointer(*spot.keys)
    if place == "/version":
        return Problem(
            "This document has version {given}, but only version {version} can be read.",
            place=place,
            given=quoted(spot.value),
            version=VERSION,
        )
    if spot.keys and spot.keys[-1] == "kind":
        return _unknown_kind(spot_of(document, spot.keys[:-1]))
    choices = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "").split(", ")
    return Problem(
        "{given} is no choice here. Possible are: {choices}.",
        place=place,
        given=quoted(spot.value),
        choices=", ".join(choices[:MOST_CHOICES] + ["…"] * (len(choices) > MOST_CHOICES)),
        fixes=_default_fix(spot, document),
    )


def _out_of_bounds(spot: Spot, document: Any, name: str, context: Context) -> Problem:
    key, sentence = BOUNDS[name]
    bound = context[key]
    fixes = _default_fix(spot, document)
    if key in ("ge", "le"):
        whole = int(bound) if float(bound).is_integer() else bound
        fixes = (_set(spot, whole),)
    shown = int(bound) if float(bound).is_integer() else quoted(bound)  # every digit: 0.9999 is not 1
    return Problem(sentence, place=pointer(*spot.keys), given=quoted(spot.value), bound=shown, fixes=fixes)


def _too_long(spot: Spot, context: Context) -> Problem:
    most, value = int(context["max_length"]), cast("list[Any] | str", spot.value)
    fixes = (Fix("Keep the first {most}", {"most": most}, (Edit("replace", pointer(*spot.keys), value[:most]),)),)
    return Problem(
        "At most {most} fit in here, but there are {count}.",
        place=pointer(*spot.keys),
        most=most,
        count=len(value),
        fixes=fixes,
    )


def _too_short(spot: Spot, context: Context) -> Problem:
    return Problem("At least {least} must stand here.", place=pointer(*spot.keys), least=int(context["min_length"]))


def _not_whole(spot: Spot) -> Problem:
    fixes = (_set(spot, round(spot.value)),) if abs(spot.value) < LONGEST_WHOLE else ()
    return Problem(EXPECTED["int"], place=pointer(*spot.keys), fixes=fixes)


def _default_fix(spot: Spot, document: Any) -> tuple[Fix, ...]:
    """Back to the field's default, where the field and its default are known."""
    if not spot.keys:
        return ()
    owner = owner_of(document, spot.keys[:-1])
    field = owner.model_fields.get(str(spot.keys[-1])) if owner else None
    default: Any = field.default if field else PydanticUndefined
    if default is PydanticUndefined or isinstance(default, BaseModel | list | dict):
        return ()
    return (_set(spot, default),)


def _set(spot: Spot, value: Any) -> Fix:
    return Fix("Set it to {value}", {"value": quoted(value)}, (Edit("replace", pointer(*spot.keys), value),))
