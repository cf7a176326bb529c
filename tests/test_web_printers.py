"""Printers: what they make is what one process makes, whatever happens to them."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx2 as httpx
import pytest

from regesta.errors import StoreError
from regesta.pages import Press
from regesta.web import Library, create_app
from regesta.web.printers import Printers, sensible

Work = Callable[[Printers], Awaitable[None]]


def shout(press: Press, words: str) -> str:
    return f"{press.title}: {words.upper()}"


def speak_long(press: Press, n: int) -> str:
    return press.title + "x" * (n - len(press.title))


def fail(press: Press, words: str) -> str:
    raise ValueError(f"{press.title}: {words}")


def die(press: Press) -> None:  # noqa: ARG001 - the shape of what is asked for
    os._exit(3)


def rest(press: Press, seconds: float) -> str:  # noqa: ARG001 - the same
    time.sleep(seconds)
    return "rested"


def process(press: Press) -> int:  # noqa: ARG001 - the same
    return os.getpid()


@pytest.fixture
def press(library: Library, monkeypatch: pytest.MonkeyPatch) -> Press:
    monkeypatch.syspath_prepend(Path(__file__).parent.parent)  # where a printer finds the functions above
    return library.press()


def working(n: int, press: Press, work: Work) -> None:
    """Do some work with printers that are ready."""
    printers = Printers(n, press)

    async def all_of_it() -> None:
        for _ in range(1000):
            if await printers.run(press, process) != os.getpid():
                break
            await asyncio.sleep(0.02)
        else:
            pytest.fail("no printer got ready")
        await work(printers)

    try:
        asyncio.run(all_of_it())
    finally:
        printers.close()


def test_pages_and_answers_are_those_of_one_process(library: Library, press: Press) -> None:
    ada = press.shelf.value("select id from entities where label = 'Ada Brook'")
    addresses = [
        "/", "/ko/people", f"/people/{ada}", "/sources/list.txt", "/search?q=boat", "/people/nobody", "/nowhere", "/timeline",
        f"/api/v1/entities/{ada}", "/api/v1/claims?limit=2", "/api/v1/claims?limit=x", "/api/v1/entities/e-0", "/api/v1/reconcile?queries=x",
    ]  # fmt: skip

    async def asked(printers: Printers, encoding: str) -> list[tuple[int, bytes, str]]:
        transport = httpx.ASGITransport(create_app(library, printers=printers))
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost") as client:
            answers = await asyncio.gather(
                *(client.get(address, headers={"accept-encoding": encoding}) for address in addresses)
            )
            return [(a.status_code, a.content, a.headers.get("content-encoding", "")) for a in answers]

    async def compared(printers: Printers) -> None:
        for encoding in ("gzip", "identity"):
            here = await asked(Printers(), encoding)
            assert {status for status, _, _ in here} >= {200, 400, 404}
            assert await asked(printers, encoding) == here

    working(2, press, compared)


def test_what_is_raised_is_raised_here(press: Press) -> None:
    async def work(printers: Printers) -> None:
        with pytest.raises(ValueError, match="no such"):
            await printers.run(press, fail, "no such")
        assert (await printers.run(press, shout, "on")).endswith(": ON")

    working(1, press, work)


def test_a_long_answer_comes_whole_where_the_loop_does_not_wait(press: Press) -> None:
    async def work(printers: Printers) -> None:
        for one in printers._all:
            os.set_blocking(one.connection.fileno(), False)  # as uvloop does with what it listens to
        for n in (5_000_000, 300, 20_000_000):
            assert len(await printers.run(press, speak_long, n)) == n

    working(1, press, work)


def test_another_takes_the_place_of_one_that_is_gone(press: Press) -> None:
    async def work(printers: Printers) -> None:
        first = await printers.run(press, process)
        with pytest.raises(StoreError, match="is gone"):
            await printers.run(press, die)
        for _ in range(1000):
            if (now := await printers.run(press, process)) not in (first, os.getpid()):
                break
            await asyncio.sleep(0.02)
        assert now not in (first, os.getpid())
        os.kill(now, signal.SIGKILL)  # while it has nothing to do
        assert (await printers.run(press, shout, "on")).endswith(": ON")

    working(1, press, work)


def test_what_was_to_come_after_what_ended_a_printer_is_made_all_the_same(press: Press) -> None:
    async def work(printers: Printers) -> None:
        words = [f"w{i}" for i in range(8)]
        asked = [printers.run(press, shout, word) for word in words]
        first, *others = await asyncio.gather(printers.run(press, die), *asked, return_exceptions=True)
        assert isinstance(first, StoreError)
        assert others == [f"{press.title}: {word.upper()}" for word in words]

    working(1, press, work)


def test_who_comes_first_is_served_first(press: Press) -> None:
    async def work(printers: Printers) -> None:
        done: list[int] = []

        async def one(n: int) -> None:
            await printers.run(press, shout, "x")
            done.append(n)

        await asyncio.gather(*(one(n) for n in range(20)))
        assert done == list(range(20))

    working(1, press, work)


def test_who_goes_away_takes_no_answer_of_others(press: Press) -> None:
    async def work(printers: Printers) -> None:
        gone = asyncio.ensure_future(printers.run(press, rest, 0.3))
        await asyncio.sleep(0.05)
        gone.cancel()
        assert [await printers.run(press, shout, word) for word in ("a", "b")] == [
            f"{press.title}: A",
            f"{press.title}: B",
        ]

    working(1, press, work)


def test_what_takes_long_leaves_a_printer_to_others(press: Press) -> None:
    async def work(printers: Printers) -> None:
        while len(printers.ready()) < 2:
            await printers.run(press, process)
            await asyncio.sleep(0.02)
        done: list[str] = []

        async def one(name: str, seconds: float, *, is_long: bool) -> None:
            await printers.run(press, rest, seconds, is_long=is_long)
            done.append(name)

        long = [asyncio.ensure_future(one("long", 0.5, is_long=True)) for _ in range(2)]
        await asyncio.sleep(0.05)
        await one("quick", 0.0, is_long=False)
        assert done == ["quick"]
        await asyncio.gather(*long)

    working(2, press, work)


def test_they_end_with_the_server(press: Press) -> None:
    seen: list[int] = []

    async def work(printers: Printers) -> None:
        seen.append(await printers.run(press, process))
        told = {figure.name: figure.samples[0][2] for figure in printers.figures()}
        assert told["regesta_printers"] == 1
        assert told["regesta_printers_cpu_seconds_total"] > 0

    working(1, press, work)
    with pytest.raises(ProcessLookupError):
        os.kill(seen[0], 0)


def test_a_small_chronicle_needs_none(press: Press, tmp_path: Path) -> None:
    assert sensible(press.shelf.path) == 0
    large = tmp_path / "large.sqlite"
    with large.open("wb") as file:
        file.truncate(1 << 30)
    assert 0 <= sensible(large) <= 4
