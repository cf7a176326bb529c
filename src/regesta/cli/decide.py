"""`regesta decide`.

    KIND TARGET [TARGET] ──Targets──► fingerprints ──► one line more in decisions.jsonl ──► the next build applies it

Nothing is changed when a decision is written: the chronicle shows it after the next build, with what became of it.
"""

from __future__ import annotations

import json
import subprocess
from collections import Counter, defaultdict
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regesta.cli.arguments import JSON
from regesta.cli.decided import list_decisions, row_of, sentence
from regesta.cli.logs import DECISIONS, carry, log_of
from regesta.cli.releasing import GROUNDS, said_of_exposure
from regesta.cli.targets import FINGERPRINT, Target, Targets, Wanted, seen
from regesta.decisions.moments import a_year_after
from regesta.errors import DecisionError
from regesta.model.decision import KINDS
from regesta.project import Project, find_project

if TYPE_CHECKING:
    from collections.abc import Mapping

    from regesta.chronicle import Chronicle
    from regesta.cli.saying import Typed

__all__ = ["decide"]

_WANTED: dict[str, Wanted] = {
    **dict.fromkeys(("same", "different", "part-of", "add"), "referent"),
    **dict.fromkeys(("prefer", "deprecate", "correct"), "claim"),
    **dict.fromkeys(("not-a-conflict", "explained", "exception", "resolved"), "finding"),
}
"""What a kind is about; the others are about anything."""
_COMMON = 20
"""Findings of one kind that share a passage, from which on the passage tells none of them from the others."""
_SEEN = (
    "with members as (select f.fingerprint, f.kind, f.summary, coalesce(c.fingerprint, m.quote) as says, "
    "c.fingerprint is null as is_quote from findings f join finding_members m on m.finding = f.id "
    "left join claims c on c.id = m.claim), "
    "own as (select * from members where fingerprint in (select unnest(?)))"
)
"""The passages of all findings, and of those that are asked for."""
_SAYING = frozenset({"correct", "add"})
"""Kinds that say something of their own."""
_CHOSEN_AMONG = frozenset({"prefer", "deprecate", "correct"})
"""Kinds that choose among claims: another claim on the same thing, and the person should look again."""


