"""TEI P5, a file a source: its text from its blocks, with the names, dates and figures in it marked.

    <TEI> teiHeader   title, address, dates, licence, hash of the source; how the file was made
          standOff    the people, places and organisations that it names; passages of claims; marks that overlap
          text        div/head, p, list/item, table/row/cell, note, listBibl/bibl

    <persName ref="#e-7f...">Ada Brook</persName> <date when="1953-09-21" when-custom="1953-09-21">21 September 1953</date>

The words of the body are the text of the source, code point by code point, with U+FFFD for what XML cannot hold. Dates and
numbers are marked where a claim stands on them and the words alone say its value. Source: TEI Guidelines P5, version 4.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final
from xml.sax.saxutils import escape, quoteattr

from regesta.chronicle.rows import ClaimRow, SourceRow, Stop
from regesta.dates import find_dates
from regesta.errors import ExportError
from regesta.export.iris import address_of, iri
from regesta.export.merged import Merged
from regesta.export.nodes import decimal_of, limits_of
from regesta.export.portable import portable
from regesta.export.tei_layout import Laid, laid_out, plain
from regesta.export.tei_marking import Mark, Marked, marked
from regesta.export.told import words

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["write"]

_NAMES: Final = {
    "person": "persName",
    "place": "placeName",
    "facility": "placeName",
    "organisation": "orgName",
}
_LISTS: Final = {
    "person": ("listPerson", "person", "persName"), "group": ("listPerson", "personGrp", "persName"),
    "place": ("listPlace", "place", "placeName"), "facility": ("listPlace", "place", "placeName"),
    "organisation": ("listOrg", "org", "orgName"),
}  # fmt: skip
_NUMERAL: Final = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_DAY: Final = re.compile(r"(?!0000)\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d)?)?")
"""What the attribute `when` takes: no season, no year 0."""
_BLOCKS: Final = "select source, kind, start_char, end_char, content_start, parent, level, marker, is_header from blocks order by source, position"
_MENTIONS: Final = (
    "select distinct m.source, m.start_char, m.end_char, m.entity, m.form, e.kind from mentions m join entities e on e.id = m.entity "
    "order by all"
)
_ENTITIES: Final = (
    "select distinct m.source, e.kind, e.id, e.label, e.aliases, e.is_named, e.group_size from mentions m join entities e "
    "on e.id = m.entity order by m.source, e.kind, e.id"
)
_CLAIMS: Final = (
    "select p.source, p.start_char, p.end_char, c.* from claim_evidence p join claims c on c.id = p.claim "
    "order by p.source, p.start_char, p.end_char, c.id, p.position"
)


def write(chronicle: Chronicle, folder: Path) -> list[Path]:
    """Write a file for each source, under its name, and return the files.

    Raises `ExportError` where a row names a source that is not in the chronicle.
    """
    rows = {
        name: Merged(chronicle.stream(query))
        for name, query in (
            ("blocks", _BLOCKS),
            ("mentions", _MENTIONS),
            ("entities", _ENTITIES),
            ("claims", _CLAIMS),
            ("texts", "select source, text from texts order by source, start_char"),
        )
    }
    written: list[Path] = []
    taken: set[str] = set()
    for source in chronicle.sources():
        of = {name: [row[1:] for row in merged.of(source.name)] for name, merged in rows.items()}
        path = folder / f"{portable(source.name, taken)}.xml"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("w", encoding="utf-8", newline="\n") as file:
            _source(file, source, "".join(piece for (piece,) in of["texts"]), of)
        written.append(path)
    for merged in rows.values():
        if merged.head is not None:
            raise ExportError(
                "no such source", where=str(chronicle.path), found=merged.head[0], hint="build it again"
            )
    return written


def _source(file: IO[str], source: SourceRow, text: str, of: dict[str, list[Any]]) -> None:
    claims = [(start, end, _claim(values)) for start, end, *values in of["claims"]]
    marks = [_mention(*row) for row in of["mentions"]]
    marks += sorted(
        _dates(text, claims) | _figures(text, claims),
        key=lambda mark: (mark.start, mark.end, mark.tag, mark.attributes),
    )
    marks += [_passage(start, end, claim) for start, end, claim in dict.fromkeys(claims)]
    blocks = [Laid(*row) for row in of["blocks"]]
    made = marked(text, laid_out(text, blocks), marks)
    file.write('<?xml version="1.0" encoding="UTF-8"?>\n<TEI xmlns="http://www.tei-c.org/ns/1.0">\n')
    file.writelines(_header(source, text))
    file.writelines(_stand_off(of["entities"], made))
    language = f" xml:lang={quoteattr(source.language or '')}" if _is_tag(source.language) else ""
    file.write(f"<text{language}>")
    file.writelines(made.pieces)
    file.write("</text>\n</TEI>\n")


def _claim(values: list[Any]) -> ClaimRow:
    stops = values[16]
    if stops is not None:
        values[16] = tuple(Stop(**stop) for stop in stops)
    return ClaimRow(*values)


def _mention(start: int, end: int, entity: str, form: str, kind: str) -> Mark:
    points = f"#{entity}"
    if form == "name" and kind in _NAMES:
        return Mark(start, end, _NAMES[kind], f' ref="{points}"', points)
    return Mark(start, end, "rs", f' type="{kind}" subtype="{form}" ref="{points}"', points)


def _passage(start: int, end: int, claim: ClaimRow) -> Mark:
    return Mark(start, end, "claim", points=iri("claim", claim.id), gloss=words(claim), is_beside=True)


def _dates(text: str, claims: Iterable[tuple[int, int, ClaimRow]]) -> set[Mark]:
    """Return the dates in passages that are those of their claims, where the words alone say so."""
    wanted: dict[tuple[int, int], set[str]] = {}
    for start, end, claim in claims:
        told = {edtf for edtf in (claim.value_edtf, claim.when_edtf) if edtf}
        if told:
            wanted.setdefault((start, end), set()).update(told)
    found: set[Mark] = set()
    for (start, end), values in wanted.items():
        for phrase in find_dates(text, start, end):
            for edtf in sorted(values):
                if edtf == phrase.edtf or _is_year_told(phrase.partial, edtf):
                    found.add(Mark(phrase.span.start, phrase.span.end, "date", _dated(edtf)))
                    break
    return found


def _is_year_told(partial: str | None, edtf: str) -> bool:
    """Return whether a date is one without its year, the year being told elsewhere."""
    return partial is not None and partial.startswith("XXXX-") and edtf[4:] == partial[4:]


def _dated(edtf: str) -> str:
    told = f" when-custom={quoteattr(edtf)}"
    if _DAY.fullmatch(edtf):
        return f' when="{edtf}"{told}'
    limits = limits_of(edtf)
    names = {"earliest": "notBefore", "latest": "notAfter"}
    return "".join(f' {names[name]}="{day}"' for name, day in limits.items()) + told


def _figures(text: str, claims: Iterable[tuple[int, int, ClaimRow]]) -> set[Mark]:
    """Return the numerals in passages that are the numbers of their claims."""
    found: set[Mark] = set()
    for start, end, claim in claims:
        numbers = {n for n in (claim.value_number, claim.value_low, claim.value_high) if n is not None}
        if not numbers:
            continue
        for numeral in _NUMERAL.finditer(text, start, end):
            value = float(numeral[0].replace(",", ""))
            if value in numbers and numeral[0].isascii():
                unit = re.sub(r"\s+", "_", plain(claim.value_unit or "").strip())
                told = f" unit={quoteattr(unit)}" if unit else ""
                found.add(Mark(*numeral.span(), "measure", f' quantity="{decimal_of(value)}"{told}'))
    return found


def _header(source: SourceRow, text: str) -> Iterator[str]:
    illegal = sum(1 for a, b in zip(text, plain(text), strict=True) if a != b) if plain(text) != text else 0
    title = _line(source.title or source.name)
    yield f"<teiHeader>\n<fileDesc>\n<titleStmt><title>{title}</title></titleStmt>\n"
    yield f'<extent><measure unit="characters" quantity="{source.n_characters}">{source.n_characters} characters</measure></extent>\n'
    licence = f" Terms of the source, as stated: {_line(source.licence)}" if source.licence else ""
    yield f"<publicationStmt><p>Made by regesta from the source named below.{licence}</p></publicationStmt>\n"
    yield f"<sourceDesc><bibl><title>{title}</title>"
    yield f'<idno type="file">{_line(source.name)}</idno><idno type="sha256">{source.sha256}</idno>'
    if (url := address_of(source.url)) is not None:
        yield f"<ref target={quoteattr(url)}>{_line(url)}</ref>"
    elif source.url:
        yield f"<note>{_line(source.url)}</note>"
    for kind, edtf in (("issued", source.date), ("retrieved", source.retrieved)):
        if edtf:
            yield f'<date type="{kind}"{_dated(edtf)}>{_line(edtf)}</date>'
    yield "</bibl></sourceDesc>\n</fileDesc>\n<encodingDesc><editorialDecl>"
    yield "<p>The words of the body are the text that was read; bullets and numbers stand in seg of type mark, words outside of "
    yield "all blocks in ab of type unblocked. Attributes when-custom are EDTF. Marks that overlap are anchors and spans.</p>"
    yield f"<p>{illegal} characters that XML cannot hold are written as U+FFFD.</p></editorialDecl></encodingDesc>\n"
    if _is_tag(source.language):
        yield f"<profileDesc><langUsage><language ident={quoteattr(source.language or '')}>{_line(source.language or '')}</language></langUsage></profileDesc>\n"
    yield "</teiHeader>\n"


def _stand_off(entities: Iterable[tuple[Any, ...]], made: Marked) -> Iterator[str]:
    lists: dict[str, list[str]] = {}
    for kind, id_, label, aliases, is_named, size in entities:
        told = f' xml:id="{id_}" corresp="{iri("entity", id_)}"'
        if kind not in _LISTS:
            lists.setdefault("list", []).append(f'<item{told}><rs type="{kind}">{_line(label)}</rs></item>')
            continue
        list_, element, name = _LISTS[kind]
        told += f' size="{size}"' if size is not None and element == "personGrp" else ""
        told += f' type="{kind}"' if kind == "facility" else ""
        names = [f"<{name}>{_line(label)}</{name}>"] if is_named else [f"<p>{_line(label)}</p>"]
        names += [f"<{name}>{_line(alias)}</{name}>" for alias in aliases] if is_named else []
        lists.setdefault(list_, []).append(f"<{element}{told}>{''.join(names)}</{element}>")
    if not lists and not made.beside:
        return
    yield "<standOff>\n"
    for name in sorted(lists):
        yield f"<{name}>\n" + "\n".join(lists[name]) + f"\n</{name}>\n"
    if made.beside:
        yield "<spanGrp>\n"
        for mark in made.beside:
            points = f" ana={quoteattr(mark.points)}" if mark.points else ""
            yield f'<span type="{mark.tag}" from="#s{mark.start}" to="#e{mark.end}"{points}>{_line(mark.gloss)}</span>\n'
        yield "</spanGrp>\n"
    yield "</standOff>\n"


def _is_tag(language: str | None) -> bool:
    return language is not None and re.fullmatch(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*", language) is not None


def _line(told: str) -> str:
    return escape(" ".join(plain(told).split()))
