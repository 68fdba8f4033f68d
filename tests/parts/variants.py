"""For each setting of a part, the same part with another value there."""

from collections.abc import Iterator
from typing import Any

from app.parts.layers import Layer
from app.parts.part import Part
from tests.parts import own_files

INNER = [{"kind": "linear", "units": 3}, {"kind": "tanh"}, {"kind": "linear", "units": 5}]
TOLD: dict[tuple[str, str], list[Any]] = {  # values that no schema tells
    ("residual", "layers"): [INNER],  # takes five numbers
    ("skip", "layers"): [INNER],
    ("branches", "branches"): [[{}, {"layers": [{"kind": "relu"}]}, {"layers": [{"kind": "sigmoid"}]}]],
    ("hardtanh", "max_val"): [2.5, 40.0],  # above the lowest
    ("conv2d", "groups"): [2, 4],  # share out four channels and sixteen filters
    ("conv1d", "groups"): [2, 4],
    ("conv_transpose2d", "groups"): [2, 4],
    ("conv_transpose2d", "output_padding"): [1],  # less than the stride
    ("attention", "heads"): [1, 4],  # share out four numbers
    ("transformer_block", "heads"): [1, 4],
    ("cross_attention", "heads"): [1, 2],
    ("decoder_block", "heads"): [1, 4],
    ("", "kv_heads"): [1],
    ("group_norm", "groups"): [1, 2],
    ("reshape", "sizes"): [[64], [4, 16], [2, 4, 8]],
    ("permute", "dims"): [[3, 2, 1], [2, 3, 1]],  # of a picture
    ("focal", "alpha"): [0.25, 0.9],  # none at first
    ("rprop", "largest"): [0.005, 0.012],  # near the first step
    ("write_on", "text"): ["Once"],  # questions
    ("next_token", "text"): ["Once"],
    ("write_on", "top_k"): [5],
    ("next_token", "top_k"): [5],
    ("other_mask", "text"): ["the food is good"],
    ("write_on", "beams"): [3],
    ("translate", "top_k"): [5],
    ("translate", "beams"): [3],
    ("forecast", "values"): [[0.5, 1.0]],
    ("translate", "text"): ["the third of may nineteen ten"],
    ("read", "text"): ["the food is good"],
    ("fill", "text"): ["the food is _"],
    ("fill", "hidden"): [[1]],
    ("lens", "text"): ["Once"],
    ("decode", "code"): [[0.5, 1.0]],
    ("decode", "label"): [2],
    ("listen", "sound"): ["UklGRg=="],
    ("noise_walk", "label"): [2],
    ("noise_walk", "steps"): [3],
    ("denoise", "sample"): [[[[0.5]]]],
    ("denoise", "label"): [2],
    ("interpolate", "first"): [[[[0.5]]]],
    ("interpolate", "second"): [[[[0.5]]]],
    ("interpolate", "label"): [2],
    ("sample", "label"): [2],
    ("sample", "steps"): [3],
    ("digits", "left_out"): [9],
    ("counting", "validation"): [40],  # of few words
    ("counting", "test"): [40],
    ("", "step"): [3],
    ("", "tokenizer"): [{"kind": "byte_pairs", "size": 128}, {"kind": "words", "size": 40}],
    ("", "formulas"): [["x1^2 + sin(3*x2)"]],  # of any set on the plane
}

# Every dataset has a seed, but all words that count are the same ones, and a text is split in its order.
UNUSED = {("counting", "seed"), ("own_text", "seed"), ("own_series", "seed")}


def variants(part: Part) -> Iterator[tuple[str, Any]]:
    """(name of the setting, changed part), for every setting but `kind`, at least one each."""
    for name in type(part).model_fields:
        if (part.kind, name) in UNUSED:
            continue
        if name in ("kind", "frozen"):  # what is frozen is built the same; that it learns nothing is tested with steps
            continue
        now = getattr(part, name)
        others = [value for value in _values(part, name, now) if value != now]
        assert others, f"found no other value for {name}"
        for value in others:
            other = type(part).model_validate({**part.model_dump(), name: value})
            yield name, other.beside(part.sides) if isinstance(part, Layer) and isinstance(other, Layer) else other


def with_variants(part: Part) -> list[Any]:
    """The part itself, then all its variants."""
    return [part, *(other for _, other in variants(part))]


def _values(part: Part, name: str, now: Any) -> list[Any]:
    told = TOLD.get((part.kind, name)) or TOLD.get(("", name))
    if part.kind.startswith("own_"):
        told = own_files.others().get((part.kind, name)) or told
    if told:
        return told
    schema = type(part).form()["properties"][name]
    if "enum" in schema:
        return schema["enum"]
    if schema["type"] == "boolean":
        return [not now]
    if schema["type"] == "array":
        return [now[:-1] or [*now, *now]] if len(now) > 1 else [[*now, schema["items"]["enum"][-1]]]
    low = schema.get("minimum", schema.get("exclusiveMinimum", 0))
    high = schema.get("maximum", schema.get("exclusiveMaximum", now + 1))
    if schema["type"] == "integer":
        return [now + 1 if now + 1 <= high else now - 1]
    return [low + (high - low) * share for share in (0.25, 0.4)]
