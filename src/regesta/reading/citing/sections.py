"""What an entry of a list is, by the heading that it stands under, its number and its words."""

from __future__ import annotations

from typing import Literal

from regesta.reading.citing.apparatus import looks_like_reference, role_of

__all__ = ["entry_kind"]


def entry_kind(
    heading: str, words: str, *, is_numbered: bool = False
) -> Literal["footnote", "bibliography", "link"] | None:
    """Return what an entry below the heading is, None where it is no reference; remarks under "Notes" are none.

    >>> entry_kind("Further reading", "Doe, J. 1999."), entry_kind("1968", "Doe, J. 1999.")
    ('bibliography', None)
    >>> entry_kind("Notes", "Ages are those at arrival."), entry_kind("Notes", "Ibid.", is_numbered=True)
    (None, 'footnote')
    """
    role = role_of(heading.strip(" \t*_#="))
    if role == "notes":
        if is_numbered:
            return "footnote"
        return "bibliography" if looks_like_reference(words, least=2) >= 2 else None
    if role == "works":
        return "bibliography"
    return "link" if role == "links" else None