@click.command(
    epilog="""Example: regesta decide same "Ana Sousa" "Anna de Souza" --why "one passport number"

\b
More
  among claims     regesta decide prefer c-53c1d5a4a9f2b8d0 --why "she says so herself"
  a wrong value    regesta decide correct c-53c1d5a4a9f2b8d0 --value 1953-02 --why "misread"
  a wrong subject  regesta decide correct c-53c1d5a4a9f2b8d0 --subject "Karl Moe" --why "'he' is Karl"
  a claim missed   regesta decide add "Karl Moe" --predicate birth --value 1890
                     --quote "born in 1890" --source ships.txt --why "the footnote says so"
  a finding        regesta decide explained f-9c9650ccbde249b8 --why "the list begins in 1990"
  not to be shown  regesta decide withhold "Karl Moe" --why "his brother asked for it"
  may be shown     regesta decide release "Karl Moe" --ground own-disclosure --why "his book, page 3"
  to be forgotten  regesta decide erase "Karl Moe" --why "he asked for it"
  look, take back  regesta decide list; regesta decide undo d-12deea15e3d1ea8a
"""
)
@click.argument("kind")
@click.argument("given", nargs=-1, metavar="[TARGET]...")
@click.option("--why", metavar="TEXT", help="The reason; who reads it later has nothing else.")
@click.option("--by", metavar="NAME", help="Who decides; git's user.name or the login where it is left out.")
@click.option(
    "--value", metavar="V", help="Of `correct` and `add`: 1953-02, 46 year, A > B by boat, a name, words."
)
@click.option("--predicate", metavar="P", help="Of `add`: what is said, such as birth or role.")
@click.option("--subject", metavar="WHO", help="Of `correct`: whom the claim is about.")
@click.option("--quote", metavar="WORDS", help="Of `correct`, `add` and `erase`: words of a source.")
@click.option("--source", metavar="NAME", help="Of `correct` and `add`: the source that has these words.")
@click.option("--when", metavar="DATE", help="Of `correct` and `add`: when it holds, EDTF.")
@click.option("--where", metavar="PLACE", help="Of `correct` and `add`: where, as the source words it.")
@click.option("--ground", type=click.Choice(list(GROUNDS)), help="Of `release`: on what ground.")
@click.option(
    "--expires", metavar="DATE", help="The last day on which it holds: 2027-01-31; of `release` in 12 months."
)
@click.option("--redact-sources", is_flag=True, help="Of `erase`: write copies of the sources without it.")
@DECISIONS
@click.option("--chronicle", metavar="CHRONICLE", help="Where the targets are looked up.")
@JSON
def decide(
    kind: str,
    given: tuple[str, ...],
    *,
    why: str | None,
    by: str | None,
    expires: str | None,
    ground: str | None,
    redact_sources: bool,
    log: str | None,
    chronicle: str | None,
    as_json: bool,
    **said: str | None,
) -> int:
    """Record a decision, list them, or take one back.

    KIND is same, different, part-of; prefer, deprecate, confirm, reject, correct, add; not-a-conflict, explained,
    exception, resolved; withhold, release, erase; comment, undo; or `list`, `import FILE`, `export FILE`. TARGET is a name, the id of an entity, a
    claim or a finding, a source, a place such as list.txt:120 (characters from 0), a fingerprint; of undo the id of a
    decision. Anyone may withhold; who is at risk is released by two.
    `part-of`: the part, then the whole.
    """
    project = find_project()
    path = log_of(project, log)
    built = Path(chronicle) if chronicle is not None else project.chronicle
    if kind == "list":
        if given:
            raise click.UsageError("list takes no TARGET")
        return list_decisions(path, built, as_json=as_json)
    if kind in ("import", "export"):
        return carry(path, given, goes_in=kind == "import", as_json=as_json)
    if kind not in KINDS:
        raise click.UsageError(
            f"there is no kind of decision {kind!r}: there are {', '.join(KINDS)}; list, import, export"
        )
    if not given:
        raise click.UsageError(f"say what {kind} is about; try --help")
    if why is None and kind != "undo":
        raise click.UsageError("say why, with --why: a decision without its reason helps nobody")
    if redact_sources and kind != "erase":
        raise click.UsageError(f"{kind} takes no --redact-sources")
    if kind == "erase":
        from regesta.cli.erasing import erase

        if strange := [name for name, got in said.items() if got is not None and name != "quote"]:
            raise click.UsageError(f"erase takes no --{strange[0]}")
        return erase(
            project, path, built, given, quote=said["quote"], why=why or "", is_redacting=redact_sources,
            by=by if by is not None else _who(project), as_json=as_json,
        )  # fmt: skip
    notes: list[str] = []
    precondition = None
    now = datetime.now(UTC)
    value = said_of_exposure(kind, ground, said)
    typed = _typed(kind, said if value is None else said | {"value": None})
    if kind == "release" and expires is None:
        expires = a_year_after(now.date()).isoformat()
    if kind == "undo":
        targets = _decisions_meant(path, given, notes)
    else:
        targets, precondition, own = _found(
            built, kind, given, typed, must_be_there=chronicle is not None, notes=notes
        )
        value = value or own
    from regesta.decisions import append, make

    if (project.root / "tombstones.jsonl").is_file() and why is not None:
        from regesta.pipeline import what_is_erased

        erased, _ = what_is_erased(project, path)
        why = why if erased is None else erased.mask(why)
    decision = make(
        kind, [target.fingerprint for target in targets], by=by if by is not None else _who(project),
        why=why if why is not None else "taken back", at=now, value=value, precondition=precondition,
        expires=expires,
    )  # fmt: skip
    append(path, decision)
    if as_json:
        click.echo(json.dumps(row_of(decision), ensure_ascii=False, indent=2))
    else:
        click.echo(
            f"{sentence(decision, targets)}; written to {path}, the next build applies it.  {decision.id}"
        )
    for note in notes:
        click.echo(f"  note: {note}", err=as_json)
    return 0


def _who(project: Project) -> str:
    """Return git's `user.name`, else the login."""
    with suppress(OSError, subprocess.SubprocessError):
        told = subprocess.run(
            ["git", "config", "user.name"],  # noqa: S607 - as the person's own shell finds it
            cwd=project.root, capture_output=True, text=True, encoding="utf-8", errors="replace", timeout=10,
            check=False,
        )  # fmt: skip
        if name := told.stdout.strip():
            return name
    with suppress(OSError, KeyError, ImportError):
        from getpass import getuser

        return getuser()
    raise DecisionError("nobody knows who decides", hint="say it, with --by NAME")


def _found(
    built: Path, kind: str, given: tuple[str, ...], typed: Typed, *, must_be_there: bool, notes: list[str]
) -> tuple[list[Target], str | None, str | None]:
    """Return what a decision is about, what it is chosen among, and its value; fingerprints need no chronicle."""
    wanted = _WANTED.get(kind, "any")
    if not must_be_there and not built.is_file() and all(FINGERPRINT.fullmatch(one) for one in given):
        notes.append(f"there is no chronicle at {built}: nobody looked whether the fingerprints are right")
        return [Target(one, "other", one) for one in given], None, _unlooked(kind, typed)
    from regesta.chronicle import open as open_

    with open_(built) as chronicle:
        finder = Targets(chronicle)
        targets = [finder.find(one, wanted) for one in given]
        if len({target.fingerprint for target in targets}) < len(targets):
            raise DecisionError(
                "both are one in this chronicle", found=targets[0].words,
                hint="name a mention of each by its place, such as list.txt:120",
            )  # fmt: skip
        if kind in ("same", "different") and len(targets) == 2 and targets[0].entity == targets[1].entity:
            notes.append("they are one in this chronicle")
        value = None
        if kind in _SAYING and len(targets) == 1:
            from regesta.cli.saying import addition, correction

            if kind == "add":
                targets[0], saying = addition(chronicle, targets[0], typed)
            else:
                saying = correction(chronicle, targets[0], typed)
            value = saying.written()
        elif wanted == "finding":
            value = _seen(chronicle, [target.fingerprint for target in targets])
        return targets, _chosen_among(chronicle, targets) if kind in _CHOSEN_AMONG else None, value


