"""Pictures as people bring them: zips with a folder for each class, single ones; and what must not harm anybody."""

import os
import stat
import struct
import zipfile
import zlib
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.experiment.check import check
from app.experiment.patch import patched
from app.parts.datasets.own_pictures import MOST_CLASSES, OwnPictures
from app.parts.problem import Problem
from app.training.files.picture import pixels_of
from app.training.samples import load
from app.uploads.folder import UploadFolder
from app.uploads.library import Uploads
from tests.uploads.made import added, brought, picture, pictures, zipped


def said(about: dict[str, Any]) -> list[str]:
    return [one["template"].format(**one["values"]) for one in about["warnings"]]


def counts(about: dict[str, Any]) -> dict[str, int]:
    return {one["name"]: one["count"] for one in about["classes"]}


def experiment(dataset: dict[str, Any]) -> dict[str, Any]:
    network = {"main": {"layers": [{"kind": "flatten"}]}}
    goal = {"task": {"kind": "classification"}, "loss": {"kind": "cross_entropy"}}
    return {"dataset": dataset, "networks": network, **goal}


def some(label: str, count: int = 10, **how: Any) -> dict[str, bytes]:
    """So many pictures in a folder."""
    return {f"{label}/{number}.png": picture(**how) for number in range(count)}


def opened(content: bytes) -> np.ndarray[Any, Any]:
    return pixels_of(BytesIO(content))


# ------------------------------------------------------------------------------------------ what is found


def test_the_answer_holds_a_dataset_that_trains_as_it_is(tmp_path: Path) -> None:
    about = brought(tmp_path, pictures(20))
    assert counts(about) == {"red": 20, "blue": 20}
    assert check(experiment(about["dataset"])).problems == []
    prepared = load(OwnPictures.model_validate(about["dataset"]), tmp_path)
    assert prepared.inputs.shape == (40, 3, 32, 32)
    red, blue = (prepared.raw[prepared.targets == number].mean(axis=(0, 2, 3)) for number in (0, 1))
    assert red[0] > 2 * red[2]
    assert blue[2] > 2 * blue[0]


def test_the_folder_that_holds_a_picture_is_its_class_however_deep(tmp_path: Path) -> None:
    files = {**some("set/train/cat"), **some("set/test/cat", 4), **some("set/train/dog")}
    assert counts(brought(tmp_path, zipped({**files, "set/train/cat/extra.png": picture()}))) == {"cat": 15, "dog": 10}


def test_what_systems_put_into_a_zip_is_passed_over_in_silence(tmp_path: Path) -> None:
    junk = {"__MACOSX/cat/._1.png": b"x", "cat/.DS_Store": b"x", "dog/Thumbs.db": b"x"}
    about = brought(tmp_path, zipped({**some("cat"), **some("dog"), **junk}))
    assert said(about) == []


@pytest.mark.parametrize("flagged", [True, False])
def test_names_of_classes_in_any_script_survive(tmp_path: Path, flagged: bool) -> None:
    names = ["猫", "狗", "птица", "e\u0301léphant"] if flagged else ["猫", "狗", "一只很大的鸟"]
    files = {path: content for name in names for path, content in some(name).items()}
    content = zipped(files)
    if not flagged:  # as Windows in China packs it: GB18030 and no word of it
        content = _unflagged(files)
    about = brought(tmp_path, content)
    assert list(counts(about)) == [name.replace("e\u0301", "é") for name in names]
    dataset = OwnPictures.model_validate_json(OwnPictures.model_validate(about["dataset"]).model_dump_json())
    assert load(dataset, tmp_path).targets.max() == len(names) - 1


def _unflagged(files: dict[str, bytes]) -> bytes:
    class Unflagged(zipfile.ZipInfo):
        def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802
            return self.filename.encode("gb18030"), self.flag_bits

    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, content in files.items():
            archive.writestr(Unflagged(name), content)
    return file.getvalue()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "BMP", "WEBP"])
def test_each_common_format_gives_the_same_picture(form: str) -> None:
    exact = opened(picture()).astype(int)
    assert np.abs(opened(picture(form=form)).astype(int) - exact).mean() < 8


