"""Elements of lxml's tree, and the two questions that are asked of them everywhere."""

from __future__ import annotations

from typing import TypeAlias, cast

from lxml import etree

__all__ = ["Element", "select", "words_of"]

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml names the type of its elements so


def words_of(element: Element) -> str:
    """Return all text within an element, as it is written."""
    return etree.tostring(element, method="text", encoding="unicode", with_tail=False)


def select(element: Element, path: str) -> list[Element]:
    """Return the elements that an XPath finds, in the order of the page."""
    return cast("list[Element]", element.xpath(path))
