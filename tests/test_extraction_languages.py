"""Numbers in languages other than English, sentences, and right spans in every script: golden cases and laws."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from languages import cases_of
from regesta.dates import find_dates
from regesta.extraction import extract
from regesta.extraction.quantities import Quantity, find_quantities
from regesta.extraction.sentences import sentences
from regesta.model import Source
from regesta.reading import read_bytes

LETTERS = "0123456789,. 만천백여 명세約二百人第三번째~이상두열Mio. Euro tausend mille деux тысяч человек１２\u0301萬億%-"


def _shown(quantity: Quantity, text: str) -> str:
    number = "-" if quantity.number is None else f"{quantity.number:.12g}"
    if quantity.low is not None or quantity.high is not None:
        number = f"{quantity.low or ''}..{quantity.high or ''}"
    parts = [f"{quantity.span.of(text)} | {number} {quantity.kind}"]
    parts += [quantity.unit] if quantity.unit not in {"", quantity.kind} else []
    parts += [quantity.bound] if quantity.bound else []
    return " ".join([*parts, *(["age"] if quantity.is_age else []), *(["weak"] if quantity.is_weak else [])])


CASES = cases_of("quantities_languages.md")


@pytest.mark.parametrize(("section", "text", "expected"), CASES, ids=[text for _, text, _ in CASES])
def test_golden(section: str, text: str, expected: list[str]) -> None:
    skip = [phrase.span for phrase in find_dates(text)]
    assert [_shown(q, text) for q in find_quantities(text, skip=skip)] == expected, section


@pytest.mark.parametrize(("section", "text", "expected"), CASES, ids=[text for _, text, _ in CASES])
def test_decomposed_text_has_the_same_numbers(section: str, text: str, expected: list[str]) -> None:
    if section == "English":
        return
    decomposed = unicodedata.normalize("NFD", text)
    skip = [phrase.span for phrase in find_dates(decomposed)]
    found = [_shown(q, decomposed) for q in find_quantities(decomposed, skip=skip) if not q.is_weak]
    assert [unicodedata.normalize("NFC", line) for line in found] == [
        unicodedata.normalize("NFC", line) for line in expected if not line.endswith("weak")
    ]


@given(st.text(st.sampled_from(LETTERS), max_size=60), st.sampled_from([None, "de", "fr", "ru", "ko"]))
def test_no_text_is_too_strange(text: str, spoken: str | None) -> None:
    skip = [phrase.span for phrase in find_dates(text, spoken=spoken)]
    last = 0
    for quantity in find_quantities(text, skip=skip, spoken=spoken):
        assert last <= quantity.span.start < quantity.span.end <= len(text)
        assert (
            quantity.span.start <= quantity.number_span.start <= quantity.number_span.end <= quantity.span.end
        )
        assert all(b <= quantity.span.start or a >= quantity.span.end for a, b in skip)
        last = quantity.span.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("그는 왔다. 그리고 갔다.", ["그는 왔다.", "그리고 갔다."]),
        ("彼は来た。彼女は去った！本当か？", ["彼は来た。", "彼女は去った！", "本当か？"]),
        ("「行こう！」と彼は言った。", ["「行こう！」と彼は言った。"]),
        ("他来了。她走了。", ["他来了。", "她走了。"]),
        ("Он пришёл. Она ушла.", ["Он пришёл.", "Она ушла."]),
    ],
)
def test_sentences_end_where_the_script_ends_them(text: str, expected: list[str]) -> None:
    assert [span.of(text) for span in sentences(text, 0, len(text))] == expected


DOCUMENTS = {
    "ko": "# 연보\n\n1997년 2월 12일, 약 400여 명이 강을 건넜다. 김철수(金鐵洙, 스물세 살)는 3만 원을 받았다.\n\n- 1998년 봄 — 두 가족이 왔다.\n",
    "ja": "# 年表\n\n平成九年二月十二日、約三百人が川を渡った。「行こう！」と言った。２万８千人が来た。\n\n- 1998年春 — 二家族が来た。\n",
    "zh": "# 年表\n\n一九九七年二月十二日，三百余人過了河。他們說：「走吧！」民國八十六年底，二萬八千人到了。\n",
    "vertical": "︻年表︼\n\n一九九七年二月︑三百人︒︵第三次︶\n",
    "ru": "# Хроника\n\n12 февраля 1997 г. около 300 человек перешли реку. Семён Иванов (23 года) получил 28 тысяч рублей.\n",
    "de": "# Chronik\n\nAm 12. Februar 1997 überquerten rund 2.800 Menschen den Fluß. Jörg Müller (23 Jahre) wurde Ende 1998 in Köln gesehen.\n",
    "fr": "# Chronique\n\nLe 12 février 1997, environ 2 800 personnes ont traversé la rivière. Émile Lefèvre est arrivé à Lyon fin 1998.\n",
    "ar": "# سجل\n\nوصل أحمد (٢٣ سنة) في 12/02/1997 إلى \u200fالقاهرة\u200f. قال: «نعم!» ثم غادر في 1998.\n",
    "he": "# יומן\n\nדוד כהן הגיע ב-12.2.1997 לתל אביב \u202bעם 300 איש\u202c. הוא עזב ב-1998.\n",
    "mixed": "# 𝒜 Annals 😀\n\nIn 1997 Kim Min-ho (김민호, 金民鎬) 😀 defected to 서울 on 12 février 1997 with 300명 and ２０ people.\n",
}


@pytest.mark.parametrize("name", DOCUMENTS)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize("suffix", [".txt", ".md", ".html"])
def test_every_quote_is_its_slice(name: str, form: Literal["NFC", "NFD"], suffix: str) -> None:
    text = unicodedata.normalize(form, DOCUMENTS[name])
    data = text.encode() if suffix != ".html" else f"<html><body><p>{text}</p></body></html>".encode()
    document = read_bytes(data, Source(name=f"a{suffix}", language=name if len(name) == 2 else None))
    if suffix != ".html":
        assert document.text == text
    said = extract(document)
    evidence = [e for claim in said.claims for e in claim.evidence]
    for piece in evidence:
        assert document.text[piece.span.start : piece.span.end] == piece.quote
    for block in document.blocks:
        assert 0 <= block.span.start <= block.span.end <= len(document.text)
    assert find_dates(document.text), "each of them says a date"
