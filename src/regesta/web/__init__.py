"""The pages of a chronicle over HTTP: routes, headers, what is kept of printed pages.

    create_app(Library(chronicle)) ──► an ASGI application

A page is printed once for each state of the chronicle, language and question, and kept while there is room. Nothing here
knows what a page shows: `regesta.pages` does. Needs the extra `web`.
"""

from __future__ import annotations

from regesta.web.application import create_app
from regesta.web.library import Library
from regesta.web.review import Reached
from regesta.web.serving import serve

__all__ = ["Library", "Reached", "create_app", "serve"]
