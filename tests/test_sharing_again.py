"""What texts share, surveyed again where a few came or went: the same as if all had been surveyed for the first time."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.model import Source
from regesta.project import Cache
from regesta.sharing import Surveyed, families, groups, read_surveyed, survey, survey_again
from regesta.sharing.groups import groups_of
from regesta.sharing.words import read_words

WORDS = [a + b for a in "bdfgklmn" for b in ("ar", "el", "io", "u", "ov")]


def _said(rng: random.Random, n: int) -> str:
    return " ".join(rng.choices(WORDS, k=n))


def _text(rng: random.Random, phrases: list[str]) -> str:
    """Return a few lines: some of what many say, some of what nobody else does."""
    parts = [
        rng.choice(phrases) if rng.random() < 0.5 else _said(rng, rng.randint(1, 25))
        for _ in range(rng.randint(0, 14))
    ]
    return "".join(part + rng.choice((" ", "\n", ". ")) for part in parts)


def _again(texts: dict[str, str], before: Surveyed | None) -> Surveyed:
    """Survey texts, with what was kept as bytes."""
    kept = None if before is None else read_surveyed(memoryview(b"".join(before.pieces())))
    assert before is None or kept is not None
    names = sorted(texts)
    return survey_again([texts[name] for name in names], [f"{name} {texts[name]}" for name in names], kept)


def _plain(texts: dict[str, str]) -> object:
    return survey([texts[name] for name in sorted(texts)])


@settings(max_examples=25)
@given(st.integers(0, 1 << 30))
def test_surveyed_again_is_surveyed(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - nothing is kept secret
    phrases = [_said(rng, rng.randint(4, 30)) for _ in range(12)]
    texts = {f"{n:02}": _text(rng, phrases) for n in range(24)}
    before = None
    for _ in range(4):
        before = _again(texts, before)
        assert before.survey == _plain(texts)
        for _ in range(rng.randint(0, 4)):
            name = f"{rng.randrange(30):02}"
            if (chance := rng.random()) < 0.3:
                texts.pop(name, None)
            else:
                texts[name] = rng.choice(list(texts.values())) if chance < 0.5 else _text(rng, phrases)


def test_one_of_a_family_goes_and_one_that_shares_with_three_comes() -> None:
    rng = random.Random(4)  # noqa: S311 - nothing is kept secret
    own = [_said(rng, 60) for _ in range(12)]
    texts = {f"{n:02}": own[n] for n in range(12)}
    texts["03"] += "\n" + own[2]  # copies the one before, and is copied by the one after
    texts["04"] = texts["03"] + " " + _said(rng, 10)
    first = _again(texts, None)
    found = first.survey
    assert families(12, found.shared, words=found.words)[2:5] == [2, 2, 2]
    del texts["03"]
    second = _again(texts, first)
    assert second.survey == _plain(texts)
    texts["99"] = " ".join(own[n][: len(own[n]) // 2] for n in (5, 7, 9))
    third = _again(texts, second)
    assert third.survey == _plain(texts)
    assert {each.a.source for each in third.survey.shared if each.b.source == 11} >= {4, 6, 8}


def test_where_much_is_new_or_stands_in_another_order_all_is_surveyed() -> None:
    rng = random.Random(5)  # noqa: S311 - nothing is kept secret
    phrases = [_said(rng, 20) for _ in range(4)]
    texts = [_text(rng, phrases) for _ in range(9)]
    before = survey_again(texts, [str(n) for n in range(9)])
    turned = survey_again(texts[::-1], [str(n) for n in range(8, -1, -1)], before)
    assert turned.survey == survey(texts[::-1])
    others = [_text(rng, phrases) for _ in range(9)]
    assert survey_again(others, [f"new {n}" for n in range(9)], before).survey == survey(others)


@pytest.mark.parametrize("cut", [0, 7, 40, 200, -1])
def test_bytes_that_are_not_whole_are_as_good_as_none(cut: int) -> None:
    texts = [" ".join(WORDS), " ".join(WORDS[3:])]
    whole = b"".join(survey_again(texts, ["a", "b"]).pieces())
    assert read_surveyed(memoryview(whole)) is not None
    assert read_surveyed(memoryview(whole[:cut])) is None
    broken = whole[:-5] + bytes([whole[-5] ^ 1]) + whole[-4:]
    assert read_surveyed(memoryview(broken)) is None


def test_runs_that_have_few_bits_in_common_are_no_group(monkeypatch: pytest.MonkeyPatch) -> None:
    rng = random.Random(6)  # noqa: S311 - nothing is kept secret
    hashes = read_words([_said(rng, 300) for _ in range(4)]).hashes
    plain = groups_of(hashes, 2)
    whole = groups._grams_at

    def coarse(*given: object) -> tuple[object, object]:
        gram, place = whole(*given)  # type: ignore[arg-type]
        _, rank = np.unique(gram, return_inverse=True)  # what tells runs apart lies where places are
        return gram >> np.uint64(59) << np.uint64(59) | rank.astype(np.uint64), place

    monkeypatch.setattr(groups, "_grams_at", coarse)
    found = groups_of(hashes, 2)
    assert sorted(map(tuple, np.split(found[0].tolist(), found[1][1:]))) == sorted(
        map(tuple, np.split(plain[0].tolist(), plain[1][1:]))
    )


def test_what_is_kept_plain_is_of_its_version_and_is_no_document(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "kept", "1")
    source = Source(name="what is shared")
    assert cache.plain(source, "a") is None
    cache.put_plain(source, [b"some", memoryview(b" bytes")], "a")
    assert bytes(cache.plain(source, "a") or b"") == b"some bytes"
    assert cache.plain(source, "b") is None
    assert cache.get(source) is None
    assert cache.sift(lambda _: True) == 1  # words of what was erased may be in it
    assert cache.plain(source, "a") is None
