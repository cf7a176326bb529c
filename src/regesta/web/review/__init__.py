"""Review over HTTP: who may write, the pages under /review, and the forms that become decisions.

    entrance   a one-time link, a signed cookie, a token in every form, where a form came from
    desk       what a logged-in reviewer brings to every page
    showing    what the pages of review show
    routes     addresses: GET shows, POST writes to the log and has the chronicle built again

Nothing here judges: `regesta.review` turns an answer into a decision, and a build obeys it.
"""

from __future__ import annotations

from regesta.web.review.desk import Desk, Office, Reached
from regesta.web.review.routes import review_routes

__all__ = ["Desk", "Office", "Reached", "review_routes"]
