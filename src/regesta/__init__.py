"""regesta reads documents that tell overlapping stories, and writes one chronicle with the passage behind every claim.

    document = regesta.read("page.html")
    with regesta.build(["sources/"]) as chronicle:
        for person in chronicle.people():
            print(person.label, chronicle.claims(about=person))

Names are loaded when they are first used, so that `import regesta` loads no database.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regesta import errors, model, names
    from regesta.chronicle import Chronicle, open  # noqa: A004 - the contract's name
    from regesta.errors import RegestaError
    from regesta.export import export
    from regesta.extraction import extract
    from regesta.pipeline import build
    from regesta.reading import read
    from regesta.resolution import resolve
    from regesta.shelf import search
    from regesta.version import __version__

__all__ = [
    "Chronicle",
    "RegestaError",
    "__version__",
    "build",
    "errors",
    "export",
    "extract",
    "model",
    "names",
    "open",
    "read",
    "resolve",
    "search",
]

_HOME = {
    "Chronicle": ("regesta.chronicle", "Chronicle"),
    "RegestaError": ("regesta.errors", "RegestaError"),
    "__version__": ("regesta.version", "__version__"),
    "build": ("regesta.pipeline", "build"),
    "export": ("regesta.export", "export"),
    "extract": ("regesta.extraction", "extract"),
    "open": ("regesta.chronicle", "open"),
    "read": ("regesta.reading", "read"),
    "resolve": ("regesta.resolution", "resolve"),
    "search": ("regesta.shelf", "search"),
}
"""Where each public name lives; modules live under their own name."""
_WITH = {"names": "regesta.names.comparing"}
"""Who asks the package for a module gets this ready too: names are there to be compared."""


def __getattr__(name: str) -> Any:
    if name in _HOME:
        module, attribute = _HOME[name]
        return getattr(import_module(module), attribute)
    if name in _WITH:
        import_module(_WITH[name])
    if name in __all__:
        return import_module(f"regesta.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
