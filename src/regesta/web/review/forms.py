"""Forms as they are sent: their fields, the answer that is meant, whether what the person saw is still so.

Whatever does not fit raises `DecisionError` with what to do, and the form is shown again. Nothing here writes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import parse_qsl

from regesta.decisions import STATUS_OF
from regesta.errors import DecisionError
from regesta.pages import Words
from regesta.review import QUEUES, premise_of
from regesta.web.review.desk import Desk

__all__ = ["changed", "fields", "meant", "page_of", "sentence", "still", "still_live"]

_FIELDS = 40
_WORD = re.compile(r"[a-z]+")
"""Of a problem, whose figures are of the case."""
_FIGURE = re.compile(r"[0-9][0-9,]*")
_DECISION = re.compile(r"d-[0-9a-f]{16}")


def fields(body: bytes) -> dict[str, str]:
    """Return the fields of a form; raises `ValueError` where it is none."""
    pairs = parse_qsl(
        body.decode("ascii"),
        keep_blank_values=True,
        errors="strict",
        max_num_fields=_FIELDS,
        strict_parsing=bool(body),
    )
    return dict(pairs)


def meant(answer: str, about: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    """Return the kind of decision that an answer is, and its targets among those that the form is about."""
    kind, _, target = answer.partition(".")
    if not kind:
        raise DecisionError("no answer was picked", hint="pick one of the answers")
    if target:
        if target not in about or (kind == "undo") != bool(_DECISION.fullmatch(target)):
            raise DecisionError("that is not what the form is about", found=target[:40])
        return kind, (target,)
    if kind == "undo":
        raise DecisionError("say what is to be taken back")
    if kind == "whole-of":
        return "part-of", about[::-1]
    if kind in STATUS_OF:
        return kind, tuple(one for one in about if one.startswith("ff-"))
    return kind, about


def still(desk: Desk, form: Mapping[str, str], about: tuple[str, ...]) -> None:
    """Raise where other claims compete than those that the person saw."""
    premise = form.get("premise", "")
    claims = tuple(one for one in about if one.startswith("fc-"))
    if premise and premise_of(desk.press.shelf, claims) != premise:
        raise DecisionError(
            "the chronicle was built again, and says other things here now", hint="look again"
        )


def still_live(desk: Desk, decisions: tuple[str, ...]) -> None:
    """Raise where one of these decisions was taken back already."""
    state = desk.office.notebook.state()
    for id_ in decisions:
        entry = state.by_id.get(id_)
        if entry is None or not entry.is_live:
            raise DecisionError("that was taken back already", found=id_[:40])


def changed(form: Mapping[str, str], name: str) -> str:
    """Return what a field says, "" where it says what it said before."""
    chosen = form.get(f"{name}_chosen", "")
    given = (chosen or form.get(name, "")).replace("\r\n", "\n")
    return "" if given.strip() == form.get(f"{name}_was", "").replace("\r\n", "\n").strip() else given


def page_of(form: Mapping[str, str]) -> tuple[str, str, dict[str, str]]:
    """Return which page a form stood on: its name, its key, its query."""
    if form.get("queue") in QUEUES:
        return form["queue"], "", {"item": form.get("item", "")}
    if "entity" in form:
        return "expose", form["entity"], {name: form.get(name, "") for name in ("answer", "ground", "scope")}
    if "left" in form:
        return "pair", "", {"left": form["left"], "right": form.get("right", "")}
    if "source" in form:
        return "add", "", {name: form[name] for name in ("source", "start", "end") if name in form}
    if "predicate" in form or "value" in form:
        return "correct", form.get("claim", ""), {}
    return "claim", form.get("claim", ""), {}


def sentence(error: DecisionError, words: Words) -> tuple[str, str]:
    """Return what is wrong as a sentence, and its language: that of the page where the words have it, else English.

    >>> from regesta.pages import words_of
    >>> sentence(DecisionError("that is not the name"), words_of("ko"))[1], sentence(DecisionError("it rains"), words_of("ko"))
    ('ko', ('It rains.', 'en'))
    """
    said = words.entries.get("review.error." + "_".join(_WORD.findall(error.problem.lower())))
    if said:
        return said.format(*_FIGURE.findall(error.problem)), words.language
    text = str(error)
    return text[:1].upper() + text[1:] + ".", "en"
