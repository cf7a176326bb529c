"""Words that a document explains in a list or a table of words.

    Terms                                    | Word      | Script   | Meaning     |
    Gusano                                   | sidet     | ስደት     | "exile"     |
      literally "worm"; coined in 1961

    - **Ngolop** (Dzongkha ངོ་ལོག): "anti-national"; used from 1990

Entries of a definition list or items under a heading that speaks of words, lines under one that promises nothing else ("Glossary"),
and tables with a column of words and one of meanings.
Words explained in running text are found by `rules/term.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from regesta.extraction.passages import Passage
from regesta.extraction.scene import Scene
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["Explained", "explained"]

_OF_WORDS = lazy(
    r"\b(?:terms?|terminology|words?|vocabulary|glossary|expressions?|etymology|nomenclature|designations?)\b",
    2,
)
_GLOSSARY = lazy(
    r"(?:\W|\d|(?:the|a|some|short|brief|main|key|important|list|of|and) )*(?:glossary|glossaries|vocabulary|terminology|terms|definitions|expressions|words)"
    r"(?:(?: and| &|,)? (?:terms|definitions|expressions|abbreviations|words|vocabulary))*(?: (?:of terms|used|explained|in use)(?: in (?:this|the) \w+)?)?\W*",
    2,
)
"""A heading of nothing but explained words, not "Terms of the treaty"."""
_OF_NAMES = lazy(r"\b(?:names?|naming|called)\b", 2)
_WORD_HEAD = lazy(r"\W*(?:words?|terms?|names?|expressions?|labels?|designations?)\W*$", 2)
_SENSE_HEAD = lazy(
    r"\W*(?:literal )?(?:meanings?|translations?|senses?|literally|gloss|in english|english)\W*$", 2
)
_SCRIPT_HEAD = lazy(r"\W*(?:original|native )?(?:scripts?|writing|spelling|in .{2,20})\W*$", 2)
_QUOTED = lazy(r"\"(?P<sense>[^\"]{2,120})\"")
_FIRST_WORDS = lazy(r"(?:literally )?(?P<sense>(?:an? |the )?[a-z][^;:.()\"]{2,90}?)\s*(?:[;:.(]|$)")
_OPENS_ITEM = lazy(
    r"[ *_'\"]*(?P<word>[^\W\d_][\w'’ʼ-]*(?: [\w'’ʼ-]+){0,3})[ *_'\"]*(?:\((?P<aside>[^()]{1,60})\))?[ *_]*(?::|=| [–—-] )[ *_]*"
)
_FOREIGN = lazy(r"[^\W\d_\x00-\u024f][^,;:()\x00-\u024f]*(?: [^\W\d_\x00-\u024f][^,;:()\x00-\u024f]*)*")
"""Words in another script."""
_QUOTE_REACH = 60
_LONGEST_WORD = 60


class Explained(NamedTuple):
    """One word with what is said of it."""

    passage: Passage
    """The passage of the word."""
    word: Span
    script: Span | None
    sense: Span | None
    about: Passage | None
    """The passage that explains it, where it is running text."""


def explained(scene: Scene) -> Iterator[Explained]:
    """Yield the words that lists and tables of words explain, in the order of the text."""
    yield from _in_lists(scene)
    yield from _in_items(scene)
    yield from _in_lines(scene)
    yield from _in_tables(scene)


def _in_lists(scene: Scene) -> Iterator[Explained]:
    blocks = scene.document.blocks
    for above, passage in zip(scene.passages, scene.passages[1:], strict=False):
        if passage.kind != "definition" or blocks[above.block].kind != "term":
            continue
        words = _heading(scene, passage)
        if above.span.end - above.span.start > _LONGEST_WORD or not (
            _OF_WORDS.search(words) or _OF_NAMES.search(words)
        ):
            continue
        if any(s.actor.kind in ("person", "group") and s.form == "name" for s in scene.said[above.index]):
            continue
        sense = _sense(scene, passage, is_sure=_OF_WORDS.search(words) is not None)
        if sense is not None:
            yield Explained(above, above.span.strip(scene.text, " *_'\""), None, sense, passage)


def _in_items(scene: Scene) -> Iterator[Explained]:
    """Yield the words that open the items of a list of words, each before a colon or a dash and its sense."""
    for passage in scene.passages:
        if passage.kind == "item" and _OF_WORDS.search(_heading(scene, passage)):
            found = _opening(scene, passage, passage.span)
            if found is not None:
                yield found


def _in_lines(scene: Scene) -> Iterator[Explained]:
    """Yield the words that open the lines under a heading such as "Glossary", where two of them do at least."""
    under: dict[int, list[Explained]] = {}
    for passage in scene.passages:
        if passage.kind == "prose" and _GLOSSARY.fullmatch(_heading(scene, passage).strip()):
            lines = (_opening(scene, passage, sentence) for sentence in passage.sentences)
            under.setdefault(scene.document.sections[passage.block][-1], []).extend(filter(None, lines))
    for found in under.values():
        if len(found) > 1:
            yield from found


def _opening(scene: Scene, passage: Passage, line: Span) -> Explained | None:
    """Return the word that opens a line, with its sense: 'Ngolop (ངོ་ལོག): "anti-national"; used from 1990'."""
    match = _OPENS_ITEM.match(scene.text, *line)
    if match is None:
        return None
    sense = _QUOTED.match(scene.text, match.end(), line.end)
    sense = sense or _FIRST_WORDS.match(scene.text, match.end(), line.end)
    word = Span(*match.span("word"))
    named = [s for s in scene.said[passage.index] if s.form == "name" and s.span.overlaps(word)]
    if sense is None or any(s.actor.kind in ("person", "group") for s in named):
        return None
    script = _FOREIGN.search(scene.text, *match.span("aside")) if match["aside"] else None
    return Explained(
        passage, word, Span(*script.span()) if script else None, Span(*sense.span("sense")), passage
    )


def _heading(scene: Scene, passage: Passage) -> str:
    headings = scene.document.sections[passage.block]
    return scene.document.blocks[headings[-1]].content.of(scene.text) if headings else ""


def _sense(scene: Scene, passage: Passage, *, is_sure: bool) -> Span | None:
    """Return the words in quotes that open an explanation, else its first words where the list is surely one of words."""
    found = _QUOTED.search(
        scene.text, passage.span.start, min(passage.span.end, passage.span.start + _QUOTE_REACH)
    )
    if found is None and is_sure:
        found = _FIRST_WORDS.match(scene.text, *passage.span)
    return Span(*found.span("sense")) if found else None


def _in_tables(scene: Scene) -> Iterator[Explained]:
    for table in scene.document.tables:
        heads = [" ".join(cell.split()) for cell in table.rows[0]] if table.n_header_rows else []
        word = next((c for c, head in enumerate(heads) if _WORD_HEAD.match(head)), None)
        sense = next((c for c, head in enumerate(heads) if _SENSE_HEAD.match(head)), None)
        script = next((c for c, head in enumerate(heads) if _SCRIPT_HEAD.match(head)), None)
        if word is None or sense is None or word == sense:
            continue
        for row in table.cells[table.n_header_rows :]:
            spelt = row[word].strip(scene.text, " *_'\"\n")
            meant = row[sense].strip(scene.text, " \n")
            passage = scene.passage_at(spelt.start) if spelt.end > spelt.start else None
            if passage is None or meant.end <= meant.start or spelt.end - spelt.start > _LONGEST_WORD:
                continue
            quoted = _QUOTED.search(scene.text, *meant)
            yield Explained(
                passage,
                spelt,
                row[script].strip(scene.text, " *_'\"\n") if script is not None else None,
                Span(*quoted.span("sense")) if quoted else meant,
                None,
            )
