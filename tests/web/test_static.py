"""Files and pages: never stale, never from elsewhere, never outside their folder."""

import gzip
import hashlib
import json
import re
from pathlib import Path

import httpx
import pytest

from app.web.statics import Statics
from tests.web.house import Server


def test_files_stand_under_a_hash_for_ever(server: Server, client: httpx.Client) -> None:
    statics: Statics = server.app.state.statics
    answer = client.get(statics.address("css/tokens.css"))
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"].startswith("text/css")
    assert answer.text == (Path(__file__).parents[2] / "static/css/tokens.css").read_text("utf-8")
    assert client.get("/static/css/tokens.css").headers["cache-control"] == "no-cache"
    assert client.get("/static/000000000000/css/tokens.css").headers["cache-control"] == "no-cache"
    tag = answer.headers["etag"]
    assert client.get("/static/css/tokens.css", headers={"If-None-Match": tag}).status_code == 304
    plain = client.get(statics.address("css/tokens.css"), headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers


@pytest.mark.parametrize(
    "path", ["../pyproject.toml", "%2e%2e/pyproject.toml", "..%2fpyproject.toml", "css", "", "vendor/.stamp", "css/%00"]
)
def test_nothing_else_is_served(client: httpx.Client, path: str) -> None:
    assert client.get(f"/static/{path}").status_code == 404


def test_a_changed_file_gets_a_new_address(tmp_path: Path) -> None:
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "a.js").write_text('import { b } from "./b.js";\nimport { h } from "preact";\nb(h);\n' * 30)
    (tmp_path / "js" / "b.js").write_text('export { b } from "./c.js"; export const x = () => import("./late.js");')
    (tmp_path / "js" / "c.js").write_text('import "./a.js";export const b = "from \\"./no.js\\"";')
    (tmp_path / "js" / "late.js").write_text("")
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "preact.js").write_text("export const h = 1;")
    statics = Statics(tmp_path)
    first = statics.hash
    names = [address.removeprefix(f"/static/{first}/") for address in statics.preloads("js/a.js")]
    assert sorted(names) == ["js/a.js", "js/b.js", "js/c.js", "vendor/preact.js"]
    served = statics.get("js/a.js")
    assert served is not None
    assert gzip.decompress(served.compressed or b"") == served.content
    statics.refresh()
    assert statics.hash == first
    (tmp_path / "js" / "late.js").write_text("1")
    statics.refresh()
    assert statics.hash != first


def test_a_page_is_sent_in_a_few_files_until_one_of_its_sources_is_edited(tmp_path: Path) -> None:
    page, bundled = tmp_path / "js" / "pages" / "a.js", tmp_path / "bundle" / "js" / "pages" / "a.js"
    for file in (page, bundled):
        file.parent.mkdir(parents=True)
        file.write_text("export const a = 1;")
    statics = Statics(tmp_path)
    assert statics.page_file("js/pages/a.js") == "js/pages/a.js"
    made_from = {"package-lock.json": "0", "static/js/pages/a.js": hashlib.sha256(page.read_bytes()).hexdigest()}
    (tmp_path / "bundle" / ".made-from.json").write_text(json.dumps(made_from))
    statics = Statics(tmp_path)
    assert statics.page_file("js/pages/a.js") == "bundle/js/pages/a.js"
    assert statics.page_file("js/pages/b.js") == "js/pages/b.js"
    page.write_text("export const a = 2;")
    statics.refresh()
    assert statics.page_file("js/pages/a.js") == "js/pages/a.js"
    page.unlink()
    statics.refresh()
    assert statics.page_file("js/pages/a.js") == "js/pages/a.js"


def test_the_playground_opens_with_at_most_150_kilobytes_of_scripts(server: Server, client: httpx.Client) -> None:
    statics: Statics = server.app.state.statics
    scripts = set(re.findall(r'"/static/[0-9a-f]{12}/(bundle/[^"]+[.]js)"', client.get("/").text))
    assert 1 <= len(scripts) <= 6, "in a few files; where scripts were edited, make test bundles them first"
    files = [statics.get(name) for name in scripts]
    assert 50_000 < sum(len(file.compressed or file.content) for file in files if file) <= 150_000


def test_the_login_and_docs_pages_need_nothing_from_elsewhere(class_server: Server, client: httpx.Client) -> None:
    with class_server.client() as stranger:
        login = stranger.get("/login")
        assert login.status_code == 200
        pages = [login.text, client.get("/docs").text]
        for address in re.findall(r'(?:src|href)="(/static/[^"]+)"', login.text):
            assert stranger.get(address).status_code == 200
    for text in pages:
        assert not re.search(r'(?:src|href)="(?:https?:)?//', text)
        assert "style=" not in text


def test_pages_speak_the_asked_language(class_server: Server) -> None:
    with class_server.client() as client:
        assert 'lang="en"' in client.get("/login").text
        assert 'lang="zh-Hans"' in client.get("/login", headers={"Accept-Language": "de, zh-CN;q=0.9, en;q=0.5"}).text
        assert "language=zh" in client.get("/login?language=zh").headers["set-cookie"]
        assert 'lang="zh-Hans"' in client.get("/login").text
        assert 'lang="en"' in client.get("/login?language=en").text
        for odd in ("?language=xx", "?language=%00", "?language=" + "z" * 3000):
            assert client.get("/login" + odd).status_code == 200


def test_what_is_typed_is_shown_as_text(class_server: Server) -> None:
    with class_server.client() as client:
        form = {"code": '"><script>alert(1)</script>', "name": "<img src=x>", "next": "/"}
        text = client.post("/login", data=form).text
    assert "<script>alert" not in text
    assert "<img" not in text


def test_the_description_of_the_api_has_examples_that_work(client: httpx.Client) -> None:
    described = client.get("/openapi.json").json()
    assert len(described["paths"]) >= 17
    for path in ("/api/experiments/check", "/api/runs", "/api/datasets/preview"):
        example = described["paths"][path]["post"]["requestBody"]["content"]["application/json"]["example"]
        assert client.post(path, json=example).status_code in (200, 201), path
    assert "/api/runs/{run}/commands" in client.get("/docs").text


def test_parts_and_sentences_come_in_chinese(client: httpx.Client) -> None:
    english = client.get("/api/parts").json()["families"]
    chinese = client.get("/api/parts", params={"language": "zh"}).json()["families"]
    names = {part["kind"]: part["title"] for part in english["layers"]}
    assert names["linear"] == "Linear"
    assert {part["kind"]: part["title"] for part in chinese["layers"]}["linear"] == "全连接层"
    assert all(part["help"] and part["title"] and "schema" in part for parts in english.values() for part in parts)
    told = json.dumps(english)
    assert len(told) < 2_000 * sum(map(len, english.values()))  # of each part, on average
    assert len(gzip.compress(told.encode(), 5)) < 50_000  # as it is sent: every page asks for it
    assert client.get("/api/locales/zh").json()["web"]["Come in"] == "进入"
    assert client.get("/api/locales/en").json() == {}
    assert client.get("/api/locales/xx").status_code == 404
