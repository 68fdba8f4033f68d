"""The page that describes the API, made from its own OpenAPI document; nothing on it comes from elsewhere."""

import json
from typing import Any, cast

from fastapi import APIRouter, Request
from starlette.responses import Response

from app.web.pages import page

router = APIRouter(include_in_schema=False)
NOTHING: dict[str, Any] = {}
METHODS = ("get", "post", "patch", "delete")


@router.get("/docs")
async def docs(request: Request) -> Response:
    """Every route with its parameters, an example of what it wants, and one of what it answers."""
    described = request.app.openapi()
    groups: dict[str, list[dict[str, Any]]] = {}
    for path, methods in described["paths"].items():
        for method in METHODS:
            if method in methods:
                route = methods[method]
                groups.setdefault(route.get("tags", ["server"])[0], []).append(_route(path, method, route))
    return page(request, "docs", {"groups": groups})


def _route(path: str, method: str, route: dict[str, Any]) -> dict[str, Any]:
    body = route.get("requestBody", {}).get("content", {})
    wanted = body.get("application/json", {}).get("example")
    form = body.get("multipart/form-data", {}).get("example")
    answered: list[dict[str, Any]] = []
    for status, response in route.get("responses", {}).items():
        media, content = next(iter(cast("dict[str, Any]", response.get("content", {})).items()), ("", NOTHING))
        example = content.get("example") if status.startswith("2") else None
        answered.append(
            {
                "status": status,
                "means": response["description"],
                "media": media,
                "example": example if isinstance(example, str) else _pretty(example),
            }
        )
    return {
        "id": f"{method}{path}".replace("/", "-").replace("{", "").replace("}", "").replace(".", "-"),
        "method": method.upper(),
        "path": path,
        "summary": route.get("summary", ""),
        "description": route.get("description", ""),
        "parameters": [
            {
                "name": parameter["name"],
                "where": parameter["in"],
                "required": parameter.get("required", False),
                "description": parameter.get("description", parameter["schema"].get("description", "")),
                "default": parameter["schema"].get("default"),
            }
            for parameter in route.get("parameters", [])
        ],
        "wanted": _pretty(wanted or form),
        "curl": _curl(path, method, wanted, form),
        "answers": answered,
    }


def _pretty(example: Any) -> str:
    return "" if example is None else json.dumps(example, ensure_ascii=False, indent=2)


def _curl(path: str, method: str, wanted: Any, form: dict[str, str] | None) -> str:
    if form is not None:
        fields = " ".join(f"-F '{name}={value}'" for name, value in form.items())
        return f"curl -s {fields} http://127.0.0.1:8000{path}"
    line = f"curl -s {'' if method == 'get' else f'-X {method.upper()} '}http://127.0.0.1:8000{path}"
    if wanted is not None:
        line += f" \\\n  -H 'Content-Type: application/json' \\\n  -d '{json.dumps(wanted, ensure_ascii=False)}'"
    return line
