"""Examples for the page that describes the API, and how a route shows them."""

from typing import Any, cast

from pydantic import BaseModel

from app.web.errors import SENTENCES, TITLES

EXPERIMENT: dict[str, Any] = {
    "dataset": {"kind": "circle", "samples": 200, "noise": 0.1},
    "task": {"kind": "classification"},
    "networks": {"main": {"layers": [{"kind": "linear", "units": 8}, {"kind": "tanh"}]}},
    "loss": {"kind": "cross_entropy"},
    "optimizer": {"kind": "adam", "lr": 0.01},
    "training": {"batch_size": 10, "epochs": 50},
    "seed": 1,
}
LISTED: dict[str, Any] = {
    "id": "r0d3nkt5m8x2qa",
    "name": "Eight neurons",
    "status": "done",
    "reason": "All 50 epochs are done.",
    "sentence": {"template": "All {epochs} epochs are done.", "values": {"epochs": 50}},
    "owner": "local",
    "created": 1795550400.25,
    "tags": ["circle"],
    "note": "",
    "step": 600,
    "epoch": 50.0,
    "metrics": {"train_loss": 0.0123, "validation_loss": 0.0161, "validation_accuracy": 1.0},
    "openings": 0,
    "stepper": "compiled",
    "position": None,
    "expected_seconds": None,
    "behind": None,
    "parameters": 42,
    "seconds": 0.61,
    "summary": {
        "dataset": "circle",
        "layers": [{"kind": "linear", "units": 8}, {"kind": "tanh"}],
        "optimizer": {"kind": "adam", "lr": 0.01},
    },
}
RUN: dict[str, Any] = LISTED | {"experiment": EXPERIMENT}
PREVIEW: dict[str, Any] = {
    "group": "plane",
    "size": 3,
    "shape": {"kind": "features", "axes": [{"name": "size", "size": 2}]},
    "names": ["x₁", "x₂"],
    "classes": ["orange", "blue"],
    "balance": {"train": [1, 0], "validation": [0, 1], "test": [0, 1]},
    "vocabulary": [],
    "target_vocabulary": [],
    "rows": [0, 1, 2],
    "raw": [[1.175, 4.588], [-2.156, 0.6549], [0.1345, -1.278]],
    "targets": [0, 1, 1],
    "split": [0, 1, 2],
    "mislabelled": [False, False, False],
    "range": [-6.0, 6.0],
    "target_range": None,
    "statistics": [
        {"mean": -0.2822, "spread": 1.392, "low": -2.156, "high": 1.175},
        {"mean": 1.322, "spread": 2.441, "low": -1.278, "high": 4.588},
    ],
}
THUMBNAILS: dict[str, Any] = {"thumbnails": {"gaussians": PREVIEW}}
RUNS: dict[str, Any] = {"runs": [LISTED], "next": None}
EVENTS: dict[str, Any] = {
    "events": [
        {"seq": 1, "time": 1795550400.25, "type": "queued", "owner": "local"},
        {
            "seq": 3,
            "time": 1795550400.31,
            "type": "measured",
            "columns": {"step": [1, 2], "epoch": [0.08, 0.17], "train_loss": [0.71, 0.7]},
        },
    ]
}
PREDICTED: dict[str, Any] = {
    "step": 600,
    "epoch": 50.0,
    "classes": ["orange", "blue"],
    "outputs": [[0.9871, 0.0129], [0.0002, 0.9998]],
}
ANSWERS: dict[str, Any] = {
    "step": 600,
    "epoch": 50.0,
    "total": 40,
    "classes": ["orange", "blue"],
    "shape": {"kind": "features", "axes": [{"name": "size", "size": 2}]},
    "samples": [
        {
            "row": 17,
            "split": "validation",
            "mislabelled": False,
            "truth": 1,
            "answer": 0,
            "share": 0.62,
            "loss": 0.968,
            "raw": [1.175, 2.488],
        }
    ],
}
INSTANT: dict[str, Any] = {
    "steps": 600,
    "epoch": 50.0,
    "seconds": 0.0009,
    "stepper": "compiled",
    "reason": "done",
    "metrics": {"train_loss": 0.0123, "train_accuracy": 1.0, "validation_loss": 0.0161, "validation_accuracy": 1.0},
    "columns": {"step": [1, 2], "epoch": [0.0833, 0.1667], "train_loss": [0.71, 0.69]},
    "evaluations": {"step": [1, 600], "epoch": [0.0833, 50.0], "validation_loss": [0.7, 0.0161]},
}
BASELINES: dict[str, Any] = {
    "baselines": [
        {
            "kind": "logistic_regression",
            "title": "Logistic regression",
            "help": "A straight boundary between each two classes: a network without a hidden layer.",
            "inputs": "features",
            "metrics": {"train_accuracy": 0.99, "validation_accuracy": 0.98},
            "samples": 120,
            "capped": False,
            "seconds": 0.006,
        }
    ],
    "complete": True,
    "features": "The coordinates, their squares, their product, sines and cosines",
    "names": [{"name": "x1", "title": "x₁"}, {"name": "x2", "title": "x₂"}],
    "rule": {"text": "x₁² + x₂² < 4", "metrics": {"train_accuracy": 0.82, "validation_accuracy": 0.83}},
}
OFFERS: dict[str, Any] = {
    "offers": {"linear": None, "conv2d": "Convolution 2-D takes a picture, but here arrives a flat list of numbers."},
    "starts": {
        "residual": {
            "kind": "residual",
            "layers": [{"kind": "linear", "units": 8}, {"kind": "relu"}, {"kind": "linear", "units": 8}],
        }
    },
}
PROBLEM: dict[str, Any] = {
    "type": "about:blank",
    "title": "Unprocessable",
    "status": 422,
    "detail": "0 is too small: 1 is the least.",
    "problems": [
        {
            "detail": "0 is too small: 1 is the least.",
            "template": "{given} is too small: {bound} is the least.",
            "values": {"given": 0, "bound": 1},
            "place": "/networks/main/layers/0/units",
            "fixes": [
                {
                    "title": "Set it to 1",
                    "edits": [{"op": "replace", "path": "/networks/main/layers/0/units", "value": 1}],
                }
            ],
        }
    ],
}
MEANINGS = {
    400: "It is no JSON, or JSON that two readers could read differently.",
    403: "It belongs to somebody else.",
    404: "There is no such thing.",
    409: "It does not fit what happened in the meantime.",
    413: "It is too large.",
    415: "It is not sent in the form that is wanted.",
    422: "Something in it does not fit; all problems are told, each with its place.",
    429: "Too much at once; Retry-After says how long to wait, in seconds.",
}


