"""What every part of every family owes, asked once over the lists."""

from collections.abc import Callable
from typing import Any

import pytest

from app.parts.part import Part
from app.training.building import build
from app.web.parts import FAMILIES as OFFERED
from tests.parts.families import FAMILIES, Family, example, placed
from tests.parts.listing import assert_named_after_its_file, defined
from tests.parts.printed import run_printed
from tests.parts.sentences import chinese, sentences_of
from tests.parts.variants import variants, with_variants

Test = Callable[..., None]
each_family: Callable[[Test], Test] = pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.name)
each_part: Callable[[Test], Test] = pytest.mark.parametrize(
    ("family", "part"),
    [pytest.param(family, part, id=f"{family.name}-{part.__name__}") for family in FAMILIES for part in family.parts],
)


def test_every_family_is_asked_and_offered() -> None:
    assert {family.name: family.parts for family in FAMILIES} == OFFERED


@each_family
def test_every_part_in_the_folder_is_in_the_list(family: Family) -> None:
    assert set(family.parts) == defined(family.module)
    assert len({part.kind_name() for part in family.parts}) == len(family.parts)


@each_family
def test_all_of_it_is_said_in_chinese_and_nothing_else(family: Family) -> None:
    assert set(chinese(family.name)) == sentences_of(family.parts) | family.also_said


@each_family
def test_no_group_is_unknown_or_empty(family: Family) -> None:
    assert {part.group for part in family.parts} == family.groups


@each_part
def test_a_kind_is_the_name_of_its_file_and_class(family: Family, part: type[Part]) -> None:
    assert_named_after_its_file(part)
    assert part.family == family.name


@each_part
def test_it_says_what_it_is_and_what_each_setting_does(family: Family, part: type[Part]) -> None:
    assert part.title
    assert part.formula or not family.promises_formulas
    assert part.help().splitlines()[0].endswith((".", "?"))
    assert part.help().endswith((".", "?"))
    assert len(part.help()) > 30
    for name, field in part.model_fields.items():
        if name != "kind":
            assert field.title, name
            assert field.description, name
            assert field.description.endswith("."), name
            assert not field.description[0].islower(), name


@each_part
def test_every_setting_has_an_effect(family: Family, part: type[Part]) -> None:
    plain = family.gives(example(part))
    for name, other in variants(example(part)):
        assert family.gives(other) != plain, name


@each_part
def test_the_same_document_gives_the_same(family: Family, part: type[Part]) -> None:
    first = example(part)
    again = placed(part.model_validate_json(first.model_dump_json()))
    assert again == first
    assert family.gives(again) == family.gives(first)


@each_part
def test_the_printed_code_makes_what_training_builds(family: Family, part: type[Part]) -> None:
    cases: list[Any] = [placed(part.model_validate({})), *with_variants(example(part))]
    for case in cases:
        for call in filter(None, family.calls(case)):
            assert family.made(case, call, run_printed) == family.made(case, call, build)
