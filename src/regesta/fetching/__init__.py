"""A page from the web, fetched once, when a person asks for it.

    Visitor(agent).fetch(url) ──► Fetched: the bytes, where they were, what the headers say

    addresses    written one way; which may be visited; what a page may call itself
    robots       what the site asks of programs
    connecting   to addresses that were checked, within a deadline
    bodies       unpacked, within a limit
    headers      kind, language, dates, licence
    naming       a file's name for an address
    visits       all of it, in its order
    warcs        request and answer as they went over the line, in a web archive

Nothing is run, nothing beside the page and its host's robots.txt is asked for. Nothing here reads what a page holds.
"""

from __future__ import annotations

from regesta.fetching.addresses import original_of, own_address, web_address
from regesta.fetching.headers import Head
from regesta.fetching.naming import file_name, suffix_for
from regesta.fetching.visits import Clock, Exchange, Fetched, Known, Limits, Visitor
from regesta.fetching.warcs import warc_of

__all__ = [
    "Clock",
    "Exchange",
    "Fetched",
    "Head",
    "Known",
    "Limits",
    "Visitor",
    "file_name",
    "original_of",
    "own_address",
    "suffix_for",
    "warc_of",
    "web_address",
]
