"""A part: its fields are its settings, form, validation and saved form at once; its docstring is its help."""

from collections.abc import Mapping
from inspect import cleandoc
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field


class Part(BaseModel):
    """Something a person can choose, by `kind`. Subclasses write `kind: Literal["x"] = "x"` as their first field.

    Every field has a `title` (a label) and a `description` (what it is and when to change it), both in plain
    English; Chinese stands in `locales/zh/<family>.json`. `json_schema_extra` may hold `unit`, `log` (a slider
    that moves in powers), `step`, and `live` (may be set while training).
    """

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    family: ClassVar[str] = ""
    title: ClassVar[str] = ""
    group: ClassVar[str] = ""
    formula: ClassVar[str] = ""
    also: ClassVar[tuple[str, ...]] = ()  # other names a person may search for
    carried: ClassVar[tuple[str, ...]] = ()  # settings that another part of the family takes over where it is chosen
    kind: str

    @classmethod
    def kind_name(cls) -> str:
        """The name a document chooses this part by."""
        return cls.model_fields["kind"].default

    @classmethod
    def help(cls) -> str:
        """What this part is and when to use it. An empty line parts paragraphs; there are no other line breaks."""
        return "\n\n".join(" ".join(paragraph.split()) for paragraph in cleandoc(cls.__doc__ or "").split("\n\n"))

    @classmethod
    def described(cls) -> dict[str, Any]:
        """What a page needs to offer this part: kind, title, help, group, formula, JSON schema, and which of its
        settings stay as they are where another part is chosen that has them too."""
        return {
            "kind": cls.kind_name(),
            "title": cls.title,
            "help": cls.help(),
            "group": cls.group,
            "formula": cls.formula,
            "also": list(cls.also),
            "carried": [name for name in cls.carried if name in cls.model_fields],
            "schema": cls.form(),
        }

    @classmethod
    def form(cls) -> dict[str, Any]:
        """The JSON schema of its settings, as `properties`, also of a part that may stand within itself."""
        schema = cls.model_json_schema()
        if "$ref" not in schema:
            return schema
        definitions = schema["$defs"]
        own = definitions[schema["$ref"].rpartition("/")[2]]
        return {**own, "$defs": definitions}


def setting(  # what every form control of the house is made of
    default: Any,
    title: str,
    description: str,
    *,
    ge: float | None = None,
    gt: float | None = None,
    le: float | None = None,
    lt: float | None = None,
    min_length: int | None = None,
    max_length: int | None = None,
    unit: str = "",
    log: bool = False,
    step: float | None = None,
    live: bool = False,
    labels: Mapping[Any, str] | None = None,
    start: float | None = None,
) -> Any:
    """A Pydantic field with its label, its help and its bounds: `units: int = setting(8, "Neurons", "…", ge=1)`.

    `labels` says what a person reads for each value of a choice; `start` is what a number that may be left out begins
    with once it is switched on, if that is not its lower bound.
    """
    hints: dict[str, Any] = {"unit": unit, "log": log, "step": step, "live": live, "start": start}
    hints["labels"] = labels and dict(labels)
    return Field(
        default,
        title=title,
        description=description,
        ge=ge,
        gt=gt,
        le=le,
        lt=lt,
        min_length=min_length,
        max_length=max_length,
        json_schema_extra={name: value for name, value in hints.items() if value},
    )
