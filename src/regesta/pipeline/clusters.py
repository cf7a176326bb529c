"""A build whose sources a cluster reads: what its workers are given, and their answers as the results of this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from regesta.errors import EngineError
from regesta.gathering import Failure, Reading, Result, opened
from regesta.pipeline.versions import ROOMS_OF_GISTS, code_of, extractor
from regesta.project import unpack
from regesta.spark import Answer, Cluster, Work, files_below

__all__ = ["answered", "cluster_of", "work_of"]


def cluster_of(engine: str, master: str | None, landing: str | None) -> Cluster | None:
    """Return the cluster that shall read the sources, None where this machine does."""
    if engine == "spark":
        return Cluster(master, landing)
    if engine != "local":
        raise EngineError("no such engine", where="--engine", found=engine, hint="it may be local or spark")
    if master or landing:
        raise EngineError(
            "only Spark has a master and a landing", where="--engine", hint="add --engine spark"
        )
    return None


def work_of(packs: tuple[Path, ...], reading: Callable[[tuple[Path, ...]], Reading]) -> Work:
    """Return what the workers of a cluster are given: the functions that a build on one machine runs."""
    shipped = tuple((folder.name, files_below(folder)) for folder in packs)
    return Work(opened, reading, shipped, _version_of_workers(packs), _version_of_workers)


def _version_of_workers(packs: tuple[Path, ...]) -> str:
    """Return what the machines of a cluster must have alike."""
    return f"{extractor(packs)} {code_of(ROOMS_OF_GISTS)}"


def answered(answers: Iterable[Answer]) -> Iterator[Result]:
    """Yield the answers of a cluster as the results that this machine would have."""
    for answer in answers:
        if answer.document is not None:
            document = unpack(answer.document) if answer.gist is None else None
            yield Result(document, answer.parts, answer.gist, is_cached=answer.is_cached)
        elif answer.failure is not None:
            yield Result(failure=Failure(answer.source, *answer.failure))
        else:
            yield Result(rejection=answer.rejection)
