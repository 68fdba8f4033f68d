"""Codes and keys: whole or not at all, never empty, never short, and seats that end with them."""

import errno
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from typer.testing import CliRunner

from app.cli.commands import program
from app.parts.problem import Problem
from app.settings import Settings
from app.web.codes import class_code, long_code, readable_code, same, signing_key, teacher_code
from tests.web.house import Server, serving_in

CODE = "maple-river-lantern-42"
KEPT = {"class-code": class_code, "teacher-code": teacher_code, "signing-key": signing_key}


@pytest.fixture
def settings(data: Path) -> Settings:
    return Settings.model_validate({"data": data, "host": "0.0.0.0"})


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def come(client: httpx.Client, code: str, name: str) -> httpx.Response:
    """Takes a seat, and keeps no cookie of it."""
    answer = client.post("/api/session", json={"code": code, "name": name})
    client.cookies.clear()
    return answer


def test_codes_are_made_once_readable_and_for_us_alone(data: Path, settings: Settings) -> None:
    code = class_code(settings)
    assert re.fullmatch(r"([a-z]+-){3}\d\d", code)
    assert class_code(settings) == code
    assert (data / "class-code").stat().st_mode & 0o777 == 0o600
    assert len({readable_code() for _ in range(100)}) == 100
    assert [file.name for file in data.iterdir()] == ["class-code"]


def test_the_teachers_code_has_80_bits(settings: Settings) -> None:
    code = teacher_code(settings)
    assert re.fullmatch(r"([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}", code)  # 32 characters, 5 bits each
    assert teacher_code(settings) == code
    drawn = "".join(long_code() for _ in range(100))
    assert len(set(drawn) - {"-"}) == 32


def test_a_teachers_code_of_before_is_replaced_by_a_long_one(data: Path, settings: Settings) -> None:
    data.mkdir()
    (data / "teacher-code").write_text("turtle-tulip-hazel-28\n")
    code = teacher_code(settings)
    assert code != "turtle-tulip-hazel-28"
    assert teacher_code(settings) == code


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize("content", [b"", b" \n", b"abc\n", b"\xff\xfe\n"])
def test_an_empty_or_short_secret_is_refused_in_words(
    data: Path, settings: Settings, name: str, content: bytes
) -> None:
    data.mkdir()
    (data / name).write_bytes(content)
    with pytest.raises(Problem, match=name):
        KEPT[name](settings)
    ended = CliRunner().invoke(program, ["serve", "--host", "0.0.0.0", "--port", "0", "--data", str(data)])
    assert ended.exit_code == 2
    assert name in ended.output
    assert "Traceback" not in ended.output


@pytest.mark.parametrize("name", KEPT)
@pytest.mark.parametrize("broken", ["write", "fsync", "link"])
def test_a_full_disk_leaves_no_part_of_a_secret(
    data: Path, settings: Settings, name: str, broken: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    class_code(settings)
    there = set(data.iterdir()) - {data / name}
    (data / name).unlink(missing_ok=True)
    with monkeypatch.context() as disk:
        if broken == "write":
            disk.setattr(os, "fdopen", _opening(full))
        else:
            disk.setattr(os, broken, full)
        with pytest.raises(OSError, match="No space"):
            KEPT[name](settings)
    assert set(data.iterdir()) - {data / "class-code"} == there - {data / "class-code"}
    assert KEPT[name](settings)


def _opening(full: Callable[..., None]) -> Callable[..., object]:
    """`os.fdopen` of files that cannot be written."""
    real = os.fdopen

    def opening(file: int, *rest: object, **more: object) -> object:
        opened = real(file, *rest, **more)  # type: ignore[call-overload]
        opened.write = full
        return opened

    return opening


def test_a_file_system_without_links_keeps_codes_too(
    data: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object) -> None:
        raise OSError(errno.EPERM, os.strerror(errno.EPERM))

    monkeypatch.setattr(os, "link", no_links)
    code = class_code(settings)
    assert class_code(settings) == code
    assert [file.name for file in data.iterdir()] == ["class-code"]


def test_nothing_equals_an_empty_code() -> None:
    assert same(" Maple-42 ", "maple-42")
    for nothing in ("", " ", "\n"):
        assert not same("", nothing)
        assert not same(nothing, nothing)


@pytest.mark.parametrize(
    "given",
    [
        {"token": CODE, "teacher_token": f" {CODE.upper()} "},
        {"token": "abc"},
        {"teacher_token": "turtle-28"},
        {"token": "  "},
    ],
)
def test_given_codes_that_are_equal_or_short_are_refused(data: Path, given: dict[str, str]) -> None:
    with pytest.raises(Problem):
        teacher_code(Settings.model_validate({"data": data, "host": "0.0.0.0", **given}))


def test_a_kept_class_code_may_not_be_the_teachers_either(data: Path) -> None:
    data.mkdir()
    (data / "class-code").write_text(CODE)
    with pytest.raises(Problem, match="same"):
        teacher_code(Settings.model_validate({"data": data, "host": "0.0.0.0", "teacher_token": CODE}))


def test_an_empty_code_seats_nobody(class_server: Server) -> None:
    with class_server.client() as client:
        for nothing in ("", " "):
            assert come(client, nothing, "Eve").status_code == 403
        assert client.get("/api/about", headers={"Authorization": "Bearer"}).status_code == 401


def test_logging_out_revokes_every_copy_of_the_token(class_server: Server) -> None:
    with class_server.client() as client:
        token = come(client, CODE, "Noor").json()["token"]
        other = come(client, CODE, "Otto").json()["token"]
        assert client.get("/api/about", headers=bearer(token)).json()["seat"] == "Noor"
        assert client.delete("/api/session", headers={"Cookie": f"trainyard={token}"}).status_code == 204
        assert client.get("/api/about", headers=bearer(token)).status_code == 401
        assert client.get("/api/about", headers={"Cookie": f"trainyard={token}"}).status_code == 401
        assert client.delete("/api/session", headers=bearer(other)).status_code == 204
        assert client.get("/api/about", headers=bearer(other)).status_code == 401
        assert client.delete("/api/session", headers=bearer("nonsense")).status_code == 204


def test_a_changed_code_revokes_all_seats_and_a_restart_none(data: Path) -> None:
    asked: dict[str, Any] = {"host": "0.0.0.0", "end_launcher": False}
    with serving_in(data, token=CODE, **asked) as server, server.client() as client:
        token = come(client, CODE, "Pia").json()["token"]
    with serving_in(data, token=CODE, **asked) as server, server.client() as client:
        assert client.get("/api/about", headers=bearer(token)).json()["seat"] == "Pia"
    with serving_in(data, token="another-code-43", **asked) as server, server.client() as client:
        assert client.get("/api/about", headers=bearer(token)).status_code == 401
    with serving_in(data, token=CODE) as server, server.client() as client:  # not even when the old one comes back
        assert client.get("/api/about", headers=bearer(token)).status_code == 401
        assert client.get("/api/about", headers=bearer(CODE)).status_code == 200
