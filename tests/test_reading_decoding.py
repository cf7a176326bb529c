"""Bytes into text: every encoding there and back, damage told, and no bytes that break the reader."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regesta.errors import ReadError
from regesta.model import Source
from regesta.reading import read_bytes
from regesta.reading.decoding import decode

TEXTS = {
    "ko": "그는 1997년 2월 베이징에 도착하여 대사관에 들어갔다. 가족과 함께 강을 건넌 뒤 여러 달 동안 시골 마을에 숨어 지냈다.",
    "ja": "彼は平成九年二月に北京に到着し、大使館に入った。家族と一緒に川を渡り、数か月のあいだ田舎の村に隠れて暮らしていた。",
    "zh": "他于一九九七年二月到达北京，进入了大使馆。他和家人一起过了河，在乡下的村子里躲了几个月，冬天去了南方。",
    "zh-Hant": "他於一九九七年二月到達北京，進入了大使館。他和家人一起過了河，在鄉下的村子裡躲了幾個月，冬天去了南方。",
    "ru": "Он прибыл в Пекин двенадцатого февраля и вошёл в посольство. Вместе с семьёй он перешёл реку и прятался в деревне.",
    "de": "Er kam im März in München an und ging über die Straße zur Botschaft. Später überquerte er mit den Söhnen den Fluß.",
    "fr": "Il arriva en février à Lyon et entra à l'ambassade. Avec sa famille, il avait traversé la rivière, puis s'était caché.",
    "pl": "Przybył do Łodzi w lutym i wszedł do ambasady. Razem z rodziną przeszedł przez rzekę, później źle się już czuł.",
    "el": "Έφτασε στην Αθήνα τον Φεβρουάριο και μπήκε στην πρεσβεία. Με την οικογένειά του πέρασε το ποτάμι.",
    "he": "הוא הגיע לתל אביב בשנים עשר בפברואר ונכנס לשגרירות. הוא חצה את הנהר עם משפחתו והסתתר במשך חודשים.",
}
ENCODINGS = {
    "ko": ("euc_kr", "cp949", "iso2022_kr"), "ja": ("shift_jis", "euc_jp", "iso2022_jp"), "zh": ("gb18030", "gb2312", "hz"), "zh-Hant": ("big5",),
    "ru": ("koi8_r", "cp1251", "iso8859_5", "cp866"), "de": ("cp1252", "iso8859_15"), "fr": ("cp1252", "iso8859_15", "mac_roman"),
    "pl": ("iso8859_2", "cp1250"), "el": ("cp1253",), "he": ("cp1255",),
}  # fmt: skip
CASES = [(language, encoding) for language, names in ENCODINGS.items() for encoding in names]


@pytest.mark.parametrize(("language", "encoding"), CASES)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_an_undeclared_encoding_is_found(language: str, encoding: str, line_end: str) -> None:
    text = line_end.join([TEXTS[language]] * 3) + line_end
    found, name = decode(text.encode(encoding), "a.txt")
    assert found == text
    assert name is not None


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "utf-16", "utf-32"])
def test_wide_encodings_need_no_mark(language: str, encoding: str) -> None:
    text = f"{TEXTS[language]} No. 7\r\n{TEXTS[language]}\n"
    found, name = decode(text.encode(encoding), "a.txt")
    assert found.removeprefix("\ufeff") == text
    assert name is not None
    assert name.startswith(encoding)


@pytest.mark.parametrize("language", TEXTS)
def test_utf8_keeps_mark_and_line_ends(language: str) -> None:
    text = "\ufeff" + TEXTS[language] + "\r\n\r\nend\r𠀀\n"
    assert decode(text.encode(), "a.txt") == (text, None)


def test_a_few_bad_bytes_do_not_make_another_encoding() -> None:
    data = bytearray(f"Annals\n\n{TEXTS['ko']}".encode())
    data[60] = 0xFF
    document = read_bytes(bytes(data), Source(name="a.txt"))
    assert document.text.startswith("Annals\n\n그는 1997년")
    assert "\ufffd" in document.text
    [(_, code, reason)] = document.problems
    assert code == "R001"
    assert "UTF-8 with" in reason
    assert "the first in line 3" in reason


def test_a_cut_file_is_still_what_it_was() -> None:
    data = TEXTS["ja"].encode()[:-2]
    text, name = decode(data, "a.txt")
    assert text[:-1] == TEXTS["ja"][:-1]
    assert name == "UTF-8 with 1 bad place, the first in line 1"


def test_letters_far_from_the_beginning_are_looked_at() -> None:
    text = "plain words. " * 20_000 + TEXTS["ru"]
    assert decode(text.encode("koi8_r"), "a.txt")[0] == text


def test_the_language_of_the_document_helps_where_there_is_little() -> None:
    assert decode("Год".encode("cp1251"), "a.txt", language="ru")[0] == "Год"
    assert decode("통일부".encode("cp949"), "a.txt", language="ko-KR")[0] == "통일부"


def test_a_declared_encoding_is_believed_unless_the_bytes_are_utf8() -> None:
    assert decode("Fluß".encode("cp850"), "a.html", "cp850") == ("Fluß", "cp850")
    assert decode("Fluß".encode(), "a.html", "cp850") == ("Fluß", None)
    assert decode("Fluß".encode("cp1252"), "a.html", "no-such-charset")[0] == "Fluß"


@pytest.mark.parametrize("data", [b"\0" * 50, bytes(range(256)), b"MZ\x90\0\3\0\0\0\4"])
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match="no text file"):
        decode(data, "a.txt")


@pytest.mark.parametrize(
    "data",
    [b"\x89PNG\r\n\0\0\0", b"\xff\xd8\xff\xe0\0\x10JFIF\0", b"RIFF\x10\0\0\0WEBPVP8 ", b"II*\0\x08\0\0\0"],
)
def test_a_picture_is_said_to_be_one(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"this is a picture, no text.*PDF.*--ocr"):
        decode(data, "scan")


@given(st.binary(max_size=300), st.sampled_from([None, "ko", "de", "xx"]))
def test_any_bytes_are_text_or_refused(data: bytes, language: str | None) -> None:
    try:
        text, name = decode(data, "a.txt", language=language)
    except ReadError:
        return
    if name is None:
        assert text.encode() == data


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80))
def test_utf8_there_and_back(text: str) -> None:
    data = text.encode()
    found, name = decode(data, "a.txt")
    assert (
        (found, name) == (text, None)
        or b"\x1b$" in data
        or b"~{" in data
        or data.startswith(codecs.BOM_UTF16_LE)
    )
