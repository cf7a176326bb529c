"""The container files, without a container: whatever they name is there, nobody is root, and the database begins as they say.

No engine of containers runs where regesta is tested, so no image is built here. `begin.sh` is run by a PostgreSQL of this machine;
the `pip install` of the image is what `make check` does in a bare environment, with extras.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import time
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from regesta.cli import COMMANDS
from regesta.cli.serve import serve

yaml: Any = pytest.importorskip("yaml", reason="PyYAML is not installed")

ROOT = Path(__file__).parents[1]
HERE = ROOT / "container"
IMAGES = {"Containerfile": ROOT, "Containerfile.postgres": HERE}
"""Each with the folder that it is built in."""
COMPOSE: dict[str, Any] = yaml.safe_load((HERE / "compose.yaml").read_text("utf-8"))
SERVICES: dict[str, Any] = COMPOSE["services"]


def steps(name: str) -> Iterator[tuple[str, str]]:
    """Yield the instructions of a file of an image with what follows them."""
    text = (HERE / name).read_text("utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            word, _, rest = line.partition(" ")
            yield word, rest.strip()


def values(name: str, word: str) -> list[str]:
    return [rest for one, rest in steps(name) if one == word]


@pytest.mark.parametrize("name", IMAGES)
def test_an_image_is_of_debian_and_of_what_is_here(name: str) -> None:
    assert {one.split(" AS ")[0] for one in values(name, "FROM")} == {
        "docker.io/library/debian:bookworm-slim"
    }
    known = {
        "FROM",
        "RUN",
        "ARG",
        "COPY",
        "ENV",
        "WORKDIR",
        "VOLUME",
        "USER",
        "EXPOSE",
        "HEALTHCHECK",
        "ENTRYPOINT",
        "CMD",
    }
    assert {word for word, _ in steps(name)} <= known
    stages = {one.split(" AS ")[1] for one in values(name, "FROM") if " AS " in one}
    for copied in values(name, "COPY"):
        *sources, _ = shlex.split(copied)
        if sources[0].startswith("--from="):
            assert sources[0].removeprefix("--from=") in stages
            continue
        for source in sources:
            assert (IMAGES[name] / source).exists(), source
    assert "http" not in " ".join(values(name, "RUN"))  # nothing but apt and pip brings anything in


@pytest.mark.parametrize("name", IMAGES)
def test_nobody_is_root_and_volumes_are_theirs(name: str) -> None:
    (user,) = values(name, "USER")
    made = " ".join(values(name, "RUN"))
    assert re.search(rf"useradd [^&]*--uid [1-9]\d+ [^&]*\b{user}(?= |$)", made)
    (volumes,) = values(name, "VOLUME")
    for volume in json.loads(volumes):
        assert re.search(rf"chown {user}:{user} [^&]*{volume}\b", made), volume
    words = [word for word, _ in steps(name)]
    assert words.index("USER") > max(at for at, word in enumerate(words) if word in {"RUN", "COPY"})


def test_what_the_web_installs_and_runs() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["optional-dependencies"]
    named = [re.search(r"\[(.*?)\]", one) for one in values("Containerfile", "ARG")]
    assert all(match and set(match[1].split(",")) <= set(extras) for match in named)
    (entry,), (asked,) = values("Containerfile", "ENTRYPOINT"), values("Containerfile", "CMD")
    assert json.loads(entry) == ["regesta"]
    check_command(json.loads(asked))
    (port,) = values("Containerfile", "EXPOSE")
    (health,) = values("Containerfile", "HEALTHCHECK")
    assert f"127.0.0.1:{port}/ready" in health
    assert json.loads(asked)[-1] == port


def check_command(asked: list[str]) -> None:
    """Fail unless the command line knows a command and its options."""
    assert asked[0] in COMMANDS
    serve.make_context("serve", asked[1:])


def test_the_services_fit_together() -> None:
    assert set(COMPOSE) == {"name", "services", "volumes", "networks", "secrets"}
    for name, service in SERVICES.items():
        image = service["build"]["dockerfile"]
        context = (HERE / service["build"]["context"]).resolve()
        assert (context / image).is_file()
        file = Path(image).name
        assert context == IMAGES[file]
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert "privileged" not in service
        assert "/tmp" in service["tmpfs"]  # noqa: S108 - of the container
        mounted = dict(one.split(":") for one in service["volumes"])
        assert set(mounted) <= set(COMPOSE["volumes"]), name
        assert set(mounted.values()) == set(json.loads(values(file, "VOLUME")[0])), name
        assert set(service["secrets"]) <= set(COMPOSE["secrets"]), name
        assert set(service["networks"]) <= set(COMPOSE["networks"]), name
        paths = {value for value in service["environment"].values() if value.startswith("/run/secrets/")}
        assert {Path(path).name for path in paths} == set(service["secrets"])
        assert "healthcheck" in service
        assert not any("PASSWORD" in key and not key.endswith("_FILE") for key in service["environment"])
    assert set(SERVICES["web"]["depends_on"]) <= set(SERVICES)
    assert all(secret["file"].startswith("../secrets/") for secret in COMPOSE["secrets"].values())


def test_the_web_of_the_compose_file() -> None:
    web = SERVICES["web"]
    check_command(web["command"])
    address = web["command"][web["command"].index("--decisions") + 1]
    assert address == "postgresql://register@database:5432/register"
    assert web["command"][web["command"].index("--host") + 1] == web["hostname"]
    assert f"http://{web['hostname']}:8420/ready" in web["healthcheck"]["test"][-1]
    assert web["ports"] == ["127.0.0.1:8420:8420"]  # a proxy that speaks TLS stands before it
    assert values("Containerfile.postgres", "EXPOSE") == ["5432"]
    assert "ports" not in SERVICES["database"]
    assert COMPOSE["networks"]["within"] == {"internal": True}


def test_the_comments_name_what_is_there() -> None:
    text = (HERE / "compose.yaml").read_text("utf-8")
    for user, file in (("8420", "Containerfile"), ("8432", "Containerfile.postgres")):
        assert f"chown {user}" in text
        assert f"--uid {user}" in " ".join(values(file, "RUN"))
    assert (ROOT / "docs" / "guide" / "operations.md").is_file()


@pytest.mark.skipif(os.name != "posix", reason="a script of a shell")
def test_the_database_begins_and_goes_on() -> None:
    programs = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)
    if programs is None or not (programs / "initdb").exists():
        pytest.skip("no PostgreSQL here: apt-get install postgresql")
    psycopg = pytest.importorskip("psycopg", reason="the extra `postgres` is not installed")
    import tempfile

    folder = Path(tempfile.mkdtemp(prefix="regesta-begin-", dir="/tmp"))
    (folder / "password").write_text("a secret of tests\n")
    before = []
    if os.geteuid() == 0:
        before = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"]
        for path in (folder, folder / "password"):
            shutil.chown(path, "nobody", "nogroup")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PGDATA": str(folder), "PROGRAMS": str(programs), "SOCKETS": str(folder), "POSTGRES_PASSWORD_FILE": str(folder / "password")}  # fmt: skip
    command = [*before, "/bin/sh", str(HERE / "begin.sh"), "-p", str(port), "-c", "fsync=off"]
    try:
        (folder / "new").mkdir()  # of a start that was killed
        if before:
            shutil.chown(folder / "new", "nobody", "nogroup")
        for _ in range(2):
            with subprocess.Popen(
                command, env=environment, cwd="/", stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            ) as process:
                try:
                    ask(psycopg, process, f"host=127.0.0.1 port={port} dbname=register user=register")
                finally:
                    process.terminate()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def ask(psycopg: Any, process: subprocess.Popen[bytes], where: str) -> None:
    """Come in with the password, and not without it."""
    for _ in range(600):
        assert process.poll() is None, "it ended"
        try:
            with psycopg.connect(where, password="a secret of tests") as connection:  # noqa: S106
                (coding,) = connection.execute("show server_encoding").fetchone()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            assert coding == "UTF8"
            break
    else:
        pytest.fail("it does not begin")
    with pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(where, password="another")  # noqa: S106
