"""Problems as JSON, to be kept and said later in whatever language."""

from typing import Any

from app.parts.problem import Problem


def told(problem: Problem) -> dict[str, Any]:
    """A problem with its fixes."""
    fixes = [
        {
            "title": fix.title,
            "values": fix.values,
            "edits": [{"op": edit.op, "path": edit.path, "value": edit.value} for edit in fix.edits],
        }
        for fix in problem.fixes
    ]
    return {"template": problem.template, "values": problem.values, "place": problem.place, "fixes": fixes}
