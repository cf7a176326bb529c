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

from regesta.reading.html.dom import Element, select, words_of

__all__ = ["furniture"]

_NAMED = re.compile(
    r"(?:^|[\s_-])(?:(?:top|main|site|sub|page|global|primary|foot|side)?nav(?:bar|igation)?|navbox|vertical-navbox|menu|submenu|sidebar|sidenav|breadcrumbs?|cookies?|"
    r"consent|gdpr|shar(?:e|ing)|social|related|recommended|newsletter|subscri(?:be|ption)|promo|adverts?|"
    r"advertisement|ads|banner|footer|masthead|pagination|pager|toc|skip(?:link|nav)?|popup|modal|login|signup|comments|"
    r"editsection|mw-editsection|noprint|printfooter|catlinks|ambox|metadata|hatnote|dablink|sistersitebox|"
    r"mw-jump|mw-jump-link|jump|jump-to-nav|sitesub|contentsub|mw-indicators|portal|portalbox|magnify|"
    r"backlinks|screen-reader-text|visually-hidden|sr-only|trending|most-read|tags)(?=$|[\s_-])",
    re.IGNORECASE,
)
_TEASER = re.compile(
    r"(?:most (?:viewed|read|popular|shared)|popular|trending|latest|recent (?:posts|articles)|more (?:from|on|stories|news)|"
    r"related|recommended|you (?:may|might)|read (?:more|next|also)|archives?$|categories$|blogroll|elsewhere|follow)",
    re.IGNORECASE,
)
_NAMED_INLINE = re.compile(
    r"(?:^|[\s_-])(?:editsection|mw-editsection|mw-jump-link|jump|skiplink|skip|backlinks|screen-reader-text|"
    r"visually-hidden|sr-only|share|sharing|permalink|headerlink|anchorjs-link)(?=$|[\s_-])",
    re.IGNORECASE,
)
_INLINE = frozenset(
    {"span", "sup", "sub", "a", "small", "b", "i", "em", "strong", "abbr", "cite", "time", "td", "th"}
)
_ROLES = frozenset({
    "navigation", "banner", "contentinfo", "complementary", "search", "dialog", "alertdialog", "menu", "menubar",
    "toolbar", "doc-toc",
})  # fmt: skip
_TAGS = frozenset(
    {"nav", "footer", "aside", "form", "button", "select", "search", "dialog", "header", "menu"}
)
_CONTENT_IDS = ("mw-content-text", "bodyContent", "mw-body-content")
_SKIPPED = frozenset({"script", "style", "noscript", "template", "head", "svg", "iframe", "object", "title"})
_CANDIDATES = (
    "descendant-or-self::*[@class or @id or @role or self::nav or self::footer or self::aside or self::form or self::button"
    " or self::select or self::search or self::dialog or self::header or self::menu]"
)
_HEADLINE = "descendant-or-self::h1"


def furniture(root: Element, *, is_page: bool) -> set[Element]:
    """Return the outermost elements that are no part of the document; `is_page` is False for a bare fragment."""
    words, links = _weigh(root)
    total = words.get(root, 0)
    headlines = select(root, _HEADLINE)
    out: set[Element] = set()
    last: Element | None = None
    for element in select(root, _CANDIDATES):
        if last is not None and _within(element, last):
            continue
        if _is_furniture(element, words, links, total, headlines):
            out.add(element)
            last = element
    if is_page:
        article = _article(root, words, out)
        if article is None:
            article = _densest(root, words, links, out)
        out |= _link_lists(root, words, links, out)
        if article is not None:
            _leave_out_beside(article, root, words, links, out)
    return out


def _weigh(root: Element) -> tuple[dict[Element, int], dict[Element, int]]:
    """Count for every element its code points of words, and those of them that are links."""
    words: dict[Element, int] = {}
    links: dict[Element, int] = {}
    for element in reversed(list(root.iter("*"))):
        tag = element.tag
        own = 0 if tag in _SKIPPED else words.get(element, 0) + len((element.text or "").strip())
        words[element] = own
        linked = own if tag == "a" else links.get(element, 0)
        parent = element.getparent()
        if parent is not None:
            words[parent] = words.get(parent, 0) + own + len((element.tail or "").strip())
            if linked:
                links[parent] = links.get(parent, 0) + linked
    return words, links


def _within(element: Element, other: Element) -> bool:
    return any(ancestor is other for ancestor in element.iterancestors())


def _is_furniture(
    element: Element,
    words: dict[Element, int],
    links: dict[Element, int],
    total: int,
    headlines: list[Element],
) -> bool:
    tag, role = element.tag, element.get("role", "")
    if tag in {"body", "html", "main", "article", "h1", "p", "table"} and not (
        tag in {"table", "p"} and _says_so(element)
    ):
        return False
    size = words.get(element, 0)
    in_article = any(a.tag in {"article", "main"} for a in element.iterancestors())
    density = links.get(element, 0) / size if size else 0.0
    if tag == "nav" or role in {"navigation", "doc-toc"}:
        return size <= 0.8 * total
    if size > 0.4 * total and size > 200:
        return False  # whatever it is called, most of the page is no furniture
    if len(headlines) == 1 and (element is headlines[0] or _within(headlines[0], element)):
        return False
    if tag in {"header", "footer", "aside"} and in_article:
        return density > 0.4 or _says_so(element)
    if tag == "form":
        return size < 300
    if tag in {"td", "th"}:  # cells of a table that arranges the page
        return density > 0.5 and bool(_NAMED.search(element.get("class", "") + " " + element.get("id", "")))
    if tag in _TAGS or role in _ROLES:
        return True
    return _says_so(element)


