"""A program that has loaded regesta, and forks a process for each command that it is told to run and to kill.

    {"args": [...], "cwd": "...", "env": {...}, "seconds": 0.12, "event": null}  ──►  {"status": -9, "took": 0.12, "events": 31, "orphans": 0}

So that a command costs what it costs and not what Python costs to start, and that a moment can be hit: `seconds` after the start,
or just before the `event`-th thing that the process asks of the file system. Runs by itself: `python forking.py`.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import tempfile
import time
from typing import Any

EVENTS = frozenset({"open", "os.remove", "os.rename", "os.rmdir", "os.mkdir", "os.link", "os.truncate", "shutil.rmtree", "shutil.copymode", "os.chmod", "ctypes.dlsym", "os.scandir"})  # fmt: skip
"""Of `sys.audit`: what touches files. `os.replace` is `os.rename` there."""


def run(asked: dict[str, Any]) -> dict[str, Any]:
    """Run a command in a fork of this process, and kill it at its moment."""
    reading, writing = os.pipe()
    began = time.monotonic()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        _child(asked, writing)
    os.close(writing)
    limit = asked.get("seconds")
    signal_ = getattr(signal, asked.get("signal") or "SIGKILL")
    if limit is not None:
        select.select([reading], [], [], max(0.0, began + limit - time.monotonic()))
        os.kill(pid, signal_)
    said = b""
    while piece := os.read(reading, 1 << 16):
        said += piece
    os.close(reading)
    _, waited = os.waitpid(pid, 0)
    took = time.monotonic() - began
    return {
        "status": os.waitstatus_to_exitcode(waited),
        "took": took,
        "events": int(said or b"0"),
        "orphans": _orphans(pid),
    }


def _child(asked: dict[str, Any], writing: int) -> None:
    status = 70
    try:
        os.setpgid(0, 0)
        os.chdir(asked["cwd"])
        os.environ.update(asked["env"])
        tempfile.tempdir = None
        # close-on-exec, so that only this process holds the pipe; processes that it starts do not
        out = os.open(asked["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(out, 1)
        os.dup2(out, 2)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        n_events = 0
        fatal = asked.get("event")

        def heard(event: str, arguments: tuple[Any, ...]) -> None:
            nonlocal n_events
            if event in EVENTS and _touches(event, arguments):
                n_events += 1
                if n_events == fatal:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(heard)
        from regesta.cli import main

        status = main(asked["args"])
        sys.stdout.flush()
        os.write(writing, str(n_events).encode())
    finally:
        os._exit(status)


def _touches(event: str, arguments: tuple[Any, ...]) -> bool:
    """Return whether something is changed; files that are only read are no moment."""
    if event == "open":
        return isinstance(arguments[2], int) and bool(arguments[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT))
    return event != "os.scandir"


def _orphans(group: int) -> int:
    """Return how many processes of a command outlive it; they are given a moment, and then ended."""
    end = time.monotonic() + 5
    while time.monotonic() < end:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return 0
        except PermissionError:
            return 0
        time.sleep(0.02)
    os.killpg(group, signal.SIGKILL)
    return 1


def main() -> None:
    import regesta.chronicle.engine
    import regesta.chronicle.writing
    import regesta.cli.build
    import regesta.cli.decide
    import regesta.cli.edition
    import regesta.cli.erasing
    import regesta.cli.pack
    import regesta.cli.publish
    import regesta.criticism
    import regesta.custody
    import regesta.edition
    import regesta.extraction.rules
    import regesta.pipeline
    import regesta.publishing

    regesta.extraction.extract  # noqa: B018 - loaded
    for line in sys.stdin:
        print(json.dumps(run(json.loads(line))), flush=True)  # noqa: T201 - its voice


if __name__ == "__main__":
    main()
