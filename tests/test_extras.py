"""What needs an extra says which, in one line, where it is not installed."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

from regesta.cli.doctor import EXTRAS

SCRIPT = Path(__file__).parents[1] / "scripts" / "bare.py"


def script() -> Any:
    spec = importlib.util.spec_from_file_location("bare", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_bare_regesta_names_the_extra() -> None:
    done = subprocess.run(
        [sys.executable, "-P", str(SCRIPT), "--hidden"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_extra_and_package_is_looked_at() -> None:
    bare = script()
    assert {extra for extra, _ in EXTRAS.values()} - {"png"} <= set(bare.CASES.values())
    known = packages_distributions()
    hidden = {name.lower().replace("_", "-") for one in bare.HIDDEN for name in known.get(one, [one])}
    assert {name.partition("[")[0].lower() for name in EXTRAS} <= hidden | set(bare.HIDDEN)
