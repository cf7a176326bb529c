"""Ids stay with their mentions: when sources are added or taken away, when entities merge, split and merge again."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from regesta.model import Identity
from regesta.resolution.corpus import Corpus
from regesta.resolution.ledger import anchors_of, mint


def corpus_of(*fingerprints: str) -> Corpus:
    """A corpus of one source whose referents have these fingerprints."""
    corpus = Corpus()
    corpus.sources.append("a.txt")
    for number, fingerprint in enumerate(fingerprints):
        corpus.keys.append(f"m-{number}")
        corpus.kinds.append("person")
        corpus.quotes.append(f"Name {fingerprint}")
        corpus.document.append(0)
        corpus.fingerprints.append(fingerprint)
    return corpus


def test_without_a_ledger_an_id_is_made_of_the_first_mention() -> None:
    corpus = corpus_of("fm-a", "fm-b", "fm-c")
    apart, together = mint(corpus, [[0], [1], [2]]), mint(corpus, [[0, 2], [1]])
    assert len(set(apart.ids)) == 3
    assert together.ids == apart.ids[:2]
    assert [(line.id, line.anchor) for line in together.ledger] == [
        (apart.ids[0], "fm-a"),
        (apart.ids[0], "fm-c"),
        (apart.ids[1], "fm-b"),
    ]


def test_an_id_goes_with_its_mention_wherever_that_stands() -> None:
    first = mint(corpus_of("fm-a", "fm-b"), [[0], [1]])
    later = mint(corpus_of("fm-new", "fm-b", "fm-a"), [[0], [1], [2]], first.ledger)
    assert later.ids[1:] == (first.ids[1], first.ids[0])
    assert later.new == later.ids[:1]
    assert later.ledger[: len(first.ledger)] == first.ledger
    assert (later.merged, later.split, later.gone) == ((), (), ())


def test_a_merge_leaves_a_redirect_and_a_split_takes_it_back() -> None:
    corpus = corpus_of("fm-a", "fm-b")
    apart = mint(corpus, [[0], [1]])
    a, b = apart.ids
    merged = mint(corpus, [[0, 1]], apart.ledger)
    assert merged.ids == (a,)
    assert merged.merged == ((b, a),)
    assert merged.ledger[-1] == Identity(id=b, anchor="", redirect=a)
    again = mint(corpus, [[0, 1]], merged.ledger)
    assert again.ledger == merged.ledger
    assert again.merged == ()
    back = mint(corpus, [[0], [1]], again.ledger)
    assert back.ids == (a, b)
    assert {line.id: line.redirect for line in back.ledger} == {a: None, b: None}
    assert mint(corpus, [[0], [1]], back.ledger).ledger == back.ledger


def test_of_a_split_the_larger_part_keeps_the_id() -> None:
    corpus = corpus_of("fm-a", "fm-b", "fm-c")
    whole = mint(corpus, [[0, 1, 2]])
    parts = mint(corpus, [[0], [1, 2]], whole.ledger)
    assert parts.ids[1] == whole.ids[0] != parts.ids[0]
    assert parts.split == ((parts.ids[0], whole.ids[0]),)
    assert mint(corpus, [[0], [1, 2]], parts.ledger).ids == parts.ids


def test_what_is_gone_is_told_and_comes_back_under_its_id() -> None:
    both = mint(corpus_of("fm-a", "fm-b"), [[0], [1]])
    less = mint(corpus_of("fm-b"), [[0]], both.ledger)
    assert less.ids == both.ids[1:]
    assert less.gone == both.ids[:1]
    assert mint(corpus_of("fm-b", "fm-a"), [[0], [1]], less.ledger).ids == both.ids[::-1]


def test_several_of_one_fingerprint_are_told_apart() -> None:
    corpus = corpus_of("fm-a", "fm-a", "fm-b", "fm-a")
    assert anchors_of(corpus) == ["fm-a", "fm-a.2", "fm-b", "fm-a.3"]
    assert len(set(mint(corpus, [[0], [1], [2], [3]]).ids)) == 4


@st.composite
def builds(draw: st.DrawFn) -> list[tuple[list[str], list[list[int]]]]:
    """Some builds in turn: which mentions are there, and how they are clustered."""
    found = []
    for _ in range(draw(st.integers(1, 4))):
        names = draw(st.lists(st.sampled_from("abcdefg"), unique=True, min_size=1))
        labels = [draw(st.integers(0, 3)) for _ in names]
        clusters = [[n for n, label in enumerate(labels) if label == one] for one in dict.fromkeys(labels)]
        found.append((names, clusters))
    return found


@given(builds())
def test_laws_of_the_ledger(several: list[tuple[list[str], list[list[int]]]]) -> None:
    ledger: tuple[Identity, ...] = ()
    for names, clusters in several:
        corpus = corpus_of(*names)
        minted = mint(corpus, clusters, ledger)
        assert len(set(minted.ids)) == len(clusters)
        assert minted.ledger[: len(ledger)] == ledger, "only added to"
        again = mint(corpus, clusters, minted.ledger)
        assert again.ids == minted.ids, "the same build again changes no id"
        assert again.ledger == minted.ledger, "and adds nothing"
        state = {line.id: line.redirect for line in minted.ledger}
        assert all(state[id_] is None for id_ in minted.ids)
        assert all(target is None or target in state for target in state.values())
        ledger = minted.ledger
