"""Every error that regesta raises on purpose.

    RegestaError
    ├── ReadError         a source cannot be read
    ├── DateError         a string is no EDTF date
    ├── VocabularyError   a pack, a predicate or a kind is not what it should be
    ├── DecisionError     a decision cannot be recorded or applied
    ├── StoreError        a chronicle cannot be opened, written or queried
    ├── ProjectError      a project or its settings are not what they should be
    ├── ExportError       a chronicle cannot be written in the wanted form
    └── EngineError       an engine failed or is missing

A message says, in this order: where, what was found, what was expected, what to do. The parts are attributes,
`str()` is made of them. Nothing here is for bad *items* inside a batch: those become `Rejection` values.
"""

from __future__ import annotations

__all__ = [
    "DateError",
    "DecisionError",
    "EngineError",
    "ExportError",
    "ProjectError",
    "ReadError",
    "RegestaError",
    "StoreError",
    "VocabularyError",
]


class RegestaError(Exception):
    """A mistake in the input or its use, told so that the reader can mend it.

    >>> str(RegestaError("month is 13", where="annals.html:41", found="1204-13", hint="write 1204-XX if the month is unknown"))
    "annals.html:41: month is 13: found '1204-13'; write 1204-XX if the month is unknown"
    """

    def __init__(
        self, problem: str, *, where: str | None = None, found: object = None, hint: str | None = None
    ) -> None:
        super().__init__(problem)
        self.problem = problem
        """What is wrong, in a few words, lower case, no full stop."""
        self.where = where
        """The path, line, column or field; `path:line` where there is a line."""
        self.found = found
        """The offending value; shown by `repr`."""
        self.hint = hint
        """What was expected, or the next step."""

    def __str__(self) -> str:
        text = f"{self.where}: {self.problem}" if self.where else self.problem
        if self.found is not None:
            text += f": found {self.found!r}"
        return f"{text}; {self.hint}" if self.hint else text


class ReadError(RegestaError):
    """A source cannot be read: absent, of an unknown format, or damaged."""


class DateError(RegestaError):
    """A string is no date in the Extended Date/Time Format (ISO 8601-2)."""


class VocabularyError(RegestaError):
    """A pack, a predicate or a kind is missing or ill-formed."""


class DecisionError(RegestaError):
    """A decision cannot be recorded, or its target is unknown."""


class StoreError(RegestaError):
    """A chronicle cannot be opened, written or queried."""


class ProjectError(RegestaError):
    """A project, its `regesta.toml` or its `sources.toml` is not what it should be."""


class ExportError(RegestaError):
    """A chronicle cannot be written in the form that was asked for."""


class EngineError(RegestaError):
    """An engine (DuckDB, Spark) failed, or is not installed."""
