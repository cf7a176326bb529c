"""What `regesta build --profile` says: steps, slowest documents, rules, checks, the cache, rows and bytes, memory.

    step                  seconds  share
    read                     4.21   52 %
    resolve                  1.10   14 %

What a build takes beside its steps, such as loading the program, is the last line of them. Nothing here measures.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from regesta.cli.printing import counted
from regesta.profiling import Profile, peak_memory

if TYPE_CHECKING:
    from regesta.pipeline import Built

__all__ = ["as_json_of_profile", "profile_lines"]

_RULES: Final = 10
"""Rules and checks that are told as text, the slowest; JSON has all."""


def as_json_of_profile(built: Built, profile: Profile, seconds: float) -> dict[str, Any]:
    """Return where the time of a build went, for programs; seconds are those of the clock on the wall."""
    memory = peak_memory()
    n_documents = profile.n_documents + built.n_cached
    return {
        "steps": {step: round(took, 4) for step, took in _steps(built, profile, seconds).items()},
        "beside": {step: round(took, 4) for step, took in profile.beside.items()},
        "slowest": [
            {"source": name, "seconds": round(took, 4), "bytes": n_bytes}
            for name, took, n_bytes in profile.slowest
        ],
        "rules": {rule: round(took, 4) for rule, took in _by_time(profile.rules)},
        "checks": {check: round(took, 4) for check, took in _by_time(profile.checks)},
        "documents": n_documents,
        "cached": built.n_cached,
        "cached_share": round(built.n_cached / n_documents, 4) if n_documents else None,
        "rows": sum(n for table, n in built.counts.items() if table != "people"),
        "bytes_read": profile.n_bytes,
        "bytes_written": built.path.stat().st_size,
        "peak_memory_bytes": memory[0] if memory else None,
        "peak_memory_bytes_until": profile.memory,
        "peak_memory_bytes_of_a_process": memory[1] if memory else None,
    }


def profile_lines(built: Built, profile: Profile, seconds: float) -> Iterator[str]:
    """Yield the same as lines of text."""
    told = as_json_of_profile(built, profile, seconds)
    yield f"  {'step':24} seconds  share"
    for step, took in told["steps"].items():
        yield f"  {step:24} {took:7.2f} {_share(took, seconds)}"
    for step, took in told["beside"].items():
        yield f"  {step} took {took:.2f} s in a process of its own, beside others"
    if told["slowest"]:
        yield "  slowest documents"
    for one in told["slowest"]:
        yield f"  {one['seconds']:7.2f} s {_size(one['bytes']):>9}  {one['source']}"
    for kind in ("rules", "checks"):
        if told[kind]:
            yield f"  slowest {kind}"
        total = sum(told[kind].values()) or 1.0
        for name, took in list(told[kind].items())[:_RULES]:
            yield f"  {took:7.2f} s {_share(took, total)} of all {kind}  {name}"
    if told["documents"]:
        yield (
            f"  {told['cached']:,} of {counted(told['documents'], 'document')} from the cache"
            f" ({told['cached_share']:.0%}), {_size(told['bytes_read'])} read"
        )
    yield f"  {counted(told['rows'], 'row')}, {_size(told['bytes_written'])} written"
    if told["peak_memory_bytes"] is not None:
        other = told["peak_memory_bytes_of_a_process"]
        beside = f", {_size(other)} the largest process that it started" if other else ""
        yield f"  {_size(told['peak_memory_bytes'])} of memory at most{beside}"
        if profile.memory:
            until = ", ".join(f"{step} {_size(held)}" for step, held in profile.memory.items())
            yield f"  until the end of {until}"


def _steps(built: Built, profile: Profile, seconds: float) -> dict[str, float]:
    """Return the steps one beside the other: writing is what is left when reading and judging are taken off."""
    steps = dict(built.seconds)
    whole = steps.pop("read and write", 0.0)
    inner = ("resolve", "compare texts", "criticise")
    judged = {step: steps.pop(step) for step in inner if step in steps}
    read = min(profile.seconds_read, whole)
    steps |= {"read and extract": read, **judged}
    steps["write"] = max(0.0, whole - read - sum(judged.values()))
    steps["begin and end"] = max(0.0, seconds - sum(steps.values()))
    return steps


def _by_time(seconds: dict[str, float]) -> list[tuple[str, float]]:
    return sorted(seconds.items(), key=lambda one: (-one[1], one[0]))


def _share(part: float, whole: float) -> str:
    return f"{100 * part / whole:4.0f} %" if whole else "   - %"


def _size(n_bytes: int) -> str:
    """Return a number of bytes in a unit that suits it.

    >>> _size(812), _size(5_400_000), _size(2_000_000_000)
    ('812 B', '5.4 MB', '2.0 GB')
    """
    for unit, size in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if n_bytes >= size:
            return f"{n_bytes / size:.1f} {unit}"
    return f"{n_bytes} B"
