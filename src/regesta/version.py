"""The version of regesta, where every room may read it; the package's metadata is made of it."""

from __future__ import annotations

__all__ = ["__version__"]

__version__ = "0.1.0"
"""See docs/changes/ for what each version changed."""
