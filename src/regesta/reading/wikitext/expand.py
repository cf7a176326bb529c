"""Templates in their place on the page: notes, citations, boxes of facts, quotations, and words in running text.

    {{sfn|Doe|1997|p=3}}       a mark [1], its note "Doe 1997, p. 3."
    {{cite web|title=…}}       the citation's words
    {{Infobox person|name=…}}  term and definition, parameter by parameter
    {{birth date|…}}           what `templates.text_of` says

A template that nobody knows and that has no words is a problem of the document. How words are laid out is the walker's
business.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from mwparserfromhell.nodes import Template
from mwparserfromhell.wikicode import Wikicode

from regesta.reading.wikitext.citations import citation_words, is_citation, short_words
from regesta.reading.wikitext.masking import NOTHING
from regesta.reading.wikitext.templates import DROPPED, HATNOTES, looks_like_prose, text_of
from regesta.text.span import Span

if TYPE_CHECKING:
    from regesta.reading.wikitext.walk import Walker

__all__ = ["arguments", "expand", "template_name"]

_SKIPPED_PARAMETER = re.compile(
    r"(?:image|img|photo|logo|map|signature|flag|alt|caption)?_?(?:size|width|upright|alt|style|class|map|image|color|colour)\d{0,2}"
    r"|image\d?|img|photo|logo|signature|flag|alt|embed|child|module\d?|bodyclass|.*_(?:style|size|upright|alt|width)|box_width|nocat"
)
_QUOTES = frozenset(
    {"quote", "blockquote", "cquote", "quotation", "bquote", "quote box", "quotebox", "pull quote", "rquote"}
)
_TABLE_NOTES = frozenset({"references", "reflist", "notelist", "efn-list"})


def expand(walker: Walker, node: Template) -> None:
    """Lay out what a reader sees in place of a template."""
    name = template_name(node)
    if name in _TABLE_NOTES or name.startswith(("reflist", "notelist")):
        walker.note_list(node.get("refs").value if node.has("refs") else None)
        return
    positional, named = arguments(node)
    if name in {"sfn", "sfnp", "sfnm", "harvnb", "harv", "harvtxt", "harvp", "harvcol", "harvcolnb"}:
        words = short_words(
            {k: walker.plain(v) for k, v in named.items()}, [walker.plain(p) for p in positional]
        )
        if name.startswith("sfn"):
            walker.mark(walker.notes.cite_words(words + ".", walker.offset))
        else:
            walker.begin_line()
            walker.write(f"({words})" if name == "harv" else words)
    elif name in {"efn", "efn-ua", "efn-lr", "refn", "ref", "notetag", "#tag:ref"}:
        _note_template(walker, name, positional, named)
    elif name in {"r", "ref name"}:
        for part in positional:
            walker.mark(
                walker.notes.cite(walker.plain(named.get("group")), walker.plain(part), None, walker.offset)
            )
    elif is_citation(name):
        _citation(walker, positional, named)
    elif name.startswith(("infobox", "taxobox", "geobox")) or name.endswith("infobox"):
        _box(walker, node)
    elif name in _QUOTES and not walker.flat:
        parts = [v for k in ("text", "quote") if (v := named.get(k))] or positional[:1]
        source = [v for k in ("author", "source", "sign", "title") if (v := named.get(k))] or positional[1:2]
        walker.quote([*parts, *source])
    elif HATNOTES.fullmatch(name):
        words = " ".join(walker.plain(p) for p in positional)
        if words:
            walker.aside.append((f"{name}: {words}", walker.offset))
    elif not DROPPED.fullmatch(name):
        _text_template(walker, name, positional, named)


def _text_template(
    walker: Walker, name: str, positional: list[Wikicode], named: Mapping[str, Wikicode]
) -> None:
    words = [walker.plain(p) for p in positional]
    shown = text_of(name, words, {k: walker.plain(v) for k, v in named.items()})
    if shown is not None:
        wrapped = next((p for p, w in zip(positional, words, strict=True) if w == shown), None)
        if shown:
            walker.begin_line()
        if wrapped is not None and (walker.flat or "\n" not in str(wrapped).strip()):
            walker.walk(wrapped)  # its links, marks and notes live on
        elif wrapped is not None:
            walker.newlines = 1
            walker.walk(wrapped)
        else:
            for n, line in enumerate(shown.split("\n")):
                if n:
                    walker.layout.newline()
                walker.write(line)
        return
    prose = [p for p, w in zip(positional, words, strict=True) if looks_like_prose(w)]
    if prose:
        walker.begin_line()
        for n, part in enumerate(prose):
            if n:
                walker.write(" ")
            walker.walk(part)
    elif words or named:
        at = walker.layout.length
        walker.problems.append(
            (Span(at, at), "R003", f"the template {name[:80]!r} is unknown and was left out")
        )


def _note_template(
    walker: Walker, name: str, positional: list[Wikicode], named: Mapping[str, Wikicode]
) -> None:
    styles = {"efn": "lower-alpha", "efn-ua": "upper-alpha", "efn-lr": "lower-roman", "notetag": "note"}
    group = walker.plain(named.get("group")) or styles.get(name, "note" if name == "refn" else "")
    contents = positional[0] if positional and str(positional[0]).strip() else None
    walker.mark(walker.notes.cite(group, walker.plain(named.get("name")), contents, walker.offset))


def _citation(walker: Walker, positional: list[Wikicode], named: Mapping[str, Wikicode]) -> None:
    values = {key: words for key, value in named.items() if (words := walker.plain(value))}
    if not values and positional:
        walker.begin_line()
        for part in positional:
            walker.walk(part)
        return
    walker.begin_line()
    walker.write(" ".join(citation_words(values).split()))
    if walker.entry is not None:
        walker.entry.citations.append(values)


def _box(walker: Walker, node: Template) -> None:
    """Lay out a box of facts as pairs of term and definition."""
    if walker.flat:
        return
    walker.end_lists()
    raw, base, cursor = str(node), walker.offset, 0
    for parameter in node.params:
        cursor = max(cursor, raw.find(str(parameter), cursor))
        offset = base + cursor
        key = str(parameter.name).strip()
        if not parameter.showkey or _SKIPPED_PARAMETER.fullmatch(key.lower()):
            if "{{" in str(parameter.value) and key.startswith("module"):
                walker.walk(parameter.value)
            continue
        if not walker.plain(parameter.value):
            continue
        if "caption" in key.lower():
            draft = walker.layout.open("caption", gap=1, origin=offset)
        else:
            term = walker.layout.open("term", gap=1, origin=offset)
            walker.layout.write(key.replace("_", " "))
            walker.layout.close(term)
            draft = walker.layout.open("definition", prefix="  ", gap=1, origin=offset)
        walker.walk_flat(parameter.value)
        walker.layout.close(draft)
    walker.newlines = 1


def template_name(node: Template) -> str:
    """Return the name in lower case, without namespace and line ends."""
    name = str(node.name).replace(NOTHING, "").replace("_", " ")
    name = " ".join(name.split()).lower()
    return name.removeprefix("template:").removeprefix("subst:").strip()


def arguments(node: Template) -> tuple[list[Wikicode], dict[str, Wikicode]]:
    """Return the unnamed arguments (numbered ones included) in order, and the named ones by their name in lower case."""
    positional: dict[int, Wikicode] = {}
    named: dict[str, Wikicode] = {}
    for parameter in node.params:
        key = str(parameter.name).strip()
        if key.isascii() and key.isdigit() and len(key) < 4:
            positional[int(key)] = parameter.value
        else:
            named[key.lower()] = parameter.value
    return [positional[n] for n in sorted(positional)], named
