"""Zips and pictures that are broken or mean harm: nothing is written outside, nothing is unpacked that is too large."""

import stat
import struct
import zipfile
import zlib
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.parts.datasets.own_pictures import MOST_CLASSES
from app.parts.problem import Problem
from app.training.files.picture import Budget, pixels_of
from tests.uploads.made import brought, counts, picture, said, some, zipped


def opened(content: bytes) -> np.ndarray[Any, Any]:
    return pixels_of(BytesIO(content))


def demand_only(tmp_path: Path) -> None:
    """Nothing stands anywhere but in folders of uploads, and there only files of ours."""
    known = {"label.json", "about.json", "pictures.npz", "lock"}
    assert {path.name for path in tmp_path.iterdir()} <= {"uploads"}
    assert {file.name for folder in (tmp_path / "uploads").iterdir() for file in folder.iterdir()} <= known


def raw_zip(entries: list[tuple[str, bytes, int]]) -> bytes:
    """A zip of (name, content, mode)."""
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content, mode in entries:
            entry = zipfile.ZipInfo(name)
            entry.external_attr = mode << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return file.getvalue()


GOOD = [(name, content, 0o644) for name, content in {**some("cat"), **some("dog")}.items()]


@pytest.mark.parametrize(
    ("entry", "sentence"),
    [
        (("../../cat/evil.png", picture(), 0o644), "Left out because their names lead out of the zip: 1"),
        (("/etc/cat/evil.png", picture(), 0o644), "Left out because their names lead out of the zip: 1"),
        (("C:\\cat\\evil.png", picture(), 0o644), "Left out because their names lead out of the zip: 1"),
        (("cat\\..\\..\\evil.png", picture(), 0o644), "Left out because their names lead out of the zip: 1"),
        (("cat/link.png", b"/etc/passwd", stat.S_IFLNK | 0o777), "Left out because they are links and no files: 1"),
        (("cat/inner.zip", zipped(some("cat")), 0o644), "Left out because they are archives within the zip: 1"),
        (("loose.png", picture(), 0o644), "Left out because they lie in no folder"),
        (("cat/notes.txt", b"hello", 0o644), "Left out because they are no pictures that can be opened: 1"),
        (("cat/half.png", picture()[:60], 0o644), "Left out because they are no pictures that can be opened: 1"),
        (("cat/zeros.bmp", bytes(40_000_000), 0o644), "Left out because they unpack to far more than a picture is: 1"),
    ],
)
def test_what_does_not_belong_into_a_zip_is_left_out_and_told(
    tmp_path: Path, entry: tuple[str, bytes, int], sentence: str
) -> None:
    about = brought(tmp_path, raw_zip([*GOOD, entry]))
    assert counts(about) == {"cat": 10, "dog": 10}
    [warning] = said(about)
    assert warning.startswith(sentence)
    demand_only(tmp_path)


def test_a_zip_that_unpacks_to_far_too_much_is_refused_before_it_has(tmp_path: Path) -> None:
    bomb = raw_zip([(f"cat/{number}.bmp", bytes(9_900_000), 0o644) for number in range(60)])
    assert len(bomb) < 1_000_000
    with pytest.raises(Problem, match="Unpacked, this zip is larger than the 500 MB"):
        brought(tmp_path, bomb)
    demand_only(tmp_path)


def test_an_entry_that_means_the_bytes_of_another_is_left_out(tmp_path: Path) -> None:
    content = bytearray(raw_zip([("cat/a.png", picture(), 0o644), ("cat/b.png", picture((1, 2, 3)), 0o644)]))
    directory = content.rindex(b"PK\x01\x02")
    content[directory + 42 : directory + 46] = bytes(4)  # the second begins where the first does
    about = brought(tmp_path, bytes(content))
    assert counts(about) == {"cat": 1}
    assert said(about)[0].startswith("Left out because they are no pictures that can be opened: 1")


def test_a_locked_a_torn_and_an_empty_zip_are_told(tmp_path: Path) -> None:
    locked = bytearray(zipped(some("cat")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = locked.index(mark)
        locked[at + offset] |= 1
    cases = [
        (bytes(locked), "locked with a password"),
        (zipped(some("cat"))[:-30], "damaged"),
        (zipped({}), "no pictures in this zip"),
        (zipped({"cat/readme.txt": b"x"}), "no pictures in this zip"),
        (zipped({"1.png": picture(), "2.png": picture()}), "The pictures lie in no folder"),
    ]
    for content, sentence in cases:
        with pytest.raises(Problem, match=sentence):
            brought(tmp_path, content)
    demand_only(tmp_path)


def test_more_folders_than_classes_are_told(tmp_path: Path) -> None:
    tiny = picture(size=(8, 8))
    with pytest.raises(Problem, match=f"at most {MOST_CLASSES} classes"):
        brought(tmp_path, zipped({f"class {number}/1.png": tiny for number in range(MOST_CLASSES + 1)}))


def gigapixels(side: int = 32_000) -> bytes:
    """A small file that unpacks to a picture of a thousand million pixels."""

    def chunk(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))

    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(1 + side // 8)) for _ in range(side)) + packer.flush()
    header = struct.pack(">2I5B", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_picture_of_a_thousand_million_pixels_is_told_and_never_unpacked(tmp_path: Path) -> None:
    large = gigapixels()
    assert len(large) < 1_000_000
    with pytest.raises(Problem, match="more than 50 million pixels"):
        brought(tmp_path, large, **{"class": "cat"})
    about = brought(tmp_path, raw_zip([*GOOD, ("cat/large.png", large, 0o644)]))
    assert said(about) == ["Left out because they have too many pixels: 1, such as “cat/large.png”."]


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "BMP", "WEBP"])
def test_a_picture_with_broken_bytes_is_a_sentence_or_a_picture(form: str) -> None:
    whole = picture(form=form)
    chance = np.random.default_rng(0)
    for _ in range(60):
        broken = bytearray(whole[: int(chance.integers(8, len(whole)))])
        for place in chance.integers(4, len(broken), 5):
            broken[place] = int(chance.integers(256))
        try:
            pixels = opened(bytes(broken))
        except Problem:
            continue
        assert pixels.ndim == 3


def test_formats_beyond_the_common_ones_are_not_opened() -> None:
    file = BytesIO()
    Image.new("RGB", (8, 8)).save(file, "TIFF")
    with pytest.raises(Problem, match="PNG, JPEG, GIF, BMP and WebP can"):
        opened(file.getvalue())
    with pytest.raises(Problem):
        opened(b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 9 9\n")


def test_pictures_of_one_zip_have_a_limit_of_pixels_in_all(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.training.files.zipped.Budget", partial(Budget, 40 * 30 * 15))
    assert counts(brought(tmp_path, zipped(some("cat", 15)))) == {"cat": 15}
    with pytest.raises(Problem, match="million pixels in all"):
        brought(tmp_path, zipped(some("cat", 16)))
