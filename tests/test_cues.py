"""Cues: the words at which patterns are tried must be in every match, or a rule would miss what it looks for."""

from __future__ import annotations

import random
import re
import sys
from pathlib import Path

import pytest

from regesta.extraction import prepare
from regesta.extraction.cues import Cue, is_cued, passages_with, sentences_with, starts_of, words_of
from regesta.extraction.scene import Scene
from regesta.extraction.sentences import sentences
from regesta.model import Source
from regesta.reading import read_bytes
from regesta.text.patterns import lazy
from regesta.vocab import lexicon

CORPUS = Path(__file__).parent / "corpus"
GOLDEN = Path(__file__).parent / "golden" / "rules"


def _scene(text: str) -> Scene:
    return prepare(read_bytes(text.encode(), Source(name="a.txt")), lexicon())


def _constants() -> list[tuple[str, object]]:
    """Return the constants of the modules of the project that extraction loads, those in tuples one by one."""
    found: list[tuple[str, object]] = []
    for name, module in sorted(sys.modules.items()):
        for key, value in vars(module).items() if name.startswith("regesta.") else ():
            listed = value if isinstance(value, tuple) else (value,)
            found += [(f"{name.removeprefix('regesta.')}.{key}-{i}", one) for i, one in enumerate(listed)]
    return found


def _cues() -> list[tuple[str, Cue]]:
    return [(name, value) for name, value in _constants() if isinstance(value, Cue)]


@pytest.fixture(scope="module")
def scenes() -> list[Scene]:
    """Every text of the corpus and of the golden rules, and documents shuffled from their sentences."""
    texts = [p.read_text() for p in sorted(CORPUS.glob("*")) if p.suffix in (".txt", ".md", ".wiki")]
    texts += [p.read_text() for p in sorted(GOLDEN.rglob("*.md"))]
    pool = [
        span.of(text) for text in texts for span in sentences(text, 0, len(text)) if "\n" not in span.of(text)
    ]
    draw = random.Random(7)  # noqa: S311 - nothing secret
    texts += [
        " ".join(draw.sample(pool, 400)) + "\n\n" + " ".join(draw.sample(pool, 40)).upper() for _ in range(3)
    ]
    return [_scene(text) for text in texts]


@pytest.mark.parametrize(("name", "cue"), _cues())
def test_a_pattern_matches_nothing_away_from_its_words(name: str, cue: Cue, scenes: list[Scene]) -> None:
    """What the pattern finds everywhere is what it finds where its words stand."""
    for scene in scenes:
        for passage in scene.passages:
            everywhere = [m.span() for m in cue.pattern.finditer(scene.text, *passage.span)]
            assert [m.span() for m in cue.find(scene, passage.span)] == everywhere, name


def test_every_pattern_that_is_compiled_late_can_be_compiled() -> None:
    """A mistake in a pattern would otherwise show only where its words are met."""
    late = [value for _, value in _constants() if type(value) is type(lazy(""))]
    assert len(late) > 100
    assert all(pattern.groups >= 0 for pattern in late)


def _alternatives(cue: Cue) -> list[str]:
    return sorted(word for word in cue.words | cue.opening if word[0].isalpha() and not word.endswith("*"))


@pytest.mark.parametrize(("name", "cue"), _cues())
def test_every_word_of_a_cue_is_in_its_pattern(name: str, cue: Cue) -> None:
    """A word that the pattern does not know is a slip of the pen: each begins like some word of the pattern."""
    source = re.sub(r"\\[a-zA-Z]", " ", cue.pattern.pattern).lower()
    literal = set(re.findall(r"[^\W\d_]+", source))
    missing = [
        w for w in _alternatives(cue) if not any(word.startswith(w[:2]) or word == w[0] for word in literal)
    ]
    assert not missing, (name, missing)


def test_words_are_met_alone_and_as_parts_of_words() -> None:
    """A hyphen parts words, an underscore too; case does not matter."""
    scene = _scene("An award-winning boat. Awards rain. The AWARD. A reward (of sorts).")
    assert starts_of(scene, words_of("award")) == [3, scene.text.index("AWARD")]
    assert starts_of(scene, words_of("award*")) == [3, 23, scene.text.index("AWARD")]
    assert starts_of(scene, words_of("(")) == [scene.text.index("(")]


def test_passages_and_sentences_come_in_order_and_once() -> None:
    """Two words in one sentence name it once."""
    scene = _scene("One fled. Two fled and fled.\n\nNothing here.\n\nThree flew.")
    words = words_of("fled flew")
    first, last = passages_with(scene, words)
    assert (first.index, last.index) == (0, 2)
    assert [s.of(scene.text) for s in sentences_with(scene, first, words)] == [
        "One fled.",
        "Two fled and fled.",
    ]
    assert not is_cued(scene, words, scene.passages[1].span)


def test_a_match_goes_on_behind_the_last_one() -> None:
    """Openings within a match are not tried again, as with a plain search."""
    cue = Cue("fled", r"\bfled (?:and fled)?", opening="fled")
    scene = _scene("They fled and fled and fled on.")
    assert [m.group() for m in cue.find(scene, (0, len(scene.text)))] == ["fled and fled", "fled "]
