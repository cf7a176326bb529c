"""The command line: one command a file, loaded when it is called.

    regesta build ...     COMMANDS["build"] ──► regesta.cli.build.build

Commands print; whatever they print comes from the rooms below. `main` turns errors into one line and an exit status:
2 for a mistake in the call or the input, 3 for a mistake of ours, with the path of a log that holds the traceback; 130, 143 or 129
for somebody who stopped it, after tidying up.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from importlib import import_module
from pathlib import Path
from types import FrameType
from typing import Any

import click

from regesta.errors import RegestaError
from regesta.version import __version__

__all__ = ["COMMANDS", "main", "regesta", "write_log"]

COMMANDS = {
    "init": "Make a new project.",
    "add": "Copy sources into the project, with what they say of themselves.",
    "build": "Read the sources and write the chronicle.",
    "read": "Show what is read of one file: its blocks, tables and references.",
    "status": "Tell what has changed since the last build.",
    "diff": "Tell what differs between two chronicles: sources, entities, claims, findings.",
    "show": "Show a person, a source, a claim, a finding or a family of sources, with the passages that say it.",
    "serve": "Show a chronicle in the browser.",
    "decide": "Record a decision, list them, or take one back.",
    "reviewers": "Tell who may decide on the pages of a team, and let somebody in or out.",
    "query": "Put a question in SQL to a chronicle.",
    "export": "Write a chronicle in another form.",
    "edition": "Make the public edition: a chronicle that never contained what is withheld.",
    "publish": "Write the public edition as a folder of pages.",
    "verify": "Prove that a chronicle is what its sources, decisions and version give, or that a published folder is as it was.",
    "cite": "Tell how to cite a person, a claim, a finding, a source, or the chronicle.",
    "check": "Show what a careful reader would notice, what could not be read or was left out, and how much was used.",
    "names": "Compare two names, or show how else one is spelled.",
    "demo": "Build the example register and show what it holds.",
    "pack": "Put the whole project into one file, for a colleague.",
    "unpack": "Make a project of what `regesta pack` wrote.",
    "doctor": "Show versions, folders and what is missing.",
}
"""Every command with its first sentence, in the order of `--help`; `regesta.cli.NAME` holds the command `NAME`."""


class _Lazy(click.Group):
    """A group that imports a command when it is called, and lists them without importing any."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = getattr(import_module(f"regesta.cli.{cmd_name}"), cmd_name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args[0] not in COMMANDS and not args[0].startswith("-"):
            near = get_close_matches(args[0], COMMANDS, 3)
            ctx.fail(
                f"No such command '{args[0]}'." + (f" Did you mean {' or '.join(near)}?" if near else "")
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(
    cls=_Lazy,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Each command tells more, with an example: regesta build --help",
)
@click.version_option(__version__, "-V", "--version", prog_name="regesta", message="%(prog)s %(version)s")
@click.option(
    "--log",
    type=click.Path(path_type=Path),
    envvar="REGESTA_LOG",
    metavar="FILE",
    help="Add what is done to this file, as lines of JSON without names or quotes.",
)
@click.pass_context
def regesta(ctx: click.Context, *, log: Path | None) -> None:
    """Read documents that tell overlapping stories, and write one chronicle in which every claim carries the passage that says it."""
    if os.environ.get("NO_COLOR"):  # https://no-color.org
        ctx.color = False
    if log is not None:
        from regesta.journal import open_journal, record

        open_journal(log)
        record("begun", command=ctx.invoked_subcommand, version=__version__)


def main(args: list[str] | None = None) -> int:
    """Run a command and return the exit status."""
    begin = time.perf_counter()
    status = _run(args)
    if journal := sys.modules.get("regesta.journal"):  # otherwise nobody asked for one
        journal.record("ended", status=status, seconds=round(time.perf_counter() - begin, 4))
        journal.close_journal()
    return status


_BARE: Any = getattr(click.exceptions, "NoArgsIsHelpError", ())
"""What newer versions of click make of a group without a command: its help, as a mistake."""
_INTERRUPTED = "Query interrupted"
"""What DuckDB makes of a signal that comes while it works."""


class _StoppedError(BaseException):
    """Somebody asked the program to end: like Ctrl-C it passes everything that tidies up."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


@contextmanager
def _stoppable(asked: list[int]) -> Iterator[None]:
    """Let SIGTERM and a closed terminal end a command as Ctrl-C does, where nobody has said what they do; `asked` holds which."""
    wanted = [signal.SIGTERM, signal.SIGHUP] if hasattr(signal, "SIGHUP") else [signal.SIGTERM]
    is_main = threading.current_thread() is threading.main_thread()
    ours = [one for one in wanted if is_main and signal.getsignal(one) is signal.SIG_DFL]

    def stop(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - the shape of a handler
        for one in ours:
            signal.signal(one, signal.SIG_IGN)  # who asks twice need not wait longer
        asked.append(number)
        raise _StoppedError(number)

    for one in ours:
        signal.signal(one, stop)
    try:
        yield
    finally:
        for one in ours:
            signal.signal(one, signal.SIG_DFL)


def _run(args: list[str] | None) -> int:
    gc.set_threshold(100_000, 20, 20)  # a command keeps most of what it makes: looking for garbage is wasted
    asked: list[int] = []
    try:
        with _stoppable(asked):
            status = regesta.main(args, prog_name="regesta", standalone_mode=False)
    except click.exceptions.Exit as error:
        return error.exit_code
    except click.UsageError as error:
        if isinstance(error, _BARE):
            click.echo(error.format_message())
            return 0
        return _fail(2, _usage(error))
    except click.ClickException as error:
        return _fail(2, error.format_message())
    except RegestaError as error:
        return _fail(2, str(error))
    except (KeyboardInterrupt, click.Abort):
        return _fail(130, "interrupted")
    except _StoppedError as stopped:
        return _fail(128 + stopped.number, "stopped")
    except SystemExit:
        return 0  # what click makes of a pipe that nobody reads, with 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # nobody reads what is left
        return 0
    except Exception as error:  # noqa: BLE001 - the last line of defence: a fault of ours
        if str(error) == _INTERRUPTED:
            return _fail(128 + asked[0], "stopped") if asked else _fail(130, "interrupted")
        if journal := sys.modules.get("regesta.journal"):
            journal.record("fault", fault=type(error).__name__)
        return _fail(3, f"{type(error).__name__}: a fault of regesta; please report it with {_traced()}")
    return status if isinstance(status, int) else 0


def _usage(error: click.UsageError) -> str:
    """Return what is wrong with a call, and where its help is."""
    told = error.format_message().removesuffix(".")
    command = error.ctx.command_path if error.ctx else "regesta"
    return f"{told}{' See' if told.endswith('?') else '; see'}: {command} --help"


def _fail(status: int, message: str) -> int:
    """Print one line to standard error."""
    click.echo(f"regesta: {' '.join(message.split())}", err=True)
    return status


def _traced() -> str:
    """Keep the traceback of the present error and return the path of the log."""
    import traceback

    return write_log([traceback.format_exc()])


def write_log(parts: list[str]) -> str:
    """Write to a file of its own in the cache folder, or a temporary one, and return its path, or why there is none."""
    import tempfile

    from regesta.project import cache_folder

    folder = cache_folder() / "log"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        place: Path | None = folder
    except OSError:
        place = None  # the system's own folder for such things
    said = "\n\n".join([f"regesta {__version__}, Python {sys.version}", " ".join(sys.argv), *parts])
    try:
        with tempfile.NamedTemporaryFile(
            "w", encoding="utf-8", dir=place, prefix="regesta-", suffix=".log", delete=False
        ) as file:
            file.write(said)
    except OSError as error:
        return f"no log: none could be written ({error.strerror})"
    return file.name