def links_to(parameter: str, *operations: str) -> dict[str, Any]:
    """How the `id` of what was made goes on as a parameter of other operations, in OpenAPI's words."""
    return {
        operation: {"operationId": operation, "parameters": {parameter: "$response.body#/id"}}
        for operation in operations
    }


RUN_LINKS = links_to(
    "run", "show_run", "label_run", "delete_run", "command_run", "fork_run", "events", "metrics", "metrics_table",
    "frames", "frame", "predict", "answers_to_samples", "ask",
)  # fmt: skip
UPLOAD_LINKS = links_to("upload", "show_upload", "rename_upload", "delete_upload")


def answers(
    status: int, example: Any, *refusals: int, media: str = "application/json", links: dict[str, Any] | None = None
) -> dict[int | str, Any]:
    """What a route answers, for its page: an example, where one can go from there, and the ways in which it says no."""
    shown: dict[int | str, Any] = {status: {"description": "As asked", "content": {media: {"example": example}}}}
    if links:
        shown[status]["links"] = links
    for refusal in (*refusals, 422) if 422 not in refusals else refusals:
        shown[refusal] = {
            "description": MEANINGS[refusal],
            "content": {"application/problem+json": {"example": _refused(refusal)}},
        }
    return shown


def _refused(status: int) -> dict[str, Any]:
    if status == PROBLEM["status"]:
        return PROBLEM
    said = SENTENCES[status]
    problem: dict[str, Any] = {"detail": said, "template": said, "values": {}, "place": "", "fixes": []}
    return {"type": "about:blank", "title": TITLES[status], "status": status, "detail": said, "problems": [problem]}


def asks_form(example: dict[str, str], fields: dict[str, str], required: str) -> dict[str, Any]:
    """What a route wants in the fields of a form, each with what it is, for its page; `required` is a file."""
    properties: dict[str, Any] = {name: {"type": "string", "description": said} for name, said in fields.items()}
    properties[required]["format"] = "binary"
    schema = {"type": "object", "required": [required], "properties": properties, "additionalProperties": False}
    return {
        "requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema, "example": example}}}
    }


def asks(example: Any, wanted: type[BaseModel] | None = None) -> dict[str, Any]:
    """What a route wants in its body, for its page."""
    schema: dict[str, Any] = {"type": "object"}
    if wanted is not None:
        schema = wanted.model_json_schema()
        definitions = schema.pop("$defs", {})
        schema = _inlined(schema, definitions)
    content = {"application/json": {"schema": schema, "example": example}}
    return {"requestBody": {"required": True, "content": content}}


def _inlined(schema: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(schema, dict):
        fields = cast("dict[str, Any]", schema)
        if "$ref" in fields:
            return _inlined(definitions[fields["$ref"].rpartition("/")[2]], definitions)
        return {key: _inlined(value, definitions) for key, value in fields.items() if key != "discriminator"}
    if isinstance(schema, list):
        return [_inlined(item, definitions) for item in cast("list[Any]", schema)]
    return schema
