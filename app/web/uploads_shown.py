"""What the page about the API shows of own data: the fields of the form, and examples of answers."""

from typing import Any

FORM = {
    "file": "A table as CSV, a zip of pictures with a folder for each class, one picture, or a text.",
    "name": "What you call it; left out, the name of the file.",
    "kind": "own_table, own_text or own_pictures; left out, it is told by the file, and a text is a table.",
    "class": "The class that a single picture belongs to.",
    "into": "The id of own pictures that these are added to.",
    "encoding": "Of a table or a text: utf-8, gb18030 and others; left out, it is found out.",
    "delimiter": "Of a table, what stands between columns; left out, it is found out.",
    "reading": (
        "How to read it, as JSON; what is left out is found out. Of a table: header (true or false), format (1,234.5 "
        "or 1.234,5 or 1 234,5 or 1'234.5), empty (words that count as empty), and columns: {name: {type, format, "
        "order, empty}} with type number, category, date or text, and order ymd, dmy or mdy. Of a zip: level, the "
        "number of the folders that are the classes; the topmost is 0."
    ),
}
FORM_EXAMPLE = {"file": "@passengers.csv", "name": "Passengers"}
DATASET: dict[str, Any] = {
    "kind": "own_table",
    "validation": 20,
    "test": 20,
    "standardize": True,
    "seed": 0,
    "upload": "u0d3nkt5m8x2qa",
    "rows": 900,
    "columns": [
        {"name": "sex", "type": "category", "values": ["female", "male"], "missing": 0, "earliest": "", "measure": ""},
        {"name": "age", "type": "number", "values": [], "missing": 171, "earliest": "", "measure": ""},
        {"name": "survived", "type": "number", "values": ["0", "1"], "missing": 0, "earliest": "", "measure": ""},
    ],
    "gaps": [{"rows": 171, "columns": [1]}],
    "input_columns": ["sex", "age"],
    "target_column": "survived",
    "amounts": False,
    "missing": "fill",
}
BRIEF: dict[str, Any] = {
    "id": "u0d3nkt5m8x2qa",
    "kind": "own_table",
    "name": "Passengers",
    "owner": "local",
    "created": 1795550400.25,
    "bytes": 78_312,
    "count": 900,
}
UPLOAD: dict[str, Any] = {
    **BRIEF,
    "runs": 0,
    "dataset": DATASET,
    "columns": [
        {
            **DATASET["columns"][1],
            "distinct": 71,
            "examples": ["36", "15", "23"],
            "low": 0.7,
            "high": 72.0,
            "reading": {
                "type": "number",
                "types": ["number", "category", "text"],
                "read": [{"raw": "0.7", "value": "0.7"}, {"raw": "36", "value": "36"}],
                "emptied": [{"raw": "n.a.", "count": 3}],
                "strange": 0,
                "format": "1,234.5",
                "unit": "",
            },
        }
    ],
    "targets": [{"name": "survived", "task": "classification", "inputs": ["sex", "age"], "warnings": []}],
    "encoding": "utf-8",
    "encodings": ["utf-8"],
    "delimiter": ",",
    "header": True,
    "warnings": [],
}
UPLOADS: dict[str, Any] = {
    "datasets": [BRIEF],
    "operator": {"mnist": False, "cifar10": False},
    "limits": {"upload_bytes": 50_000_000, "uploads_per_seat": 100, "upload_megabytes": 500},
    "taken": {"count": 1, "bytes": 78_312},
}
DELETED: dict[str, Any] = {
    "id": "u0d3nkt5m8x2qa",
    "runs": 2,
    "detail": "It is deleted. Runs that were trained on it stay, but cannot go on or be repeated: 2.",
}
