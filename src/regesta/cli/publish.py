"""`regesta publish`."""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regesta.cli.arguments import JSON
from regesta.cli.logs import DECISIONS
from regesta.cli.printing import counted
from regesta.cli.protecting import planned, policy_of
from regesta.cli.serve import demand_web
from regesta.errors import StoreError
from regesta.project import Project, find_project
from regesta.replacing import scratch

if TYPE_CHECKING:
    from regesta.edition import Watch
    from regesta.protection import Policy
    from regesta.publishing import Imprinted, Published

__all__ = ["publish"]


class _LeakError(StoreError):
    """Something that is withheld stands in what was made."""


@click.command(epilog="Example: regesta publish -o site --contact corrections@example.org")
@click.argument("chronicle", required=False, type=click.Path(path_type=Path), metavar="[CHRONICLE]")
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="The folder of the site.",
)
@click.option(
    "--policy", "policy_file", type=click.Path(path_type=Path), metavar="FILE",
    help="What may be shown; default: policy.toml of the project, else the one that comes with regesta.",
)  # fmt: skip
@click.option(
    "--on", type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help="The day of the edition; default: today."
)
@click.option("--title", help="What the site is called; default: the title of the project.")
@click.option(
    "--contact", help="Where corrections and removals are asked for: an address of mail or of the web."
)
@click.option("--url", metavar="BASE", help="Where the site will stand: for citations, and a sitemap.")
@click.option(
    "--language",
    "languages",
    multiple=True,
    type=click.Choice(["en", "ko"]),
    help="Of the pages; default: all.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1),
    metavar="N",
    help="Processes at most; default: one per core, two at most.",
)
@DECISIONS
@JSON
def publish(
    chronicle: Path | None,
    *,
    output: Path,
    policy_file: Path | None,
    on: dt.datetime | None,
    title: str | None,
    contact: str | None,
    url: str | None,
    languages: tuple[str, ...],
    jobs: int | None,
    log: str | None,
    as_json: bool,
) -> int:
    """Write the public edition as a folder of pages.

    The edition is made first, under the policy, and the pages of it alone: they open from a file, and from any web host. Nothing is
    put into DIR before all of it has been looked through for what was withheld. DIR is a new folder, or one that was published before;
    then only what changed is written, and the site says what changed.
    """
    demand_web("regesta publish")
    from regesta.publishing import Imprinted, publish_edition

    project = find_project()
    path = chronicle or project.chronicle
    day = (on or dt.datetime.now()).date()  # noqa: DTZ005 - the day where the person is
    contact = contact or project.contact or ""
    if not contact:
        click.echo(
            "regesta: no contact for corrections and removals: give --contact, or `contact` in regesta.toml; the site says that"
            " there is none",
            err=True,
        )
    policy = policy_of(project, policy_file)
    with scratch("edition") as place:
        edition, watch, on_day, seal = _edition(project, path, place, policy, day, log, output)
        said = Imprinted(
            title=title or (project.title if chronicle is None else None) or path.stem,
            on=on_day,
            contact=contact,
            url=url or project.url or "",
            policy=_described(edition, policy),
            seal=seal,
        )
        try:
            done = publish_edition(
                edition,
                output,
                said,
                languages=languages,
                jobs=jobs or min(2, os.cpu_count() or 1),
                check=_checked(edition, watch, policy.k) if watch is not None else None,
            )
        except _LeakError as leaked:
            click.echo(f"regesta: {leaked}", err=True)
            return 1
    _tell(done, said, is_checked=watch is not None, as_json=as_json)
    return 1 if done.not_made else 0


