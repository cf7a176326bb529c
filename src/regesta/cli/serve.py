"""`regesta serve`."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click

from regesta.cli.logs import DECISIONS, chosen_log
from regesta.database import is_address
from regesta.errors import ProjectError, StoreError
from regesta.project import Project, find_project

if TYPE_CHECKING:
    from collections.abc import Callable

    from regesta.web import Reached

__all__ = ["is_installed", "serve", "serve_until_stopped"]


@click.command(epilog="Example: regesta serve chronicle.duckdb --open")
@click.argument("chronicle", required=False, type=click.Path(path_type=Path), metavar="[CHRONICLE]")
@click.option(
    "--port", type=click.IntRange(0, 65535), help="Where to listen; 8420, or a free one where that is taken."
)
@click.option(
    "--host",
    help="Listen at this address too, and answer to this name; only this machine can reach it otherwise.",
)
@click.option("--open", "opens", is_flag=True, help="Open the pages in the browser.")
@click.option(
    "--review", "reviews", is_flag=True, help="Let reviewers decide: the address that is printed lets one in."
)
@DECISIONS
@click.option(
    "--workers",
    type=click.IntRange(0, 16),
    help="Processes that print pages beside the one that answers; by default one a processor for a large chronicle, else none.",
)
@click.option(
    "--allow-origin", "allowed", help="Let the pages of this other site ask the API, such as OpenRefine's."
)
def serve(
    chronicle: Path | None,
    *,
    port: int | None,
    host: str | None,
    opens: bool,
    reviews: bool,
    log: str | None,
    workers: int | None,
    allowed: str | None,
) -> None:
    """Show a chronicle in the browser.

    The pages are served to this machine alone, until Ctrl-C. When the chronicle is built again they show the new one. With
    --review, inside a project, what is decided on the pages goes to its log, and the chronicle is built again; --decisions
    says where the log is, and reviews as well.
    """
    project = find_project()
    path = chronicle or project.chronicle
    title = project.title if chronicle is None and project.title else path.stem
    root = _root_of(project, path) if reviews or log else None
    serve_until_stopped(
        path,
        title=title,
        port=port,
        host=host,
        opens=opens,
        root=root,
        decisions=chosen_log(project, log),
        workers=workers,
        allowed=allowed,
    )


def _root_of(project: Project, path: Path) -> Path:
    """Return the folder of the project whose chronicle this is; raises `ProjectError` where it is none's."""
    hint = "make a project with: regesta init; put the documents into its sources/, then: regesta build"
    if not project.is_real:
        raise ProjectError(
            "review needs a project, which keeps what is decided", where=str(project.root), hint=hint
        )
    if path.resolve() != project.chronicle.resolve():
        raise ProjectError(
            "this is not the chronicle of the project here, so nothing that is decided would be built into it",
            where=str(path), hint=f"leave it out, or {hint}",
        )  # fmt: skip
    return project.root


def _eraser(root: Path, decisions: str | Path | None) -> Callable[[str, str, str], Reached] | None:
    """Return what erases on the pages of review; None where the log is not the project's own, which erasing rewrites."""
    from regesta.cli.erasing import eraser

    project = find_project(root)
    return eraser(project) if decisions is None or Path(decisions) == project.decisions else None


def is_installed() -> bool:
    """Return whether the extra `web` is there."""
    return all(find_spec(name) for name in ("starlette", "uvicorn", "jinja2"))


def demand_web(command: str) -> None:
    """Raise a `StoreError` that names the extra `web` where it is not there; `command` is what needs it."""
    if not is_installed():
        raise StoreError(
            "the pages need the extra `web`",
            where=command,
            hint="install it with: pip install 'regesta[web]'",
        )


def serve_until_stopped(
    path: Path,
    *,
    title: str,
    port: int | None = None,
    host: str | None = None,
    opens: bool = False,
    root: Path | None = None,
    decisions: str | Path | None = None,
    workers: int | None = None,
    allowed: str | None = None,
) -> None:
    """Serve a chronicle until Ctrl-C, saying where; with `root`, the folder of its project, reviewers may decide."""
    demand_web("regesta serve")
    from regesta.web import serve as serve_

    def told(address: str, is_other: bool) -> None:
        if is_other:
            click.echo("The usual port is taken; this is a free one.", err=True)
        click.echo(f"{path} is at {address}   (Ctrl-C stops)")
        if root is not None:
            click.echo(
                "Reviewers come in there by name and password; everybody else reads."
                if is_address(decisions)
                else "This address lets one reviewer in, once; whoever comes without it reads."
            )
        if opens:
            click.launch(address)

    serve_(
        path, title=title, host=host, port=port, root=root, decisions=decisions, workers=workers, allowed=allowed, told=told,
        erase=None if root is None or is_address(decisions) else _eraser(root, decisions),
        packs=() if root is None else find_project(root).pack_folders,
    )  # fmt: skip
    click.echo("stopped", err=True)
