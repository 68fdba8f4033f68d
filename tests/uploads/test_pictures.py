"""Pictures as people bring them: zips with a folder for each class, and single ones."""

import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from app.experiment.check import check
from app.experiment.patch import patched
from app.parts.datasets.own_pictures import OwnPictures
from app.parts.problem import Problem
from app.training.data.samples import load
from app.training.files.picture import pixels_of
from app.uploads.folder import UploadFolder
from tests.uploads.made import added, brought, counts, experiment, picture, pictures, said, some, zipped


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


@pytest.mark.parametrize(
    ("folders", "classes"),
    [
        (("cats/2023", "cats/2024", "dogs/2023"), {"cats": 20, "dogs": 10}),
        (("cats/images", "dogs/images"), {"cats": 10, "dogs": 10}),
        (("set/train/cat", "set/test/cat", "set/train/dog"), {"cat": 20, "dog": 10}),
        (("cats/2023", "cats/2024", "dogs"), {"cats": 20, "dogs": 10}),
    ],
)
def test_classes_are_the_topmost_folders_that_tell_pictures_apart(
    tmp_path: Path, folders: tuple[str, ...], classes: dict[str, int]
) -> None:
    files = {name: content for folder in folders for name, content in some(folder).items()}
    assert counts(brought(tmp_path, zipped(files))) == classes


def test_a_person_chooses_the_folders_that_are_the_classes(tmp_path: Path) -> None:
    content = zipped({**some("animals/cats"), **some("animals/dogs"), **some("plants/oaks")})
    about = brought(tmp_path, content)
    assert [level["names"] for level in about["levels"]] == [["animals", "plants"], ["cats", "dogs", "oaks"]]
    about = brought(tmp_path, content, reading={"level": 1})
    assert counts(about) == {"cats": 10, "dogs": 10, "oaks": 10}
    with pytest.raises(Problem, match="Possible levels: 0, 1"):
        brought(tmp_path, content, reading={"level": 2})


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"II*\0", "TIFF"),
        (b"\0\0\0\x0cjP  \r\n\x87\n", "JPEG 2000"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIC"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avifmiaf", "AVIF"),
    ],
)
def test_a_picture_that_cannot_be_opened_is_called_by_its_format(tmp_path: Path, head: bytes, name: str) -> None:
    with pytest.raises(Problem, match=f"in the format {name},"):
        brought(tmp_path, head + bytes(100), **{"class": "cat"})
    with pytest.raises(Problem, match=f"such as “cat/photo \\({name}\\)”"):
        brought(tmp_path, zipped({"cat/photo": head + bytes(100)}))


def test_a_table_within_a_zip_is_named(tmp_path: Path) -> None:
    with pytest.raises(Problem, match=r"holds the table “data/iris.csv”"):
        brought(tmp_path, zipped({"data/iris.csv": b"x,y\n1,2\n"}))


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
    [problem] = [found for found in check(document).problems if "million numbers" in str(found)]
    assert not any("million" in str(found) for found in check(patched(document, problem.fixes[0].edits)).problems)
