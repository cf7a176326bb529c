"""`regesta decide erase`: carried out at once, and told.

    a person by name or id ──► every name that the sources have      a claim, or --quote WORDS ──► the words

Nothing that is printed has the words in it.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from regesta.cli.printing import counted
from regesta.errors import DecisionError, ProjectError

if TYPE_CHECKING:
    from collections.abc import Callable

    from regesta.chronicle import Chronicle
    from regesta.custody import Erasure
    from regesta.project import Project
    from regesta.web import Reached

__all__ = ["erase", "eraser"]


def erase(
    project: Project, log: str | Path, built: Path, given: tuple[str, ...], *,
    quote: str | None, why: str, by: str, is_redacting: bool, as_json: bool,
) -> int:  # fmt: skip
    """Erase what is given and tell what came of it; 1 where files still hold it."""
    if not project.is_real or Path(log) != project.decisions:
        raise ProjectError(
            "erasing rewrites the log of the project, and the log is elsewhere", where=str(log),
            hint="carry it into decisions.jsonl first, erase, and carry it back",
        )  # fmt: skip
    if len(given) != 1:
        raise click.UsageError("erase takes one TARGET: erase them one by one")
    from regesta.chronicle import open as open_

    with open_(built) as chronicle:
        done = _erased(project, chronicle, given[0], quote, why=why, by=by)
    redacted = _redacted(project, done) if is_redacting else {}
    if as_json:
        click.echo(json.dumps(_as_json(done, redacted), ensure_ascii=False, indent=2))
    else:
        _print(done, redacted, built, is_redacting=is_redacting)
    return 1 if done.holders else 0


def eraser(project: Project) -> Callable[[str, str, str], Reached]:
    """Return what erases an entity or a claim's passage, by its id, given who does it and why: for the pages of review."""

    def erase_here(id_: str, by: str, why: str) -> Reached:
        from regesta.chronicle import open as open_
        from regesta.custody import erase_passage, erase_person, words_of_claim
        from regesta.web import Reached

        with open_(project.chronicle) as chronicle:
            now = datetime.now(UTC)
            claim = chronicle.sql("select fingerprint from claims where id = ?", [id_]).rows
            if claim:
                done = erase_passage(
                    project, chronicle, words_of_claim(chronicle, claim[0][0]), by=by, why=why, at=now
                )
            else:
                done = erase_person(project, chronicle, id_, by=by, why=why, at=now)
        holders = tuple(done.erased.mask(str(one.path)) for one in done.holders)
        return Reached(done.n_decisions, done.n_identities, done.n_cached, holders)

    return erase_here


def _erased(
    project: Project, chronicle: Chronicle, what: str, quote: str | None, *, why: str, by: str
) -> Erasure:
    from regesta.cli.targets import Targets
    from regesta.custody import erase_passage, erase_person, words_of_claim

    now = datetime.now(UTC)
    if quote is not None:
        return erase_passage(project, chronicle, [quote], by=by, why=why, at=now)
    target = Targets(chronicle).find(what, "any")
    if target.kind == "referent" and target.entity is not None:
        return erase_person(project, chronicle, target.entity, by=by, why=why, at=now)
    if target.kind == "claim":
        return erase_passage(
            project, chronicle, words_of_claim(chronicle, target.fingerprint), by=by, why=why, at=now
        )
    raise DecisionError(
        "a person or a passage can be erased", hint="name a person, a claim, or a source with --quote WORDS"
    )


def _redacted(project: Project, done: Erasure) -> dict[Path, Path | str]:
    from regesta.custody import redact

    return {one.path: redact(project, one, done.erased) for one in done.holders if one.source is not None}


def _print(done: Erasure, redacted: dict[Path, Path | str], built: Path, *, is_redacting: bool) -> None:
    click.echo(
        f"erased: {done.tombstone}; {counted(done.n_decisions, 'decision')} and {counted(done.n_identities, 'identity', 'identities')} rewritten, "
        f"{counted(done.n_cached, 'file')} of the cache removed.  {done.decision.id}"
    )
    click.echo(f"  {built} holds it until it is built again: regesta build")
    for one in done.holders:
        told = redacted.get(one.path)
        path = done.erased.mask(str(one.path))
        if isinstance(told, Path):
            click.echo(f"  {path} holds it; without it: {told}: look at it, and put it in the other's place")
        else:
            click.echo(f"  {path} holds it{f'; {told}' if told else ''}")
    if done.holders and not is_redacting:
        click.echo("  builds pass over it there; to have copies without it: the same with --redact-sources")
    click.echo("  what was published, copied or put under version control is not reached by this")


def _as_json(done: Erasure, redacted: dict[Path, Path | str]) -> dict[str, Any]:
    return {
        "decision": done.decision.id, "tombstone": done.tombstone, "n_decisions": done.n_decisions,
        "n_identities": done.n_identities, "n_cached": done.n_cached,
        "holders": [
            {
                "path": done.erased.mask(str(one.path)), "source": one.source and done.erased.mask(one.source),
                "redacted": str(told) if isinstance(told := redacted.get(one.path), Path) else None,
                "note": told if isinstance(told, str) else None,
            }
            for one in done.holders
        ],
    }  # fmt: skip
