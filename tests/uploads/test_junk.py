"""Whatever bytes come, they are read or they are a sentence."""

from pathlib import Path

from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st

from app.experiment.check import check
from app.parts.problem import Problem
from app.training.data.samples import load
from tests.uploads.made import brought, picture, pictures, zipped

QUIET = settings(
    max_examples=120,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
CELLS = st.one_of(
    st.sampled_from(
        ["", "NA", "1", "2.5", "-3", "1e400", "inf", "x", "2024-02-30", "01/02/2024", "=1+1", '"', "'", "007"]
    ),
    st.floats().map(repr),
    st.integers().map(str),
    st.text(max_size=6),
)
TABLES = st.tuples(
    st.lists(st.lists(CELLS, min_size=1, max_size=5), min_size=1, max_size=12),
    st.sampled_from([",", ";", "\t", "|", " "]),
    st.sampled_from(["\n", "\r\n", "\r"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "gb18030"]),
    st.integers(1, 20),
).map(lambda made: made[2].join(made[1].join(row) for row in made[0] * made[4]).encode(made[3], "replace"))


def demand_answered(data: Path, content: bytes, **said: str) -> None:
    """Either a problem in words, or a dataset that loads and of which the check has no doubt that it can be read."""
    try:
        dataset = brought(data, content, **said)["dataset"]
    except Problem as problem:
        event(problem.template[:40])
        return
    event("read")
    document = {"dataset": dataset, "task": {"kind": "classification"}, "loss": {"kind": "cross_entropy"}}
    report = check(document)
    assert report.nearest is not None
    assert not [found for found in report.problems if found.place.startswith("/dataset/")], report.problems
    if report.nearest.dataset.size() > 4:
        load(report.nearest.dataset, data)


@QUIET
@given(content=TABLES)
@example(content=b"a,b\n1,2\n1,3\n")
@example(content=b"a,b\n" + b"10000000000000000000,1\n2,2\n2,3\n" * 20)
@example(content=b"a,b\n" + b"0,5e-324\n1,0\n" * 20)
@example(content=b"a,b\n" + b"0,1e300\n1,0\n" * 20)
def test_any_table_is_read_or_told(tmp_path: Path, content: bytes) -> None:
    demand_answered(tmp_path, content)


@QUIET
@given(content=st.binary(max_size=300))
@example(content=b"PK\x03\x04")
@example(content=b"\xff\xfe")
@example(content=b"\xef\xbb\xbf")
def test_any_bytes_are_read_or_told(tmp_path: Path, content: bytes) -> None:
    demand_answered(tmp_path, content, **{"class": "x"})


@QUIET
@given(
    whole=st.sampled_from([pictures(4), picture(), zipped({"a/1.png": picture(), "b/2.jpg": picture(form="JPEG")})]),
    places=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=8),
    length=st.floats(0.2, 1),
)
def test_any_broken_zip_or_picture_is_read_or_told(
    tmp_path: Path, whole: bytes, places: list[tuple[float, int]], length: float
) -> None:
    broken = bytearray(whole[: int(len(whole) * length)])
    for place, value in places:
        broken[int(place * len(broken))] = value
    demand_answered(tmp_path, bytes(broken), **{"class": "x"})
