"""Serving until somebody stops it: a socket, an address that is told, a server.

The socket is opened before the address is told, so whoever reads it can follow it. Nothing here knows what is served.
"""

from __future__ import annotations

import contextlib
import gc
import socket
from collections.abc import Callable
from pathlib import Path

from regesta.errors import StoreError
from regesta.web.application import create_app
from regesta.web.library import Library
from regesta.web.printers import Printers, sensible
from regesta.web.review import Office, Reached
from regesta.web.review.entrance import Entrance

__all__ = ["DEFAULT_PORT", "serve"]

DEFAULT_PORT = 8420
_LOOPBACK = "127.0.0.1"
_ALLOCATED = 20_000
"""Objects more than were freed, after which the collector looks at the youngest."""


def serve(
    chronicle: Path,
    *,
    title: str,
    host: str | None = None,
    port: int | None = None,
    root: Path | None = None,
    decisions: str | Path | None = None,
    allowed: str | None = None,
    workers: int | None = None,
    erase: Callable[[str, str, str], Reached] | None = None,
    packs: tuple[Path, ...] = (),
    told: Callable[[str, bool], None],
) -> None:
    """Serve the pages of a chronicle until interrupted.

    `workers` are the processes that print, as many as seem sensible where it is None. `allowed` is the origin of another site
    whose pages may ask the API, such as OpenRefine. `root` is the folder of the
    project whose decisions may be written, None to serve for reading alone, and `decisions` where they are kept, a path or the
    address of a database. `erase` erases an entity or the passage of a
    claim, given who does it and why; without it the pages cannot. `packs` are the project's own lexicons. `told` is given
    the address, which lets a reviewer in where one may, and whether another port than the usual one had to be taken. Raises
    `StoreError` where the chronicle cannot be opened or the port that was asked for is taken.
    """
    library = Library(chronicle, title=title)
    press = library.press()
    n = sensible(press.shelf.path) if workers is None else workers
    printers = Printers(n, press)  # they get ready meanwhile
    import uvicorn

    log = decisions or (root / "decisions.jsonl" if root is not None else "")
    office = Office(library, root, log, erase=erase, packs=packs) if root is not None else None
    application = create_app(library, host=host, office=office, allowed=allowed, printers=printers)
    listening = _listening(host or _LOOPBACK, port)
    taken = listening.getsockname()[1]
    shown = "localhost" if host in (None, _LOOPBACK) else host
    address = f"http://{f'[{shown}]' if ':' in shown else shown}:{taken}/"
    if office is not None:
        entrance = office.entrance
        address += (
            f"review/enter?token={entrance.invite()}" if isinstance(entrance, Entrance) else "review/enter"
        )
    told(address, port is None and taken != DEFAULT_PORT)
    config = uvicorn.Config(
        application,
        lifespan="off",
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=3,
    )
    _settle()
    try:
        with contextlib.suppress(KeyboardInterrupt), listening:
            uvicorn.Server(config).run(sockets=[listening])
    finally:
        printers.close()
        if office is not None:
            office.rebuilder.close()


def _settle() -> None:
    """Let the collector of garbage pass over what stays as long as the server, and come seldom.

    Pages leave next to nothing to collect; each pass over all that was imported would keep every reader waiting.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_ALLOCATED, 20, 50)


def _listening(host: str, port: int | None) -> socket.socket:
    """Return a socket that listens, at a free port where the usual one is taken."""
    try:
        family, kind, protocol, _, (address, *_) = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise StoreError("no such address", where="--host", found=host) from error
    for wanted in (DEFAULT_PORT, 0) if port is None else (port,):
        opened = socket.socket(family, kind, protocol)
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            opened.bind((address, wanted))
            opened.listen(256)
        except OSError as error:
            opened.close()
            if wanted == 0 or port is not None:
                raise StoreError(
                    f"cannot listen: {error.strerror}", where=f"{host}:{wanted}", hint="try another --port"
                ) from error
        else:
            return opened
    raise AssertionError("the second try raises or returns")