def _says_so(element: Element) -> bool:
    pattern = _NAMED_INLINE if element.tag in _INLINE else _NAMED
    name, identity = element.get("class"), element.get("id")
    return bool((name and pattern.search(name)) or (identity and pattern.search(identity)))


def _article(root: Element, words: dict[Element, int], out: set[Element]) -> Element | None:
    """Return the element that the page itself marks as its article."""
    for name in _CONTENT_IDS:
        for found in root.iterfind(f".//*[@id='{name}']"):
            return found
    left = sum(words.get(e, 0) for e in out)
    enough = 0.3 * (words.get(root, 0) - left)
    mains = [e for e in root.iter("main") if e not in out] or [
        e for e in root.iterfind(".//*[@role='main']") if e not in out
    ]
    best = max(mains, key=lambda e: words.get(e, 0), default=None)
    if best is not None and words.get(best, 0) < enough:
        best = None
    scope = root if best is None else best
    articles = sorted(scope.iter("article"), key=lambda e: -words.get(e, 0)) or sorted(
        scope.iterfind(".//*[@itemprop='articleBody']"), key=lambda e: -words.get(e, 0)
    )
    if articles:
        first = words.get(articles[0], 0)
        rest = sum(words.get(e, 0) for e in articles[1:] if not _within(e, articles[0]))
        if first >= (enough if best is None else 0.6 * words.get(best, 0)) and first > 2 * rest:
            return articles[0]
    return best


def _densest(
    root: Element,
    words: dict[Element, int],
    links: dict[Element, int],
    out: set[Element],
) -> Element | None:
    """Return the deepest element that holds four fifths of the page's words outside links and furniture."""

    def weight(element: Element) -> int:
        return 0 if element in out else words.get(element, 0) - links.get(element, 0)

    here = root
    goal = 0.8 * (weight(root) - sum(words.get(e, 0) - links.get(e, 0) for e in out))
    while goal > 0:
        below = next((child for child in here if weight(child) >= goal), None)
        if below is None or below.tag in {"table", "ul", "ol", "p", "dl", "section"}:
            break
        here = below
    return None if here is root or here.tag == "body" else here


def _link_lists(
    root: Element, words: dict[Element, int], links: dict[Element, int], out: set[Element]
) -> set[Element]:
    """Return lists of nothing but links above the page's title, and below headings such as "Most viewed"."""
    found: set[Element] = set()
    heading: Element | None = None
    seen_title = not select(root, _HEADLINE)
    for element in root.iter("h1", "h2", "h3", "h4", "ul", "ol"):
        if isinstance(element.tag, str) and element.tag[0] == "h":
            heading = element
            seen_title = seen_title or (element.tag == "h1" and words.get(element, 0) > 0)
            continue
        size = words.get(element, 0)
        if not size or links.get(element, 0) < 0.9 * size or element in out:
            continue
        is_teaser = heading is not None and bool(_TEASER.match(words_of(heading).strip()))
        if not seen_title or is_teaser:
            found.add(element)
            if is_teaser and heading is not None and heading.getnext() is element:
                found.add(heading)
    return found


def _leave_out_beside(
    article: Element,
    root: Element,
    words: dict[Element, int],
    links: dict[Element, int],
    out: set[Element],
) -> None:
    """Add to `out` what stands beside the article, on every floor up to the body, except titles and real prose."""
    marked = article.tag in {"main", "article"} or bool(
        article.get("role") or article.get("itemprop") or article.get("id") in _CONTENT_IDS
    )
    has_headline = bool(select(article, _HEADLINE))
    here = article
    while here is not root and (parent := here.getparent()) is not None and here.tag != "body":
        for beside in parent:
            if beside is here or not isinstance(beside.tag, str) or beside in out or beside.tag == "head":
                continue
            titles = [] if has_headline else select(beside, _HEADLINE)
            if titles:
                has_headline = True
                for element in _around(titles[0], beside):
                    out.add(element)
                continue
            size = words.get(beside, 0)
            if marked or size < 60 or links.get(beside, 0) > 0.3 * size:
                if beside.tag in {"h1", "h2"} and not marked:
                    continue
                out.add(beside)
        here = parent


def _around(kept: Element, within: Element) -> list[Element]:
    """Return the elements within `within` that neither are, hold, nor stand in `kept`."""
    found = []
    here = kept
    while here is not within and (parent := here.getparent()) is not None:
        found += [e for e in parent if e is not here and isinstance(e.tag, str)]
        here = parent
    return found
