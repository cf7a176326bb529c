"""TriG: the graph of a chronicle with a named graph for each source, so that a store can tell who says what.

    claim:c-1f0c a regesta:Claim , prov:Entity ; regesta:subject entity:e-77 ; ...          entities, findings: the default graph
    GRAPH <urn:regesta:source:...:wp.txt> { ... }                                            its passages, mentions, claims

The same nodes as in `jsonld`, so the two say the same triples. Terms are looked up in `context.jsonld`. Control characters are
escaped, nothing is left out of a text. Source: RDF 1.1 TriG, W3C.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from regesta.errors import ExportError
from regesta.export.graph import nodes
from regesta.export.iris import URN
from regesta.export.jsonld import context, copied
from regesta.export.nodes import Node

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["literal", "write"]

_KINDS: Final = (
    "claim",
    "entity",
    "method",
    "predicate",
    "reference",
    "finding",
    "decision",
    "family",
    "statement",
)
_SHORT: Final = re.compile(rf"{URN}({'|'.join(_KINDS)}):([A-Za-z0-9](?:[A-Za-z0-9_-]*[A-Za-z0-9])?)")
_COMPACT: Final = re.compile(r"[a-z]+:[A-Za-z]+")
_SPECIAL: Final = re.compile(r'["\\\x00-\x1f\x7f]')
_ESCAPES: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}


def write(chronicle: Chronicle, folder: Path) -> list[Path]:
    """Write `chronicle.trig`, the vocabulary and the shapes, and return them."""
    path = folder / "chronicle.trig"
    writer = _Writer(context())
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(writer.prefixes())
        inside: str | None = None
        for source, node in nodes(chronicle):
            if source != inside:
                file.write("}\n" if inside is not None else "")
                file.write(f"GRAPH <{source}> {{\n" if source is not None else "")
                inside = source
            file.write(writer.told(node))
        file.write("}\n" if inside is not None else "")
    return [path, *copied(folder)]


class _Writer:
    """Nodes of JSON-LD into Turtle, by the terms of one context."""

    def __init__(self, terms: dict[str, Any]) -> None:
        self.names = {
            name: told for name, told in terms.items() if isinstance(told, str) and _is_prefix(told)
        }
        self.terms: dict[str, tuple[str, str | None]] = {}
        for name, told in terms.items():
            if isinstance(told, dict):
                self.terms[name] = (told["@id"], told.get("@type"))
            elif isinstance(told, str) and name not in self.names:
                self.terms[name] = (told, None)

    def prefixes(self) -> list[str]:
        own = {kind: f"{URN}{kind}:" for kind in _KINDS}
        return [f"@prefix {name}: <{told}> .\n" for name, told in {**self.names, **own}.items()]

    def told(self, node: Node) -> str:
        """Return a node with its statements."""
        return f"{self._iri(node['@id'])}{self._statements(node)} .\n"

    def _statements(self, node: Node) -> str:
        parts = []
        for name, value in node.items():
            if name == "@id":
                continue
            values = value if isinstance(value, list) else [value]
            if name == "@type":
                parts.append(f" a {' , '.join(values)}")
                continue
            term, kind = self.terms[name]
            parts.append(f" {term} {' , '.join(self._value(each, kind) for each in values)}")
        return " ;".join(parts)

    def _value(self, value: Any, kind: str | None) -> str:
        match value:
            case {"@value": words, "@language": tag}:
                return f"{literal(words)}@{tag}"
            case dict():
                return f"[{self._statements(value)} ]"
            case bool():
                return "true" if value else "false"
            case int():
                return str(value)
            case str() if kind == "@id":
                return self._iri(value)
            case str() if kind is not None:
                return f"{literal(value)}^^{kind}"
            case str():
                return literal(value)
        raise ExportError("cannot be told in RDF", found=type(value).__name__)

    def _iri(self, value: str) -> str:
        short = _SHORT.fullmatch(value)
        if short is not None:
            return f"{short[1]}:{short[2]}"
        if _COMPACT.fullmatch(value) and value.partition(":")[0] in self.names:
            return value
        return f"<{value}>"


def _is_prefix(told: str) -> bool:
    return told.startswith(("http", "urn:")) and told.endswith(("/", "#", ":"))


def literal(words: str) -> str:
    r"""Return words in quotation marks as Turtle takes them.

    >>> print(literal('say "no"\n\x00'))
    "say \"no\"\n\u0000"
    """
    return f'"{_SPECIAL.sub(_escaped, words)}"' if _SPECIAL.search(words) else f'"{words}"'


def _escaped(found: re.Match[str]) -> str:
    return _ESCAPES.get(found[0]) or f"\\u{ord(found[0]):04X}"