def test_a_photograph_stands_upright_as_its_camera_says() -> None:
    image = Image.open(BytesIO(picture(size=(60, 20))))
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    file = BytesIO()
    image.save(file, "JPEG", exif=exif, quality=95)
    pixels = opened(file.getvalue())
    assert pixels.shape == (60, 20, 3)
    assert pixels[0].mean() > pixels[-1].mean() + 40  # what was left is now above


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "CMYK", "I;16", "RGB"])
def test_every_kind_of_pixels_becomes_grey_or_colour(mode: str) -> None:
    form = "JPEG" if mode == "CMYK" else "PNG"
    image = Image.open(BytesIO(picture()))
    if mode == "I;16":
        image = Image.fromarray(np.asarray(image.convert("L")).astype(np.uint16) * 257)
    else:
        image = image.convert(mode)
    file = BytesIO()
    image.save(file, form)
    pixels = opened(file.getvalue())
    assert pixels.dtype == np.uint8
    assert pixels.shape == (30, 40, 1 if mode in ("1", "L", "LA", "I;16") else 3)
    assert pixels[:, 0].mean() > pixels[:, -1].mean() + 20


def test_what_is_transparent_stands_on_white() -> None:
    file = BytesIO()
    Image.new("RGBA", (8, 8), (0, 0, 0, 0)).save(file, "PNG")
    assert (opened(file.getvalue()) == 255).all()


def test_of_a_moving_picture_the_first_one_counts() -> None:
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    file = BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:])
    assert opened(file.getvalue())[0, 0].tolist() == [255, 0, 0]


def test_pictures_are_kept_no_larger_than_needed_and_grey_ones_with_one_channel(tmp_path: Path) -> None:
    grey = {f"{label}/{number}.png": picture((150, 150, 150), (400, 300)) for label in "ab" for number in range(10)}
    about = brought(tmp_path, zipped(grey))
    assert (about["largest_side"], about["colour"]) == (128, False)
    assert about["dataset"]["colour"] is False
    assert UploadFolder.of(tmp_path, about["dataset"]["upload"]).bytes() < 20 * 128 * 96 + 10_000


def test_a_picture_that_is_no_square_is_cut_or_padded(tmp_path: Path) -> None:
    about = brought(tmp_path, zipped({**some("a", size=(60, 20)), **some("b", size=(20, 60))}))
    dataset = OwnPictures.model_validate({**about["dataset"], "side": 20})
    cut, padded = (load(dataset.model_copy(update={"fit": fit}), tmp_path).raw[0] for fit in ("crop", "pad"))
    assert cut.shape == padded.shape == (3, 20, 20)
    assert cut[0, 10, 0] < padded[0, 10, 0]  # the ends are gone: what is left begins darker
    assert np.allclose(padded[:, 0], padded[:, 0, :1], atol=0.02)  # a bar of one colour above


def test_without_colour_there_is_one_channel_of_grey(tmp_path: Path) -> None:
    dataset = OwnPictures.model_validate({**brought(tmp_path, pictures())["dataset"], "colour": False})
    assert load(dataset, tmp_path).inputs.shape == (24, 1, 32, 32)


# ------------------------------------------------------------------------------------------ one by one


def test_single_pictures_are_added_to_a_class_and_old_documents_stay_true(tmp_path: Path) -> None:
    first = brought(tmp_path, picture(), **{"class": "cat"})
    folder = UploadFolder.of(tmp_path, first["dataset"]["upload"])
    assert "There is only one class yet." in " ".join(said(first))
    for number in range(5):
        added(folder, picture((30, 90, 30 + number)), **{"class": "dog"})
    old = added(folder, picture((90, 90, 90)), **{"class": "cat"})
    assert counts(old) == {"cat": 2, "dog": 5}
    before = load(OwnPictures.model_validate(old["dataset"]), tmp_path)
    added(folder, picture((1, 2, 3)), **{"class": "cat"})
    new = added(folder, picture((1, 2, 3)), **{"class": "a third"})
    assert counts(new) == {"cat": 3, "dog": 5, "a third": 1}
    assert np.array_equal(load(OwnPictures.model_validate(old["dataset"]), tmp_path).raw, before.raw)


