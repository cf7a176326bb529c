r"""Markup that carries no structure is blanked out before parsing, each code point by one, so that offsets stay.

    a <span style="…">b</span> c          a \ue000\ue000…b\ue000… c        inline: vanishes
    a <div>b</div>                        a \ue001…b\ue001…                a block: words begin anew
    <!-- note -->\n                       \ue000…                          a comment alone on its line takes the line end

Also where a hostile page is tamed: the parser's time grows with the square of what is opened and never closed, so that
such openings are blanked as well. Nothing here parses.
"""

from __future__ import annotations

import re
from collections import Counter

__all__ = ["BLOCK", "BREAK", "NOTHING", "mask"]

NOTHING = "\ue000"
BLOCK = "\ue001"
BREAK = "\ue002"

_PRIVATE = re.compile(f"[{NOTHING}{BLOCK}{BREAK}]")
_INLINE = (
    "span|small|big|font|b|i|u|s|tt|strong|em|del|ins|abbr|cite|kbd|var|samp|bdi|bdo|ruby|rb|time|data|mark|strike|dfn|"
    "noinclude|onlyinclude|includeonly|nobr|wbr|section|translate|tvar|ce|indicator|templatestyles|sub|sup|rp|rt|q|a"
)
_BLOCKS = "div|p|center|hr|tbody|thead|tfoot|ul|ol|dl|main|article|aside|figure|figcaption|h[1-6]"
_TAG = re.compile(rf"</?(?:({_INLINE})|(?:{_BLOCKS}))(?=[\s/>])[^<>{{}}\[\]]{{0,600}}>", re.IGNORECASE)
_BREAK = re.compile(r"</?br\s{0,9}(?:[a-z]{1,9}=[^<>]{0,99})?/?>", re.IGNORECASE)
_HIDDEN = re.compile(
    r"<(span|small|div)\s[^<>{}\[\]]{0,200}display:\s?none[^<>{}\[\]]{0,200}>[^<]{0,500}</\1\s?>",
    re.IGNORECASE,
)
_TABLE = re.compile(r"^[ \t:*#]{0,20}(?:(\{\|)|(\|\}))", re.MULTILINE)
_STRUCTURE = re.compile(
    r"<(/?)(ref|references|nowiki|pre|gallery|blockquote|table|tr|td|th|caption|poem|math|syntaxhighlight|source|code|li|dt|dd"
    r"|timeline|score|hiero|imagemap|inputbox)(?=[\s/>])[^<>]{0,1000}>",
    re.IGNORECASE,
)
_PAIRS = (
    re.compile(r"(\{\{)|(\}\})"),
    re.compile(r"(\[\[)|(\]\])"),
    re.compile(r"(\[(?=https?:|//|mailto:|ftp:))|(\])", re.IGNORECASE),
)
_HALF_TAG = re.compile(r"<(?=/?[a-z][^<>]*(?:<|\Z))", re.IGNORECASE)
_MAX_TABLES = 8
_MAX_UNCLOSED = 20


def mask(raw: str) -> tuple[str, list[int]]:
    """Return text of the same length without markup that carries no structure, and where openings were blanked.

    >>> mask("a<br>b<span class=x>c</span>")[0].replace(NOTHING, "")
    'a\ue002bc'
    """
    text = _PRIVATE.sub("\ufffd", raw)
    text = _without_comments(text)
    text = _HIDDEN.sub(lambda m: NOTHING * len(m[0]), text)
    text = _TAG.sub(lambda m: (NOTHING if m[1] else BLOCK) * len(m[0]), text)
    text = _BREAK.sub(lambda m: BREAK + NOTHING * (len(m[0]) - 1), text)
    blanked: list[int] = []
    for pair in _PAIRS:
        text = _tame_pairs(text, pair, blanked)
    halves = [found.span() for found in _HALF_TAG.finditer(text)]
    text = _blank(text, halves if len(halves) > _MAX_UNCLOSED else [], blanked)
    text = _tame_tables(text, blanked)
    text = _tame_tags(text, blanked)
    return text, sorted(blanked)


def _without_comments(text: str) -> str:
    if "<!--" not in text:
        return text
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0:
        end = text.find("-->", start + 4)
        end = len(text) if end < 0 else end + 3
        line_start = text.rfind("\n", 0, start) + 1
        line_end = text.find("\n", end)
        if line_end >= 0 and not text[line_start:start].strip() and not text[end:line_end].strip():
            end = line_end + 1
        parts += [text[at:start], NOTHING * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


def _tame_pairs(text: str, pair: re.Pattern[str], blanked: list[int]) -> str:
    """Blank the openings of templates and links that are never closed, where there are many."""
    open_at: list[tuple[int, int]] = []
    for found in pair.finditer(text):
        if found[1]:
            open_at.append(found.span())
        elif open_at:
            open_at.pop()
    return _blank(text, open_at if len(open_at) > _MAX_UNCLOSED else [], blanked)


def _tame_tables(text: str, blanked: list[int]) -> str:
    """Blank the openings of tables that are never closed or lie too deep."""
    open_at: list[int] = []
    bad: list[int] = []
    for found in _TABLE.finditer(text):
        if found[1]:
            if len(open_at) >= _MAX_TABLES:
                bad.append(found.start(1))
            open_at.append(found.start(1))
        elif open_at:
            open_at.pop()
    bad += open_at[3:]  # a few that end with the page are no danger
    return _blank(text, [(at, at + 2) for at in sorted(set(bad))], blanked)


def _tame_tags(text: str, blanked: list[int]) -> str:
    """Blank tags of a kind that is opened far more often than closed."""
    balance: Counter[str] = Counter()
    places: dict[str, list[tuple[int, int]]] = {}
    for found in _STRUCTURE.finditer(text):
        if not found[0].endswith("/>"):
            name = found[2].lower()
            balance[name] += -1 if found[1] else 1
            places.setdefault(name, []).append(found.span())
    bad = [
        place
        for name, n in balance.items()
        if n > _MAX_UNCLOSED and name not in {"li", "dt", "dd", "td", "th", "tr"}
        for place in places[name]
    ]
    bad += [
        place
        for name in ("td", "th", "tr", "li", "dt", "dd")
        if balance[name] > 200
        for place in places[name]
    ]
    return _blank(text, sorted(bad), blanked)


def _blank(text: str, spans: list[tuple[int, int]], blanked: list[int]) -> str:
    if not spans:
        return text
    parts, at = [], 0
    for start, end in spans:
        parts += [text[at:start], NOTHING * (end - start)]
        at = end
        blanked.append(start)
    return "".join([*parts, text[at:]])
