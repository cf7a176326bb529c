"""What a site asks of programs: its robots.txt (RFC 9309), and whether a page may be visited.

    answer 200        the rules it holds, its first 500 KiB
    answer 4xx        no rules: everything may be visited; 429, which asks for patience, aside
    anything else     it cannot be known: nothing may be visited

Protego matches the rules: the longest wins, `*` and a last `$` mean what they should, which the parser of the standard library
does not know. Groups for other programs are cut out before, since rules times programs would cost without bound.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from typing import Any

__all__ = ["MAX_SIZE", "TOKEN", "Rules", "rules_of"]

MAX_SIZE = 500 << 10
"""Bytes that are looked at, as RFC 9309, section 2.5, asks at least."""
TOKEN = "regesta"  # noqa: S105 - a product token, no secret
"""The name by which robots.txt speaks to this program."""

_AGENT = re.compile(r"\s*user[\s-]*agent(?=[\s:]|$)\s*:?(.*)", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Rules:
    """What one site asks."""

    parsed: Any = None
    """A `protego.Protego`; None where there are no rules."""
    is_known: bool = True
    """False where the site could not say."""
    reason: str = field(default="", compare=False)
    """Why it is not known."""

    def allow(self, url: str) -> bool:
        """Return whether an address may be visited."""
        return self.is_known and (self.parsed is None or bool(self.parsed.can_fetch(url, TOKEN)))

    @property
    def delay(self) -> float:
        """Seconds that should pass between two visits; 0 where nothing is asked."""
        delay = self.parsed.crawl_delay(TOKEN) if self.parsed is not None else None
        return float(delay) if delay is not None and math.isfinite(delay) and delay > 0 else 0.0


def rules_of(status: int, body: bytes, reason: str = "") -> Rules:
    r"""Return the rules that an answer to the request for robots.txt gives.

    >>> rules = rules_of(200, b"User-agent: *\nDisallow: /*.pdf$\nCrawl-delay: 3\n")
    >>> rules.allow("https://a.example/x.pdf"), rules.allow("https://a.example/x.pdf?y"), rules.delay
    (False, True, 3.0)
    >>> rules_of(404, b"").allow("https://a.example/"), rules_of(503, b"").allow("https://a.example/")
    (True, False)
    """
    if status == 200:
        from protego import Protego

        text = body[:MAX_SIZE].decode("utf-8-sig", "replace")
        return Rules(Protego.parse("\n".join(_only_ours(line) for line in text.splitlines())))
    if 400 <= status < 500 and status != 429:
        return Rules()
    return Rules(is_known=False, reason=reason or f"it answers {status}")


def _only_ours(line: str) -> str:
    """Return a line as it is, but one that opens a group only as far as it matters: for all, for us, or for some other.

    >>> _only_ours("User-Agent: Otherbot # a comment"), _only_ours("useragent: regesta/0.1")
    ('User-agent: other', 'User-agent: regesta')
    """
    match = _AGENT.match(line)
    if not match:
        return line
    name = match[1].partition("#")[0].strip().lower()
    if name == "*":
        return "User-agent: *"
    return f"User-agent: {TOKEN}" if re.fullmatch(rf"{TOKEN}(?:[/*].*)?", name) else "User-agent: other"