def _edition(
    project: Project, path: Path, place: Path, policy: Policy, day: dt.date, log: str | None, site: Path
) -> tuple[Path, Watch | None, dt.date, str]:
    """Return the edition to publish, what must not be in the site, the day it was made for, and the seal of what must not be.

    A chronicle that is an edition already is published as it is: what it hides is not known here.
    """
    from regesta.chronicle import open as open_chronicle
    from regesta.edition import imprint_of, make, read_canaries, watch_of
    from regesta.publishing import site_before, words_used

    with open_chronicle(path) as chronicle:
        imprint = imprint_of(chronicle)
        if imprint is not None:
            return path, None, imprint.on, ""
        before = site_before(site)
        plan, key = planned(project, chronicle, policy, day, log, before)
        made = make(chronicle, plan, place / "edition.duckdb", key=key, before=before)
        canaries = read_canaries(project.root / "canaries.txt") if project.is_real else ()
        watch = watch_of(chronicle, plan, canaries, common=words_used())
    return made.path, watch, day, watch.seal(key)


def _described(edition: Path, policy: Policy) -> str:
    """Return the policy that the edition was made under in words; its name and hash where it is another than the one at hand."""
    from regesta.chronicle import open as open_chronicle
    from regesta.edition import imprint_of
    from regesta.protection import describe

    with open_chronicle(edition) as chronicle:
        imprint = imprint_of(chronicle)
    if imprint is None:
        raise StoreError("is not an edition: nobody in it is protected", where=str(edition))
    told = f"{imprint.policy_title} (SHA-256 {imprint.policy})"
    return f"{told}\n\n{describe(policy)}" if imprint.policy == policy.sha256 else told


def _checked(edition: Path, watch: Watch, k: int) -> Callable[[Sequence[Path]], None]:
    """Return what looks through the edition and through folders, and refuses them where something withheld is in them."""

    def look(folders: Sequence[Path]) -> None:
        from regesta.edition import check

        leaks = check([edition, *folders], watch, k=k)
        if leaks:
            found = ", ".join(f"{leak.rule} × {leak.count}" for leak in leaks)
            raise _LeakError(
                "something that is withheld stands in the site; nothing was published",
                found=found, hint="look for it with: regesta edition --check",
            )  # fmt: skip

    return look


def _tell(done: Published, said: Imprinted, *, is_checked: bool, as_json: bool) -> None:
    changes = done.since.changes
    if as_json:
        click.echo(
            json.dumps(
                {
                    "folder": str(done.folder),
                    "edition": done.imprint.id,
                    "number": done.imprint.number,
                    "on": done.imprint.on.isoformat(),
                    "pages": done.n_pages,
                    "files": done.n_files,
                    "written": done.n_written,
                    "removed": done.n_removed,
                    "unchanged": done.is_same,
                    "checked": is_checked,
                    "contact": said.contact or None,
                    "not_made": {one.format: one.why_not for one in done.not_made},
                    "changes": {
                        "added": changes.n_added,
                        "changed": changes.n_changed,
                        "gone": changes.n_gone,
                    }
                    if changes
                    else None,
                },
                ensure_ascii=False,
            )
        )
        return
    click.echo(f"Edition {done.imprint.number} of {done.imprint.day} ({done.imprint.id}) is in {done.folder}")
    if done.is_same:
        click.echo(
            f"nothing changed: {counted(done.n_pages, 'page')}, all of {counted(done.n_files, 'file')} whole"
        )
        return
    click.echo(
        f"{counted(done.n_pages, 'page')}; {done.n_written + 1:,} of {counted(done.n_files, 'file')} written, {done.n_removed:,} removed"
    )
    if changes:
        click.echo(
            f"Since edition {done.imprint.number - 1}: {counted(changes.n_added, 'entry', 'entries')} added, {changes.n_changed:,} changed,"
            f" {changes.n_gone:,} gone"
        )
    if not is_checked:
        click.echo("It was an edition already: what it hides is not known here, so nothing was looked for.")
    for one in done.not_made:
        click.echo(f"regesta: not made: {one.format}: {one.why_not}", err=True)
    click.echo(f"Open {done.folder / 'index.html'}")
