"""`python -m regesta` is the command `regesta`."""

from __future__ import annotations

import sys

from regesta.cli import main

if __name__ == "__main__":
    sys.exit(main())
