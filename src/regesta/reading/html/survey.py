"""A page looked over once: its elements in order, what their attributes say, how many words stand within each.

    elements   html  head  body  div  p   a   p        in the order of the page
    index      0     1     2     3    4   5   6
    end(3)                                        7    what stands in the div: elements[3:7]
    words(3)   sums of all elements, taken apart: weight[7] - weight[3]

So whether an element stands within another is two comparisons, and how much of it is links two subtractions; nothing
walks up or down the tree again, however deep it is. What the counts mean is decided elsewhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate
from operator import add
from typing import cast

from regesta.reading.html.dom import Element

__all__ = ["Survey", "survey"]

_SKIPPED = frozenset({
    "script", "style", "noscript", "template", "head", "svg", "iframe", "object", "title", "textarea", "select",
})  # fmt: skip
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SORT_KEY = re.compile(r"(?:^|\s)(?:sortkey|sort-key|Z3988|mw-cite-backlink)(?:\s|$)")
_CAPTION = re.compile(r"(?:^|\s)(?:thumbcaption|gallerytext|wp-caption-text|caption|image-caption)(?:\s|$)")


@dataclass(slots=True)
class Survey:
    """What was seen; positions are those of `elements`."""

    elements: list[Element]
    tags: list[str]
    index: dict[Element, int]
    by_tag: dict[str, list[int]] = field(default_factory=dict)
    """Positions of the elements of each tag, but for those that tables and prose are full of."""
    names: dict[int, str] = field(default_factory=dict)
    """The classes of an element, as written."""
    by_name: dict[str, list[int]] = field(default_factory=dict)
    """Positions of the elements of each such value."""
    ids: dict[int, str] = field(default_factory=dict)
    roles: dict[int, str] = field(default_factory=dict)
    articles: list[int] = field(default_factory=list)
    """Elements marked as the body of an article by `itemprop`."""
    by_id: dict[str, int] = field(default_factory=dict)
    """The first element of each id, or anchor of that name."""
    links: list[tuple[int, str]] = field(default_factory=list)
    """Links within the page: position and the id that they lead to."""
    relations: list[tuple[int, str]] = field(default_factory=list)
    """What links say of where they lead: position of each `a` and `link` that has a `rel`, and that."""
    hidden: set[Element] = field(default_factory=set)
    captions: set[Element] = field(default_factory=set)
    """Elements whose class calls them the caption of a picture."""
    merged: set[Element] = field(default_factory=set)
    """Cells that say how many rows or columns they reach over."""
    _ends: dict[int, int] = field(default_factory=dict)
    _weight: list[int] = field(default_factory=list)
    _linked: list[int] = field(default_factory=list)
    _tails: list[int] = field(default_factory=list)

    def end(self, at: int) -> int:
        """Return the position behind the last element that stands within the one at `at`."""
        found = self._ends
        if at in found:
            return found[at]
        element = self.elements[at]
        if not len(element):  # as most are
            found[at] = at + 1
            return at + 1
        here: Element | None = element
        above: list[int] = []
        while True:
            if at in found:
                end = found[at]
                break
            above.append(at)
            below = here
            if below is None:  # pragma: no cover - every element but the root has a parent
                end = len(self.elements)
                break
            following = below.getnext()
            if following is not None and following in self.index:
                end = self.index[following]
                break
            here = below.getparent()
            if here is None or here not in self.index:
                end = len(self.elements)
                break
            at = self.index[here]
        for passed in above:
            found[passed] = end
        return end

    def holds(self, outer: int, inner: int) -> bool:
        """Return whether one element stands within another."""
        return outer < inner < self.end(outer)

    def words(self, at: int) -> int:
        """Return how many code points of words stand within an element, without what no reader sees."""
        weight = self._weight
        return weight[self._ends.get(at) or self.end(at)] - weight[at] - self._tails[at]

    def linked(self, at: int) -> int:
        """Return how many of its words are links."""
        linked = self._linked or self._weigh_links()
        return linked[self._ends.get(at) or self.end(at)] - linked[at]

    def _weigh_links(self) -> list[int]:
        """Sum up the words that are links, which not every page has to be asked for."""
        found = [0] * (len(self.elements) + 1)
        for at in self.by_tag.get("a", ()):
            found[at + 1] = self.words(at)
        self._linked = list(accumulate(found))
        return self._linked

    def at_edges(self, positions: Iterable[int], share: float) -> list[int]:
        """Return the positions before which, or behind which, stands no more than a share of the words that are no links."""
        weight, linked = self._weight, self._linked or self._weigh_links()
        total = self.words(0) - self.linked(0)
        low, high = share * total, (1 - share) * total
        return [at for at in positions if not low < weight[at] - linked[at] < high]

    def density(self, at: int) -> float:
        """Return the share of its words that are links, 0 where it has none."""
        words = self.words(at)
        return self.linked(at) / words if words else 0.0

    def within(self, at: int, *tags: str) -> list[int]:
        """Return the positions of the elements of these tags that stand within an element."""
        found: list[int] = []
        for tag in tags:
            if positions := self.by_tag.get(tag):
                found += positions[bisect_right(positions, at) : bisect_left(positions, self.end(at))]
        return found

    def of(self, *tags: str) -> list[int]:
        """Return the positions of all elements of these tags, ascending."""
        if len(tags) == 1:
            return self.by_tag.get(tags[0], [])
        return sorted(at for tag in tags for at in self.by_tag.get(tag, ()))

    def those(self, tag: str) -> list[Element]:
        """Return all elements of a tag that is not among the most common, in the order of the page."""
        return [self.elements[at] for at in self.by_tag.get(tag, ())]


_COMMON = frozenset({"td", "th", "tr", "br", "span", "b", "i", "sup", "div", "small", "font"})


def survey(root: Element) -> Survey:
    """Return what the tree holds below and with its root; comments must have been left out by the parser.

    Each element is asked everything while it is at hand: going over a page once per question takes twice as long.
    """
    seen = Survey([], [], {})
    elements, by_tag = seen.elements, seen.by_tag
    elements.extend(root.iter("*"))
    seen.tags = tags = cast("list[str]", [element.tag for element in elements])
    seen.index = dict(zip(elements, range(len(elements)), strict=True))
    for at, tag in [found for found in enumerate(tags) if found[1] not in _COMMON]:
        if tag in by_tag:
            by_tag[tag].append(at)
        else:
            by_tag[tag] = [at]
    _read_attributes(seen)
    weights = [len(words.strip()) if (words := element.text) else 0 for element in elements]
    tails = [len(words.strip()) if (words := element.tail) else 0 for element in elements]
    _weigh(seen, weights, tails)
    return seen


_REACH = frozenset({"rowspan", "colspan"})
_ASKED = _REACH | {"class", "style", "id", "name", "href", "role", "hidden", "itemprop", "rel"}


def _read_attributes(seen: Survey) -> None:
    """Write what the attributes of elements say into the survey; each class and style is looked at once."""
    names, by_name, links, tags = seen.names, seen.by_name, seen.links, seen.tags
    styles: dict[str, bool] = {}
    for at, element in enumerate(seen.elements):
        for key, value in cast("list[tuple[str, str]]", element.items()):
            if key not in _ASKED:
                continue
            if key == "href":
                if value[:1] == "#" and len(value) > 1 and tags[at] == "a":
                    links.append((at, value[1:]))
            elif key == "class":
                names[at] = value
                if value in by_name:
                    by_name[value].append(at)
                else:
                    by_name[value] = [at]
            elif key == "style":
                if value not in styles:
                    styles[value] = _HIDDEN_STYLE.search(value) is not None
                if styles[value]:
                    seen.hidden.add(element)
            elif key in _REACH:
                seen.merged.add(element)
            else:
                _read_rare(seen, at, key, value)
    for name, positions in by_name.items():
        if _SORT_KEY.search(name):
            seen.hidden.update([seen.elements[at] for at in positions])
        elif _CAPTION.search(name):
            seen.captions.update([seen.elements[at] for at in positions])


def _read_rare(seen: Survey, at: int, key: str, value: str) -> None:
    if key == "id" or (key == "name" and seen.tags[at] == "a"):
        if value:
            seen.by_id.setdefault(value, at)
        if key == "id":
            seen.ids[at] = value
    elif key == "rel":
        if seen.tags[at] in {"a", "link"}:
            seen.relations.append((at, value))
    elif key == "role":
        seen.roles[at] = value.strip().lower()
    elif key == "hidden":
        if value != "until-found":
            seen.hidden.add(seen.elements[at])
    elif key == "itemprop" and value == "articleBody":
        seen.articles.append(at)


def _weigh(seen: Survey, weights: list[int], tails: list[int]) -> None:
    """Sum up the words: `weights` are those at the beginning of each element, `tails` those behind it."""
    unseen = 0  # the end of the element whose words no reader sees
    for at in sorted(at for tag in _SKIPPED & seen.by_tag.keys() for at in seen.by_tag[tag]):
        if at < unseen:
            continue
        unseen = seen.end(at)
        weights[at] = 0
        for within in range(at + 1, unseen):
            weights[within] = tails[within] = 0
    seen._tails = tails  # noqa: SLF001 - the survey is made here
    seen._weight = [0, *accumulate(map(add, weights, tails))]  # noqa: SLF001
