"""Text in any common encoding is read as it was meant, and a mixture of two is told."""

import codecs
from pathlib import Path

import numpy as np
import pytest

from app.parts.problem import Problem
from app.training.files.encoding import decoded
from tests.uploads.made import brought, column

SHORT = "姓名,年龄,性别\n张三,12,男\n李四,13,女\n"
COMMON = "的一是了我不人在他有这个上们来到时大地为子中你说生国年着就那和要她出也得里后自以会家可下而张李王赵刘陈杨黄"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8", SHORT),
        ("utf-8-sig", SHORT),
        ("utf-16", SHORT),
        ("utf-16-le", SHORT),
        ("utf-16-be", SHORT),
        ("gb18030", SHORT),
        ("gbk", "运营商,数\n联通,1\n移动,2\n"),  # 联通 alone would be valid UTF-8
        ("gb18030", "id,结果\n" + "".join(f"{number},{'合格' if number % 2 else '不合格'}\n" for number in range(50))),
        ("gb18030", "心情,数\n😀好,1\n㐂,2\n"),
        ("big5", "姓名,年齡,城市\n張三,12,臺北\n李四,13,高雄\n"),
        ("shift_jis", "名前,年齢,都市\nたなか,12,とうきょう\nスズキ,13,おおさか\n"),
        ("euc_kr", "이름,나이,도시\n김철수,12,서울\n이영희,13,부산\n"),
        ("cp1252", "name;größe\nJosé;1,5\nMüller;2,5\nFrançois;3\n"),
        ("cp1251", "имя,возраст,город\nИван,12,Москва\nОльга,13,Казань\n"),
        ("cp1252", "temperature,y\n20 °C,1\n25 °C,2\n"),
        ("cp1252", "price,y\n£5,1\n£7,2\n"),
        ("cp1252", "name,y\nAnn,1\nÉlève,3\n" + "Cid,4\n" * 30),
        ("cp1252", "x,y\n“quoted”,1\n5 µm,2\n3 €,4\n"),
        ("cp1250", "jméno,město\nŘehoř,Plzeň\nŽofie,Ústí\n"),
        ("cp1250", "imię,miasto\nŁukasz,Łódź\nŚwięty,Kraków\n"),
        ("iso8859_2", "jméno,město\nŘehoř,Plzeň\nŽofie,Ústí\n"),
        ("cp1254", "ad,şehir\nIşık,İstanbul\nÖzgür,Muğla\n"),
        ("koi8_r", "имя,город\nИван,Москва\nОльга,Казань\n"),
        ("mac_roman", "prénom,ville\nHélène,Orléans\nFrançois,Besançon\n"),
        ("mac_roman", "name,y\nMüller,1\nGroß,2\nJosé,3\n"),
    ],
)
def test_the_text_is_what_was_written(encoding: str, text: str) -> None:
    assert decoded(text.encode(encoding))[0] == text


def test_letters_that_fit_two_encodings_are_asked(tmp_path: Path) -> None:
    lines = [f"{name},{number}" for number, name in enumerate(("Lőrinc", "Győző", "Éva") * 6)]
    content = "\n".join(["név,y", *lines]).encode("cp1250")
    about = brought(tmp_path, content)
    assert about["encodings"][:2] == ["windows-1252", "windows-1250"]
    [warning] = [found for found in about["warnings"] if "first" in found["values"]]
    assert (warning["values"]["first"], warning["values"]["second"]) == ("“Lõrinc,0”", "“Lőrinc,0”")
    about = brought(tmp_path, content, encoding="windows-1250")
    assert column(about, "név")["values"] == ["Győző", "Lőrinc", "Éva"]
    assert not [found for found in about["warnings"] if "first" in found["values"]]


def test_short_chinese_tables_in_gb18030_are_nearly_always_recognised() -> None:
    chance = np.random.default_rng(2)

    def word(longest: int) -> str:
        return "".join(chance.choice(list(COMMON), int(chance.integers(1, longest + 1))))

    tables = [f"{word(3)},{word(3)}\n{word(3)},1\n{word(4)},{word(4)}\n" for _ in range(300)]
    assert sum(decoded(table.encode("gb18030"))[0] == table for table in tables) >= 295


def test_chinese_names_of_columns_come_out_of_every_encoding_the_same(tmp_path: Path) -> None:
    lines = [
        "姓名,年龄,是否通过",
        *(f"学生{number % 7},{number % 9},{'是' if number % 2 else '否'}" for number in range(60)),
    ]
    text = "\n".join(lines)
    found = [
        brought(tmp_path, text.encode(encoding))
        for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "gbk")
    ]
    for about in found:
        assert [field["name"] for field in about["columns"]] == ["姓名", "年龄", "是否通过"]
        assert about["columns"][2]["values"] == ["否", "是"]
    assert [about["encoding"] for about in found] == ["utf-8", "utf-8", "utf-16", "utf-16-le", "gb18030", "gb18030"]


def test_a_line_in_another_encoding_than_the_rest_is_told() -> None:
    lines = [f"张三,{number}".encode() for number in range(40)]
    lines[17] = "李四,17".encode("gb18030")
    with pytest.raises(Problem) as raised:
        decoded(b"\n".join(lines))
    assert raised.value.values == {"line": 18}


def test_half_a_letter_at_the_end_is_told() -> None:
    with pytest.raises(Problem) as raised:
        decoded("名,数\n李,1\n张".encode()[:-1])
    assert raised.value.values == {"line": 3}
    with pytest.raises(Problem):
        decoded(codecs.BOM_UTF16_LE + "abc".encode("utf-16-le")[:-1])


def test_a_person_may_say_the_encoding_and_the_delimiter(tmp_path: Path) -> None:
    text = "größe x,2\nmaß x,3\n" * 20
    about = brought(tmp_path, f"a b,n\n{text}".encode("windows-1252"), encoding="windows-1252", delimiter=",")
    assert (about["encoding"], about["delimiter"]) == ("windows-1252", ",")
    assert about["columns"][0]["values"] == ["größe x", "maß x"]
    with pytest.raises(Problem) as raised:
        brought(tmp_path, text.encode(), encoding="rot13")
    assert raised.value.place == "/encoding"
    with pytest.raises(Problem) as raised:
        brought(tmp_path, text.encode(), delimiter="x")
    assert raised.value.place == "/delimiter"
    with pytest.raises(Problem, match="cannot be read"):
        brought(tmp_path, "größe,1\n".encode("windows-1252"), encoding="utf-8")
