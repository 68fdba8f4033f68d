"""What may not be sent: too much, too often, what cannot be read, and forms that are none."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from app.training.files.ingest import READERS
from app.uploads.folder import UploadFolder
from app.web.receiving import KINDS
from tests.uploads.made import picture, pictures, table
from tests.web.conftest import CODE
from tests.web.house import Server, serving_in
from tests.web.sending import PATH, send, sent
from tests.web.test_gate import seated

# ------------------------------------------------------------------------------------------ limits


def test_a_file_that_is_too_large_is_refused_whether_it_says_so_or_not(yard: Path) -> None:
    small = {"upload_bytes": 100_000, "body_bytes": 50_000}
    with serving_in(yard, end_launcher=False, **small) as server, server.client() as client:
        before = uploads_of(server)
        large = b"a,b\n" + b"1,2\n" * 60_000
        assert send(client, large).status_code == 413
        boundary = {"Content-Type": "multipart/form-data; boundary=x"}
        head = b'--x\r\nContent-Disposition: form-data; name="file"; filename="t.csv"\r\n\r\n'

        def parts() -> Any:
            yield head
            for _ in range(60):
                yield b"1,2\n" * 1000
            yield b"\r\n--x--\r\n"

        assert client.post(PATH, content=parts(), headers=boundary).status_code == 413
        assert send(client, b"a,b\n" + b"1,2\n2,3\n" * 8_000).status_code == 201  # more than another body may have
        assert (
            client.post("/api/runs", content=b" " * 60_000, headers={"Content-Type": "application/json"}).status_code
            == 413
        )
        assert len(uploads_of(server) - before) == 1


def test_a_seat_has_only_so_much_room(yard: Path) -> None:
    little = {"token": CODE, "uploads_per_seat": 2, "upload_megabytes": 1}
    with serving_in(yard, end_launcher=False, **little) as server, seated(server, "Full") as client:
        before = uploads_of(server)
        first = sent(client, table())
        sent(client, table(), name="second")
        refused = send(client, table())
        assert (refused.status_code, refused.json()["problems"][0]["values"]) == (409, {"count": 2})
        client.delete(f"{PATH}/{first['id']}")
        many = ["a,b", *(f"{number * 1.5},{number % 2}" for number in range(90_000))]
        refused = send(client, "\n".join(many).encode())
        assert refused.status_code == 409
        assert "retry-after" not in refused.headers  # waiting would not help
        assert refused.json()["problems"][0]["values"]["most"] == 1
        assert len(uploads_of(server) - before) == 1


def test_a_seat_may_send_only_so_often(yard: Path) -> None:
    with serving_in(yard, end_launcher=False, uploads_per_minute=2) as server, server.client() as client:
        assert [client.post(PATH).status_code for _ in range(3)] == [415, 415, 429]


# ------------------------------------------------------------------------------------------ broken requests


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "This file is empty."),
        (b"%PDF-1.7", "This is a PDF."),
        (b"a,b\n\0,1\n", "holds bytes that no text has"),
        (b"a,b\n" + b"1,2\n" * 2_000_000, "more than 1,000,000 rows"),
        (b"PK\x05\x06" + bytes(18), "There are no pictures in this zip"),
    ],
)
def test_what_cannot_be_read_is_a_problem_and_leaves_nothing(
    server: Server, client: httpx.Client, content: bytes, sentence: str
) -> None:
    before = uploads_of(server)
    answer = send(client, content)
    assert answer.status_code == 422
    assert sentence in answer.json()["detail"]
    assert uploads_of(server) == before


def test_a_file_that_takes_too_long_is_a_problem_and_leaves_nothing(
    server: Server, client: httpx.Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = sent(client, pictures())
    before = uploads_of(server)
    monkeypatch.setattr("app.web.receiving.LONGEST_READING", 0.001)
    for said in ({}, {"into": made["id"]}):
        answer = send(client, pictures(40), **said)
        assert answer.status_code == 422
        assert "too long" in answer.json()["detail"]
    assert uploads_of(server) == before
    kept = {path.name for path in UploadFolder.of(server.settings.data, made["id"]).path.iterdir()}
    assert kept == {"label.json", "about.json", "pictures.npz", "lock"}
    assert client.get(f"{PATH}/{made['id']}").json()["count"] == 24


@pytest.mark.parametrize(
    ("said", "place"),
    [
        ({"kind": "own_pictures"}, "/file"),
        ({"kind": "circle"}, "/kind"),
        ({"kind": "own_series"}, "/kind"),
        ({"encoding": "rot13"}, "/encoding"),
        ({"delimiter": "xx"}, "/delimiter"),
        ({"colour": "blue"}, "/colour"),
    ],
)
def test_what_was_said_of_a_file_and_does_not_fit_is_told_in_its_place(
    client: httpx.Client, said: dict[str, str], place: str
) -> None:
    answer = send(client, table(), **said)
    assert answer.status_code == 422
    assert answer.json()["problems"][0]["place"] == place


@pytest.mark.parametrize("reading", ["{", '{"header": NaN}', '{"header": 1, "header": 2}'])
def test_broken_json_about_a_file_is_told_in_its_place(client: httpx.Client, reading: str) -> None:
    answer = send(client, table(), reading=reading)
    assert answer.status_code in (400, 422)
    assert answer.json()["problems"][0]["place"] == "/reading"


def test_an_unknown_kind_of_a_file_is_told_with_those_that_are_known(client: httpx.Client) -> None:
    said = send(client, table(), kind="table").json()["detail"]
    assert said == "Possible kinds are: own_table, own_text, own_pictures."


def test_what_is_said_of_hundreds_of_columns_is_heard(client: httpx.Client) -> None:
    names = [f"column {number:03} of 200" for number in range(200)]
    content = "\n".join([",".join(names), *(",".join(f"{row}" for _ in names) for row in range(40))])
    said = json.dumps({"columns": {name: {"type": "category"} for name in names}})
    assert len(said) > 5000
    made = sent(client, content.encode(), reading=said)
    assert {column["type"] for column in made["dataset"]["columns"]} == {"category"}


def test_only_pictures_go_into_pictures(client: httpx.Client) -> None:
    made, shown = sent(client, table()), sent(client, pictures())
    assert send(client, picture(), into=made["id"], **{"class": "x"}).json()["problems"][0]["place"] == "/into"
    assert send(client, table(), into=shown["id"]).json()["problems"][0]["place"] == "/file"
    assert send(client, picture(), into=shown["id"]).json()["problems"][0]["place"] == "/class"
    for unknown in ("u0000000000000", "../../etc", "x"):
        answer = send(client, picture(), into=unknown, **{"class": "x"})
        assert (answer.status_code, answer.json()["problems"][0]["place"]) == (404, "/into")


FORM = {"Content-Type": "multipart/form-data; boundary=x"}


@pytest.mark.parametrize(
    ("headers", "content", "status"),
    [
        ({"Content-Type": "application/json"}, b"{}", 415),
        ({"Content-Type": ""}, b"", 415),
        ({"Content-Type": "multipart/form-data"}, b"x", 400),
        ({"Content-Type": "multipart/form-data; boundary=" + "x" * 300}, b"x", 400),
        ({"Content-Type": "multipart/form-data; boundary=x; charset=utf-99"}, b"--x--", 422),
        (FORM, b"", 422),
        (FORM, b"junk", 400),
        (FORM, b"--x\r\n\r\n\r\n--x--", 400),
        (FORM, b'--x\r\nContent-Disposition: form-data; name="file"\r\n\r\ntext\r\n--x--\r\n', 422),
        (FORM, b'--x\r\nContent-Disposition: form-data; name="name"; filename="f"\r\n\r\nx\r\n--x--\r\n', 422),
        (FORM, b'--x\r\nContent-Disposition: form-data; name="name"\r\n\r\n' + b"x" * 5000 + b"\r\n--x--\r\n", 400),
        (FORM, b'--x\r\nContent-Disposition: form-data; name="reading"\r\n\r\n' + b" " * 60_001 + b"\r\n--x--", 400),
        (
            FORM,
            b'--x\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\nx\r\n' * 2 + b"--x--\r\n",
            400,
        ),
        (FORM, b'--x\r\nContent-Disposition: form-data; name="\xff"\r\n\r\n\xff\xfe\r\n--x--\r\n', 422),
    ],
)
def test_body_that_is_not_a_form_is_refused(
    client: httpx.Client, headers: dict[str, str], content: bytes, status: int
) -> None:
    answer = client.post(PATH, content=content, headers=headers)
    assert answer.status_code == status, answer.text
    assert answer.json()["problems"][0]["detail"]


@pytest.mark.parametrize("upload", ["%00", "..", "u", "r0000000000000", "preview", "u0000000000000"])
def test_what_is_no_upload_is_not_found(client: httpx.Client, upload: str) -> None:
    for method in ("GET", "DELETE", "PATCH"):
        assert client.request(method, f"{PATH}/{upload}").status_code in (404, 405), method


def uploads_of(server: Server) -> set[str]:
    """The names of all folders of uploads."""
    uploads = server.settings.data / "uploads"
    return {path.name for path in uploads.iterdir()} if uploads.is_dir() else set()


def test_the_kinds_that_can_be_named_are_those_that_a_worker_reads() -> None:
    assert set(KINDS) == {*READERS, "own_pictures"}
