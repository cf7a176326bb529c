"""Which parts of a page are the document, and which are the furniture around it.

    <body>
      <nav>…</nav>              furniture: says so
      <div class="wrap">
        <h1>…</h1>              kept: a title is never furniture
        <div id="col1">…</div>  the article: holds most of the words that are not links
        <div id="col2">…</div>  furniture: beside the article, mostly links

Leaving out is the greater danger: what does not clearly show that it is furniture stays in the body. This module lays
out no text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field

from regesta.reading.html.dom import Element, words_of
from regesta.reading.html.namings import CONSENT, NAMED, NAMED_INLINE, TEASER, TITLED
from regesta.reading.html.survey import Survey

__all__ = ["furniture"]

_INLINE = frozenset(
    {"span", "sup", "sub", "a", "small", "b", "i", "em", "strong", "abbr", "cite", "time", "td", "th"}
)
_PIECES = _INLINE - {"td", "th"}
_ROLES = frozenset({
    "navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "menubar",
    "toolbar", "doc-toc",
})  # fmt: skip
_TAGS = frozenset(
    {"nav", "footer", "aside", "form", "button", "select", "search", "dialog", "header", "menu"}
)
_LINES = frozenset({"div", "p", "center", "td", "aside", "section"})
_BOXES = frozenset({"div", "section", "aside", "dialog", "form", "p", "table"})
_COOKIE = re.compile("cookie|쿠키|クッキー", re.IGNORECASE)
_CONSENT_WORDS = ("cookie", "쿠키", "クッキー", "store and access")  # one stands in whatever `CONSENT` finds
_NO_BAR = frozenset({"body", "html", "h1", "h2", "h3", "li", "main", "article"})
_PROSE = 400  # code points of plain words beside which a short column of links is a menu
_NOTES = ("cite_note", "cite-note", "footnote", "endnote", "fn-", "fn:")
_CONTENT_IDS = ("mw-content-text", "bodyContent", "mw-body-content")
_CANDIDATE_TAGS = ("nav", "footer", "aside", "form", "button", "select", "search", "dialog", "header", "menu")


def furniture(seen: Survey, *, is_page: bool) -> set[Element]:
    """Return the outermost elements that are no part of the document; `is_page` is False for a bare fragment."""
    judge = _Judge(seen)
    out = judge.named()
    if is_page:
        article = judge.article(out)
        if article is None:
            article = judge.densest(out)
        out |= (
            judge.link_lists(out)
            | judge.link_cells()
            | judge.link_bars()
            | judge.link_lines()
            | judge.consent()
        )
        if article is not None:
            judge.leave_out_beside(article, out)
    return {seen.elements[at] for at in out}


@dataclass(slots=True)
class _Judge:
    """The questions that decide; elements are their positions in the survey."""

    seen: Survey
    headlines: list[int] = field(init=False)
    _says_so: dict[tuple[str, bool], bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.headlines = self._titles()

    def _titles(self) -> list[int]:
        """Return the headings that may be the document's title: those that say so, else those that the window shows."""
        seen = self.seen
        headings = seen.of("h1", "h2", "h3")
        said = [
            at
            for at in headings
            if TITLED.search(seen.names.get(at, "") + " " + seen.ids.get(at, "")) and seen.words(at)
        ]
        window = next((" ".join(words_of(seen.elements[at]).split()) for at in seen.of("title")), "")
        shown = [
            at
            for at in headings
            if 8 < seen.words(at) <= len(window)
            and window.startswith(" ".join(words_of(seen.elements[at]).split()))
        ]
        titles = said if len(said) == 1 else shown
        return titles[:1] if titles else seen.of("h1")

    def headlines_in(self, at: int) -> list[int]:
        """Return the titles that the element is or holds."""
        first = bisect_left(self.headlines, at)
        return self.headlines[first : bisect_left(self.headlines, self.seen.end(at))]

    def named(self) -> set[int]:
        """Return the outermost elements that say by tag, role, class or id that they are furniture."""
        seen = self.seen
        out: set[int] = set()
        end = 0
        told = {*seen.ids, *seen.roles, *seen.of(*_CANDIDATE_TAGS)}
        for name, positions in seen.by_name.items():
            blocks = [at for at in positions if seen.tags[at] not in _PIECES]
            if blocks and self._names(name, is_inline=False):
                told.update(blocks)
            if len(blocks) < len(positions) and self._names(name, is_inline=True):
                told.update([at for at in positions if seen.tags[at] in _PIECES])
        for at in sorted(told):
            if at >= end and self._is_furniture(at):
                out.add(at)
                end = seen.end(at)
        return out

    def _is_furniture(self, at: int) -> bool:
        seen = self.seen
        tag, role = seen.tags[at], seen.roles.get(at, "")
        if tag == "li" and seen.ids.get(at, "").lower().startswith(_NOTES):
            return False  # "cite_note-banner-15" is a note that its writer called so
        if tag in {"td", "th"}:  # cells of a table that arranges the page
            return self.says_so(at, is_inline=False) and seen.density(at) > 0.5 and not self._is_most(at)
        says_so = self.says_so(at, is_inline=tag in _INLINE)
        if not (says_so or role or tag in _TAGS):
            return False
        if tag in {"body", "html", "main", "article", "h1"} or (tag in {"table", "p"} and not says_so):
            return False
        if tag == "nav" or role in {"navigation", "doc-toc"}:
            return seen.words(at) <= 0.8 * seen.words(0)
        if self._is_most(at):
            return False  # whatever it is called, most of the page is no furniture
        if len(self.headlines) == 1 and self.headlines_in(at):
            return False
        if tag in {"header", "footer", "aside"} and self._is_in_article(at):
            return says_so or seen.density(at) > 0.4
        if tag == "form":
            return seen.words(at) < 300
        return says_so or tag in _TAGS or role in _ROLES

    def _is_most(self, at: int) -> bool:
        size = self.seen.words(at)
        return size > 0.4 * self.seen.words(0) and size > 200

    def says_so(self, at: int, *, is_inline: bool) -> bool:
        """Return whether the class or the id names a piece of furniture."""
        seen = self.seen
        return self._names(seen.names.get(at), is_inline=is_inline) or self._names(
            seen.ids.get(at), is_inline=is_inline
        )

    def _names(self, name: str | None, *, is_inline: bool) -> bool:
        if not name:
            return False
        known = self._says_so.get((name, is_inline))
        if known is None:
            pattern = NAMED_INLINE if is_inline else NAMED
            known = self._says_so[name, is_inline] = pattern.search(name.lower()) is not None
        return known

    def _is_in_article(self, at: int) -> bool:
        return any(self.seen.holds(outer, at) for outer in self.seen.of("article", "main"))

    def article(self, out: set[int]) -> int | None:
        """Return the element that the page itself marks as its article."""
        seen = self.seen
        for name in _CONTENT_IDS:
            if name in seen.by_id:
                return seen.by_id[name]
        enough = 0.3 * (seen.words(0) - sum(map(seen.words, out)))
        mains = [at for at in seen.of("main") if at not in out] or [
            at for at, role in seen.roles.items() if role == "main" and at not in out
        ]
        best = max(mains, key=seen.words, default=None)
        if best is not None and seen.words(best) < enough:
            best = None
        scope = range(best, seen.end(best)) if best is not None else range(len(seen.elements))
        marked = [at for at in seen.of("article") if at in scope] or [
            at for at in seen.articles if at in scope
        ]
        if marked:
            marked.sort(key=lambda at: -seen.words(at))
            first = seen.words(marked[0])
            rest = sum(seen.words(at) for at in marked[1:] if not seen.holds(marked[0], at))
            if first >= (enough if best is None else 0.6 * seen.words(best)) and first > 2 * rest:
                return marked[0]
        return best

    def densest(self, out: set[int]) -> int | None:
        """Return the deepest element that holds four fifths of the page's words outside links and furniture."""
        seen = self.seen

        def weight(at: int) -> int:
            return 0 if at in out else seen.words(at) - seen.linked(at)

        here = 0
        goal = 0.8 * (weight(0) - sum(seen.words(at) - seen.linked(at) for at in out))
        while goal > 0:
            children = (seen.index[child] for child in seen.elements[here])
            below = next((at for at in children if weight(at) >= goal), None)
            if below is None or seen.tags[below] in {"table", "ul", "ol", "p", "dl", "section"}:
                break
            here = below
        return None if here == 0 or seen.tags[here] == "body" else here

    def link_lists(self, out: set[int]) -> set[int]:
        """Return lists of nothing but links above the page's title, and below headings such as "Most viewed"."""
        seen = self.seen
        found: set[int] = set()
        heading: int | None = None
        seen_title = not self.headlines
        for at in seen.of("h1", "h2", "h3", "h4", "ul", "ol"):
            tag = seen.tags[at]
            if tag[0] == "h":
                heading = at
                found |= self._teased(at)
                seen_title = seen_title or (tag == "h1" and seen.words(at) > 0)
                continue
            size = seen.words(at)
            if not size or seen.linked(at) < 0.9 * size or at in out:
                continue
            is_teaser = heading is not None and bool(
                TEASER.match(words_of(seen.elements[heading])[:200].strip())
            )
            if not seen_title or is_teaser:
                found.add(at)
                if heading is not None and is_teaser:
                    above = seen.elements[heading]
                    if above.getnext() is seen.elements[at]:
                        found.add(heading)
        return found

    def _teased(self, heading: int) -> set[int]:
        """Return the box that begins with a heading such as "Most viewed" and holds links alone below it."""
        seen = self.seen
        box = seen.elements[heading].getparent()
        if box is None or box.tag not in _BOXES or box[0] is not seen.elements[heading]:
            return set()
        at = seen.index[box]
        rest = seen.words(at) - seen.words(heading)
        is_linked = rest > 0 and seen.linked(at) - seen.linked(heading) >= 0.9 * rest
        if not is_linked or not TEASER.match(words_of(seen.elements[heading]).strip()):
            return set()
        return {at}

    def link_cells(self) -> set[int]:
        """Return cells of nothing but short links that stand beside a cell of prose: a column of a page made of tables."""
        seen = self.seen
        found: set[int] = set()
        for row in seen.elements[0].iter("tr"):
            whole = seen.index[row]
            if seen.words(whole) < _PROSE or not seen.linked(whole):
                continue
            cells = [seen.index[cell] for cell in row if cell.tag in {"td", "th"}]
            prose = max((seen.words(at) - seen.linked(at) for at in cells), default=0)
            if prose >= _PROSE:
                found.update(at for at in cells if 5 * seen.words(at) < prose and self._is_menu(at))
        return found

    def _is_menu(self, at: int) -> bool:
        seen = self.seen
        links = seen.within(at, "a")
        return len(links) >= 3 and seen.density(at) > 0.8 and seen.linked(at) <= 30 * len(links)

    def link_bars(self) -> set[int]:
        """Return lines of links alone, such as "Home | Contact", above the first words of the page or below the last."""
        seen = self.seen
        found: set[int] = set()
        looked_at: set[Element] = set()
        for link in seen.at_edges(seen.of("a"), 0.02):
            line = seen.elements[link].getparent()
            while line is not None and line.tag in _INLINE and line.tag not in {"td", "th"}:
                line = line.getparent()
            if line is None or line in looked_at or line.tag in _NO_BAR:
                continue
            looked_at.add(line)
            at, n_links = seen.index[line], len(seen.within(seen.index[line], "a"))
            size, linked = seen.words(at), seen.linked(at)
            if n_links >= 2 and size - linked <= 2 * n_links and size <= 40 * n_links:
                found.add(at)
        return {at for at in found if not self.headlines_in(at)}

    def link_lines(self) -> set[int]:
        """Return lines that are one link only: back to the top, or on to another page ("Read more: ...")."""
        seen = self.seen
        found: set[int] = set()
        inner = {at for at, _ in seen.links}
        longer: Element | None = None  # the last line that holds more words than the first link with any
        for link in seen.of("a"):
            line = seen.elements[link].getparent()
            if line is None or line is longer or line.tag not in _LINES:
                continue
            at, size = seen.index[line], seen.words(link)
            if size and seen.words(at) != size:
                longer = line
                continue
            if not 0 < size <= 150 or self.headlines_in(at):
                continue
            if (link in inner and size <= 40) or TEASER.match(words_of(seen.elements[link]).strip()):
                found.add(at)
        return found

    def consent(self) -> set[int]:
        """Return the boxes that ask for consent to cookies, by their words."""
        seen = self.seen
        found: set[int] = set()
        for at in sorted(seen.names.keys() | seen.ids.keys() | set(seen.of("section", "dialog"))):
            if seen.tags[at] not in _BOXES or not 20 < seen.words(at) < 900 or self.headlines_in(at):
                continue
            if seen.within(at, "a", "button", "input") and _asks_consent(words_of(seen.elements[at])):
                found.add(at)
        return found if found and _COOKIE.search(words_of(seen.elements[0])) else set()

    def leave_out_beside(self, article: int, out: set[int]) -> None:
        """Add what stands beside the article, on every floor up to the body, except titles and real prose."""
        seen = self.seen
        is_marked = (
            seen.tags[article] in {"main", "article"}
            or bool(seen.roles.get(article))
            or article in seen.articles
            or seen.ids.get(article) in _CONTENT_IDS
        )
        has_headline = bool(self.headlines_in(article))
        here = seen.elements[article]
        while (parent := here.getparent()) is not None and here.tag != "body":
            for child in parent:
                if child is here:
                    continue
                at = seen.index[child]
                if at in out or seen.tags[at] == "head":
                    continue
                titles = [] if has_headline else self.headlines_in(at)
                if titles:
                    has_headline = True
                    out.update(seen.index[e] for e in _around(seen.elements[titles[0]], child))
                    continue
                size = seen.words(at)
                if is_marked or size < 60 or seen.linked(at) > 0.3 * size:
                    if seen.tags[at] in {"h1", "h2"} and not is_marked:
                        continue
                    out.add(at)
            here = parent


def _asks_consent(words: str) -> bool:
    """Return whether words ask for consent; most are told by the lack of the one word that all such boxes hold."""
    low = words.lower()
    return any(word in low for word in _CONSENT_WORDS) and CONSENT.search(words) is not None


def _around(kept: Element, within: Element) -> list[Element]:
    """Return the elements within `within` that neither are, hold, nor stand in `kept`."""
    found = []
    here = kept
    while here is not within and (parent := here.getparent()) is not None:
        found += [e for e in parent if e is not here]
        here = parent
    return found