def test_a_first_coloured_picture_makes_room_for_colour(tmp_path: Path) -> None:
    grey = brought(tmp_path, picture((120, 120, 120)), **{"class": "grey"})
    folder = UploadFolder.of(tmp_path, grey["dataset"]["upload"])
    added(folder, picture((200, 10, 10)), **{"class": "red"})
    both = OwnPictures.model_validate({**grey["dataset"], "classes": [{"name": "grey", "count": 1}], "colour": True})
    raw = load(both.model_copy(update={"validation": 0, "test": 0}), tmp_path).raw[0]
    assert np.array_equal(raw[0], raw[2])


def test_a_single_picture_needs_a_class(tmp_path: Path) -> None:
    with pytest.raises(Problem) as raised:
        brought(tmp_path, picture(), **{"class": " \u202e "})
    assert raised.value.place == "/class"


def test_a_document_that_wants_more_pictures_than_there_are_is_told(tmp_path: Path) -> None:
    dataset = brought(tmp_path, pictures())["dataset"]
    for classes in ([{"name": "red", "count": 13}], [{"name": "green", "count": 1}]):
        with pytest.raises(Problem, match="where this experiment says") as raised:
            load(OwnPictures.model_validate({**dataset, "classes": classes}), tmp_path)
        assert raised.value.place == "/dataset/classes"
    for upload in ("u0000000000000", "../x", ""):
        with pytest.raises(Problem, match="not on this server"):
            load(OwnPictures.model_validate({**dataset, "upload": upload}), tmp_path)


def test_one_class_alone_or_the_same_twice_is_a_problem(tmp_path: Path) -> None:
    dataset = brought(tmp_path, zipped(some("cat", 30)))["dataset"]
    [problem] = check(experiment(dataset)).problems
    assert "one class" in str(problem)
    [problem] = check(experiment({**dataset, "classes": dataset["classes"] * 2})).problems
    assert "twice" in str(problem)


def test_too_many_numbers_are_a_problem_and_a_smaller_side_mends_it(tmp_path: Path) -> None:
    classes = [{"name": name, "count": 20_000} for name in "ab"]
    document = experiment({"kind": "own_pictures", "upload": "u0000000000000", "classes": classes, "side": 64})
    [problem] = [one for one in check(document).problems if "million numbers" in str(one)]
    assert not any("million" in str(one) for one in check(patched(document, problem.fixes[0].edits)).problems)


# ------------------------------------------------------------------------------------------ hostile and broken


def demand_only(tmp_path: Path) -> None:
    """Nothing stands anywhere but in folders of uploads, and there only files of ours."""
    known = {"label.json", "about.json", "pictures.npz", "lock"}
    assert {one.name for one in tmp_path.iterdir()} <= {"uploads"}
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


# ------------------------------------------------------------------------------------------ the library


def test_an_upload_is_there_once_it_has_a_label_and_orphans_go(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    folder = uploads.create()
    assert uploads.get(folder.id) is None
    assert uploads.owner(folder.id) is None
    added(folder, pictures())
    uploads.label(folder, "li", "张三的照片")
    one = uploads.get(folder.id)
    assert one is not None
    assert (one.owner, one.name, uploads.owner(folder.id)) == ("li", "张三的照片", "li")
    assert uploads.taken("li") == (1, folder.bytes())
    assert uploads.taken("wang") == (0, 0)
    uploads.remove(folder)
    assert uploads.of() == []
    assert list((tmp_path / "uploads").iterdir()) == []


def test_what_a_killed_server_left_behind_goes_with_the_next_upload(tmp_path: Path) -> None:
    uploads = Uploads(tmp_path)
    orphan, kept, fresh = uploads.create(), uploads.create(), uploads.create()
    added(kept, pictures())
    uploads.label(kept, "li", "kept")
    for folder in (orphan, kept, fresh):
        folder.received("y").write_bytes(b"half")
    for path in (orphan.path, kept.received("y")):
        os.utime(path, (0, 0))
    uploads.create()
    assert not orphan.path.exists()
    assert fresh.received("y").exists()
    assert not kept.received("y").exists()
    assert kept.about() is not None


@pytest.mark.parametrize(
    "name", ["", "..", "u", "../../etc/passwd", "r0000000000000", "u000000000000/", "U0000000000000"]
)
def test_only_the_name_of_an_upload_becomes_a_path(tmp_path: Path, name: str) -> None:
    assert Uploads(tmp_path).get(name) is None
    assert Uploads(tmp_path).owner(name) is None
    with pytest.raises(ValueError, match="name of an upload"):
        UploadFolder.of(tmp_path, name)
