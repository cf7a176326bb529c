"""Whoever is killed while it keeps an entry of the cache leaves what the next one removes."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from regesta.model import Source
from regesta.project import Cache, Parts

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="nobody is killed here")

KILLED = """
import os, signal, sys
from pathlib import Path
from regesta.model import Source
from regesta.project import Cache, Parts
moment, n_done = int(sys.argv[2]), 0
def look(event, arguments):  # the audit events of what touches the disk are the moments
    global n_done
    if event in ("open", "os.rename", "os.mkdir", "os.scandir") and str(arguments[0]).startswith(sys.argv[1]):
        n_done += 1
        if n_done == moment:
            os.kill(os.getpid(), signal.SIGKILL)
sys.addaudithook(look)
Cache(Path(sys.argv[1]), "v").put(Source(name="a.txt", sha256="0"), b"document", Parts((b"part",)), b"gist", "g")
"""


def test_what_a_killed_build_was_keeping_is_removed(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    left = []
    for moment in range(1, 12):
        command = [sys.executable, "-c", KILLED, str(folder), str(moment)]
        status = subprocess.run(command, check=False).returncode
        left.append(len(list(folder.glob(".entry.*"))) if folder.is_dir() else 0)
        if status == 0:
            break
        assert status == -signal.SIGKILL
    else:
        pytest.fail("it was killed every time: there are more moments than were tried")
    assert max(left) == 1, "none was killed while it wrote, or what one left was not removed by the next"
    cache = Cache(folder, "v")
    assert cache.gist(Source(name="a.txt", sha256="0"), "g") == b"gist"
    cache.put(Source(name="b.txt", sha256="1"), b"", Parts(()))
    assert list(folder.glob(".entry.*")) == []
    assert {path.stat().st_mode & 0o77 for path in folder.glob("*/*")} == {0}
    assert len(list(folder.glob("*/*"))) == 2
