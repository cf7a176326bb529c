"""JSON-LD: the graph of a chronicle in one file, a node a line, with its context inside.

    {"@context": {...}, "@graph": [
    {"@id": "urn:regesta:claim:c-1f0c...", "@type": ["regesta:Claim", "prov:Entity"], "wasDerivedFrom": [...], ...},
    ...]}

The context is that of `context.jsonld`, so no reader has to fetch one. `vocabulary.ttl` says what the terms mean, `shapes.ttl`
(SHACL) what every chronicle keeps. There are no named graphs here: `trig` has one a source.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from regesta.export.graph import nodes

if TYPE_CHECKING:
    from regesta.chronicle import Chronicle

__all__ = ["context", "copied", "write"]

_HERE: Final = Path(__file__).parent


def write(chronicle: Chronicle, folder: Path) -> list[Path]:
    """Write `chronicle.jsonld`, the vocabulary and the shapes, and return them."""
    path = folder / "chronicle.jsonld"
    encode = msgspec.json.Encoder().encode
    with path.open("wb") as file:
        file.write(b'{"@context": ' + encode(context()) + b', "@graph": [')
        before = b"\n"
        for _, node in nodes(chronicle):
            file.write(before + encode(node))
            before = b",\n"
        file.write(b"\n]}\n")
    return [path, *copied(folder)]


def context() -> dict[str, Any]:
    """Return the terms and prefixes of the graph.

    >>> context()["earliest"]
    {'@id': 'regesta:earliest', '@type': 'xsd:date'}
    """
    told: dict[str, Any] = msgspec.json.decode((_HERE / "context.jsonld").read_bytes())["@context"]
    return told


def copied(folder: Path) -> list[Path]:
    """Write the vocabulary and the shapes into a folder, and return them."""
    paths = [folder / name for name in ("vocabulary.ttl", "shapes.ttl")]
    for path in paths:
        path.write_bytes((_HERE / path.name).read_bytes())
    return paths
