"""Where a fetched page comes from: what `sources.toml` says of it, put together from the page, the headers and the visit.

    the page states      title, licence, language, dates, an address        wins, where plausible
    the headers state    language, licence, an address, Last-Modified       where the page is silent
    the visit knows      where it was, on which day, the server's mark      `url`, `retrieved`, `fetched`

`fetched` is for asking again: no build reads it. Nothing here asks the network.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from regesta.errors import DateError, ReadError
from regesta.fetching import Fetched, Known, original_of, own_address, web_address

if TYPE_CHECKING:
    from regesta.cli.keeping import Keeper

__all__ = ["LastVisit", "description", "last_visit", "tells_its_encoding"]

FETCHED_KEYS = ("from", "asked", "sha256", "etag", "modified", "archived", "charset", "warc")
"""What `fetched` may hold, all of it text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LastVisit:
    """A source that came from an address, and is still what came."""

    name: str
    sha256: str
    """Of the page, though a web archive may hold it."""
    retrieved: str | None
    known: Known

    def holds(self, data: bytes) -> bool:
        """Return whether the source is these bytes."""
        return hashlib.sha256(data).hexdigest() == self.sha256


def last_visit(keeper: Keeper, url: str) -> LastVisit | None:
    """Return the last source that came from `url`, None where there is none or its file was changed since."""
    url = web_address(url)
    for name, noted in reversed(keeper.notes().items()):
        fetched = noted.get("fetched")
        path = keeper.folder / name
        if not isinstance(fetched, dict) or url not in {fetched.get("from"), fetched.get("asked")}:
            continue
        held = fetched.get("warc") or fetched.get("sha256")
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != held:
            continue
        known = Known(
            url=str(fetched.get("from")), etag=fetched.get("etag"), last_modified=fetched.get("modified")
        )
        retrieved = noted.get("retrieved")
        return LastVisit(
            name=name,
            sha256=str(fetched["sha256"]),
            retrieved=str(retrieved) if retrieved else None,
            known=known,
        )
    return None


def description(
    page: Fetched, said: dict[str, str], now: dt.datetime
) -> tuple[dict[str, str], dict[str, str], tuple[str, ...]]:
    """Return what is written of a page, what is kept for asking again, and what the person should know."""
    from regesta.project.sources import TEXT_KEYS

    head = page.head
    notes: list[str] = []
    copied = original_of(head.url) if head.archived or head.original else None
    home = copied or head.url
    stated = said.get("url") or head.canonical
    url = home
    if stated:
        full = urljoin(head.url, stated)
        own = own_address(original_of(full) or full if copied else full, home)
        url = own or home
        if own is None and not _same(full, home):
            notes.append(f"it calls itself {full[:300]}, which another page can say too; url is where it was")
    if copied:
        notes.append(f"a copy that an archive keeps; url is the address of what was copied, {home}")
    date = said.get("date")
    if date and not _is_past(date, now):
        notes.append(f"it gives {date} as its date, which is none that has been; it was left out")
        date = None
    if not date:
        moment = head.archived or head.modified
        date = moment.date().isoformat() if moment else None
    found = {
        **said,
        "url": url,
        "licence": said.get("licence") or (urljoin(home, head.licence) if head.licence else None),
        "date": date,
        "retrieved": now.date().isoformat(),
        "language": said.get("language") or head.language,
        "encoding": None if tells_its_encoding(page.data) else head.charset,
    }
    written = {key: value for key in TEXT_KEYS if (value := found.get(key))}
    kept = {
        "from": head.url,
        "asked": page.asked if page.asked != head.url else None,
        "sha256": hashlib.sha256(page.data).hexdigest(),
        "etag": head.etag,
        "modified": head.last_modified,
        "archived": head.archived.isoformat() if head.archived else None,
        "charset": head.charset,
    }
    return written, {key: value for key in FETCHED_KEYS if (value := kept.get(key))}, tuple(notes)


def tells_its_encoding(data: bytes) -> bool:
    r"""Return whether bytes say themselves how they are encoded: they are UTF-8, have a mark, or declare it.

    >>> tells_its_encoding(b"<meta charset=euc-kr>"), tells_its_encoding("\u110b".encode()), tells_its_encoding(b"\xb1\xe8")
    (True, True, False)
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"%PDF-", b"PK")):
        return True
    if re.search(
        rb"<meta\s[^>]{0,200}?charset|^\s{0,99}<\?xml[^>]{0,200}?encoding", data[:8192], re.IGNORECASE
    ):
        return True
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _same(left: str, right: str) -> bool:
    try:
        return web_address(left) == right
    except ReadError:
        return False


def _is_past(date: str, now: dt.datetime) -> bool:
    """Return whether an EDTF date is one, and began before tomorrow ends, wherever on earth."""
    from regesta.dates import bounds

    try:
        first = bounds(date).earliest
    except DateError:
        return False
    tomorrow = now + dt.timedelta(days=1)
    return first is None or first <= (tomorrow.year, tomorrow.month, tomorrow.day)