def _unlooked(kind: str, typed: Typed) -> str | None:
    """Return what a correction or an addition says where there is no chronicle to try it on: the words as they are."""
    from regesta.decisions import Passage, Saying

    if kind not in _SAYING:
        return None
    passage = Passage(quote=typed.quote, source=typed.source) if typed.quote else None
    return Saying(
        value=typed.value, predicate=typed.predicate, subject=typed.subject, passage=passage, when=typed.when,
        where=typed.where,
    ).written()  # fmt: skip


def _typed(kind: str, said: Mapping[str, str | None]) -> Typed:
    """Return what was typed of a correction or an addition; a usage error where another kind has it, or it lacks something."""
    from regesta.cli.saying import Typed

    typed = Typed(**said)
    if kind not in _SAYING:
        if not typed.is_empty:
            name = next(name for name, got in said.items() if got is not None)
            raise click.UsageError(f"{kind} takes no --{name}")
    elif kind == "add" and typed.value is None:
        raise click.UsageError("add needs --value")
    elif kind == "add" and typed.subject is not None:
        raise click.UsageError("add takes no --subject: whom it is about is its TARGET")
    elif typed.is_empty or (typed.source is not None and typed.quote is None):
        needs = (
            "--value, --subject, --quote, --when or --where" if typed.is_empty else "--quote with --source"
        )
        raise click.UsageError(f"{kind} needs {needs}")
    return typed


def _seen(chronicle: Chronicle, fingerprints: list[str]) -> str:
    """Return what the person sees of these findings, to know them again when their passages have changed."""
    from regesta.decisions import Seen, kept, saying_of_words

    rows = chronicle.sql(f"{_SEEN} select distinct * from own order by all", [fingerprints])  # noqa: S608 - all of it stands here
    shared = chronicle.sql(
        f"{_SEEN} select distinct o.fingerprint, o.says, m.fingerprint from own o join members m "  # noqa: S608
        "on m.kind = o.kind and m.says = o.says and m.fingerprint <> o.fingerprint",
        [fingerprints],
    )
    common = {key for key, n in Counter((one, says) for one, says, _ in shared).items() if n > _COMMON}
    beside: dict[str, set[str]] = defaultdict(set)
    for one, says, other in shared:
        if (one, says) not in common:
            beside[one].add(other)
    summaries: dict[str, tuple[str, str]] = {}
    kept_says: dict[str, set[str]] = defaultdict(set)
    for one, kind, summary, says, is_quote in rows:
        summaries.setdefault(one, (kind, summary))
        if (one, says) not in common:
            kept_says[one].add(saying_of_words(says) if is_quote else says)
    return kept(
        Seen(one, *summaries[one], frozenset(kept_says[one]), frozenset(beside[one])) for one in summaries
    )


def _chosen_among(chronicle: Chronicle, targets: list[Target]) -> str:
    """Return the fingerprint of the claims that compete with these: of the same subjects and predicates."""
    from regesta.decisions import MADE, precondition_of

    fingerprints = [target.fingerprint for target in targets]
    query = (
        "select distinct c.fingerprint from claims c join claims t on t.subject = c.subject "
        "and t.predicate = c.predicate where t.fingerprint in (select unnest(?)) "
        "and (not starts_with(c.method, ?) or c.fingerprint in (select unnest(?)))"
    )
    return precondition_of(
        found for (found,) in chronicle.sql(query, [fingerprints, MADE, fingerprints])
    )  # what people made competes with nothing


def _decisions_meant(path: str | Path, given: tuple[str, ...], notes: list[str]) -> list[Target]:
    """Return decisions by their ids, or the beginnings of them."""
    from regesta.decisions import World, read_log, replay

    log = read_log(path)
    undone = {
        outcome.decision
        for outcome in replay(log.decisions, World(now=datetime.now(UTC).isoformat())).outcomes
        if outcome.status == "undone"
    }
    targets = []
    for one in given:
        found = [d for d in log.decisions if d.id == one] or [
            d for d in log.decisions if d.id.startswith(one)
        ]
        if len(found) != 1:
            problem = "no such decision" if not found else f"{len(found)} decisions begin so"
            raise DecisionError(problem, where=str(path), found=one[:200], hint="see: regesta decide list")
        (decision,) = found
        if decision.id in undone:
            notes.append(f"{decision.id} was undone before")
        targets.append(
            Target(decision.id, "other", f"{decision.kind} ({decision.id}, {seen(decision.why, 80)})")
        )
    return targets
