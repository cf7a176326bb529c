"""Whether a row says by a cell of its own that its people did not get through: "captured", "no", "shot at the border", "– | caught at Irun"."""

from __future__ import annotations

import re

from regesta.extraction.scene import Entry, Scene

__all__ = ["has_failed"]

_TO_GOOD = frozenset(("arrive", "defect", "flee", "admit"))
_GOOD = re.compile(r"success\w*|safe(?:ly)?|freed|yes|ok|granted|settled|through|accepted", re.IGNORECASE)
_BAD = re.compile(
    r"unsuccess\w*|fail\w*|attempt\w*|dead|fatal|sunk|no|not|never|missing|lost|repelled|forced|crashed|sentenced|foundered|turned|interned|deported|fell|expelled|retaken|recaptured|repatriated|extradited|removed|refused",
    re.IGNORECASE,
)
_SENT_AWAY = re.compile(
    r"expelled|deported|expulsion|deportation|banished|extradited|repatriated", re.IGNORECASE
)
_NEVER = re.compile(r"\W*(?:no|not|never|none|did not|failed)\b", re.IGNORECASE)
_LATER = re.compile(r"\b(?:1[5-9]|20)\d\d\b|\blater\b|\byears\b")


def has_failed(scene: Scene, entry: Entry) -> bool:
    """Return whether a row says by a cell of its own that its people did not get through: "captured", "no"."""
    arrival = entry.cells.get("arrival")
    if arrival and _NEVER.match(scene.text, *arrival):
        return True
    outcome = entry.cells.get("outcome")
    if outcome is None:
        return _is_caught(scene, entry) or _only_tried(scene, entry) or _fell(scene, entry)
    for index in scene.tokens.between(*outcome):
        word = scene.tokens.lowers[index]
        kind = scene.lexicon.flight.get(word)
        if _SENT_AWAY.fullmatch(word):
            return True
        if kind in _TO_GOOD or _GOOD.fullmatch(word):
            return False
        if kind in ("fail", "return") or _BAD.fullmatch(word):
            return word != "died" or not _LATER.search(scene.text, *outcome)
    return False


def _fell(scene: Scene, entry: Entry) -> bool:
    """Return whether the remarks on a dated flight open with how it ended on the way: "shot at the border"."""
    notes = entry.cells.get("notes")
    if notes is None or "arrival" in entry.cells or _LATER.search(scene.text, *notes):
        return False
    words = scene.tokens.between(*notes)
    word = scene.tokens.lowers[words[0]] if words else ""
    return scene.lexicon.flight.get(word) == "fail" and _ON_THE_WAY.search(scene.text, *notes) is not None


_ON_THE_WAY = re.compile(
    r"\b(?:border|frontier|river|sea|wall|fence|wire|crossing|patrol|guards?|mine|minefield|grenz\w*|mauer|fluss|frontera|frontière|frontiera|fronteira|mar|mer|mare|granic\w*|rzek\w*|"
    r"hranic\w*|границ\w*|море|реке|grens)\b",
    re.IGNORECASE,
)


def _only_tried(scene: Scene, entry: Entry) -> bool:
    """Return whether a cell opens with an attempt, and no other that went well is told: "Tried to swim the canal. Shot."."""
    cells = [scene.passages[index].span for index in entry.passages]
    tried = any(_TRIED.match(scene.text, *cell) for cell in cells)
    return tried and not any(_AT_LAST.search(scene.text, *cell) for cell in cells)


_TRIED = re.compile(r"\W*(?:[Tt]ried|[Aa]ttempted|[Ff]ailed) to\b")
_AT_LAST = re.compile(
    r"\b(?:succeed\w*|got (?:through|across|away)|reached|arrived|escaped|made it|second (?:try|attempt)|again)\b",
    re.IGNORECASE,
)


def _is_caught(scene: Scene, entry: Entry) -> bool:
    """Return whether a row leaves its destination out, and a cell of it opens with how it ended: "– | caught at Irun"."""
    place = entry.cells.get("destination")
    if place is None or any(ch.isalnum() for ch in place.of(scene.text)):
        return False
    for index in entry.passages:
        span = scene.passages[index].span
        words = scene.tokens.between(*span)
        word = scene.tokens.lowers[words[0]] if words else ""
        if span != entry.cells.get("name") and (
            scene.lexicon.flight.get(word) == "fail" or _BAD.fullmatch(word)
        ):
            return True
    return False
