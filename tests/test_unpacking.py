"""Files that hold files: what comes out, under which names, and what hostile ones may cost."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable
from typing import Any, BinaryIO, cast

import pytest
import zstandard
from hypothesis import given, settings
from hypothesis import strategies as st

from regesta.errors import ReadError
from regesta.model import Rejection, Source
from regesta.unpacking import CONTAINERS, Member, container_of, inner_name, is_saved_part, limits, unpack

Files = Iterable[tuple[str, bytes]]


def zipped(files: Files, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files:
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), data, method)
    return out.getvalue()


def tarred(files: Files, form: int = tarfile.PAX_FORMAT) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=form) as archive:
        for name, data in files:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


def opened(data: bytes, name: str, wanted: Callable[[str], bool] = lambda _: True) -> dict[str, bytes | str]:
    """Return by name what came out: the bytes of a member, the code of a rejection."""
    found: dict[str, bytes | str] = {}
    for item in unpack(io.BytesIO(data), Source(name=name), wanted=wanted):
        key = item.source.name if isinstance(item, Member) else item.source
        assert key not in found or isinstance(item, Rejection), "names are unique"
        found[key] = item.data if isinstance(item, Member) else item.code
    return found


FILES = [("a.txt", b"Kim fled."), ("lists/b.html", "<p>Åsa".encode()), ("lists/한글.md", b"# x")]
WHOLE = {f"/{name}": data for name, data in FILES}

PACKERS: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".bz2": bz2.compress,
    ".xz": lzma.compress,
    ".lzma": lambda data: lzma.compress(data, lzma.FORMAT_ALONE),
    ".zst": lambda data: zstandard.ZstdCompressor().compress(data),
}


@pytest.mark.parametrize("suffix", ["", *PACKERS])
@pytest.mark.parametrize("form", [tarfile.PAX_FORMAT, tarfile.GNU_FORMAT, tarfile.USTAR_FORMAT])
def test_a_tar_there_and_back(suffix: str, form: int) -> None:
    files = [*FILES, ("deep/" * 18 + "c.txt", b"x" * 1500)]
    if form != tarfile.USTAR_FORMAT:
        files.append(("long" * 60 + ".txt", b"long"))
    packed = PACKERS.get(suffix, bytes)(tarred(files, form))
    assert opened(packed, "p.tar" + suffix) == {f"p.tar{suffix}/{name}": data for name, data in files}


@pytest.mark.parametrize(
    ("short", "suffix"), [(".tgz", ".gz"), (".tbz2", ".bz2"), (".txz", ".xz"), (".tzst", ".zst")]
)
def test_short_endings_of_packed_tars(short: str, suffix: str) -> None:
    packed = PACKERS[suffix](tarred(FILES))
    assert opened(packed, "p" + short) == {f"p{short}{name}": data for name, data in WHOLE.items()}


@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_a_zip_there_and_back(method: int) -> None:
    assert opened(zipped(FILES, method), "p.zip") == {f"p.zip{name}": data for name, data in WHOLE.items()}


@pytest.mark.parametrize("suffix", PACKERS)
def test_a_compressed_file_keeps_its_name_and_is_read_as_what_it_holds(suffix: str) -> None:
    pack = PACKERS[suffix]
    asked: list[str] = []

    def wanted(name: str) -> bool:
        asked.append(name)
        return True

    data = pack(b"Kim fled. ") + (b"" if suffix == ".lzma" else pack(b"Lee stayed."))
    expected = b"Kim fled. " if suffix == ".lzma" else b"Kim fled. Lee stayed."
    name = "notes.txt" + suffix
    assert opened(data, name, wanted) == {name: expected}
    assert asked == ["notes.txt"]
    assert inner_name(name) == "notes.txt"


@given(
    st.lists(
        st.tuples(
            st.text(
                st.characters(exclude_characters="/\\\0", exclude_categories=["Cs"]), min_size=1, max_size=20
            ),
            st.binary(max_size=60),
        ),
        max_size=6,
    )
)
@settings(deadline=None, max_examples=60)
def test_whatever_members_are_called_each_comes_out_once_or_is_said(files: list[tuple[str, bytes]]) -> None:
    files = [
        ("d/" + name + "x", data)
        for name, data in files
        if not name.startswith(".") and name + "x" != "__MACOSX"
    ]
    for name, data in (("p.tar", tarred(files)), ("p.tar.gz", gzip.compress(tarred(files)))):
        members = list(unpack(io.BytesIO(data), Source(name=name))) if files else []
        assert len(members) == len(files)
        assert len({m.source.name if isinstance(m, Member) else m.source for m in members}) == len(files)
        for member in members:
            shown = member.source.name if isinstance(member, Member) else member.source
            assert shown.startswith(name + "/d/")
            assert shown.isprintable() or "\ufffd" in shown or not shown.isascii()


def test_containers_within_containers() -> None:
    inner = gzip.compress(tarred([("x.txt", b"deep")]))
    found = opened(
        zipped(
            [("in/a.tar.gz", inner), ("b.zip", zipped([("y.txt", b"y")])), ("c", zipped([("z.txt", b"z")]))]
        ),
        "o.zip",
    )
    assert found == {"o.zip/in/a.tar.gz/x.txt": b"deep", "o.zip/b.zip/y.txt": b"y", "o.zip/c/z.txt": b"z"}


def test_nesting_ends() -> None:
    data = b"x"
    for n in range(12):
        data = zipped([(f"{n}.zip" if n else "a.txt", data)])
    (code,) = opened(data, "o.zip").values()
    assert code == "U006"
    data = b"x"
    for _ in range(40):
        data = gzip.compress(data)
    assert list(opened(data, "a.txt" + ".gz" * 40).values()) == ["U006"]


def test_names_stay_below_the_container() -> None:
    names = [
        "../up.txt",
        "a/../../up.txt",
        "/etc/abs.txt",
        "C:\\win\\w.txt",
        "ok/./b//c.txt",
        "bell\x07\u202e.txt",
        "\\\\host\\s.txt",
    ]
    for data, container in (
        (zipped([(n, b"1") for n in names]), "p.zip"),
        (tarred([(n, b"1") for n in names]), "p.tar"),
    ):
        found = opened(data, container)
        assert [k for k, v in found.items() if v == "U001"] == [
            f"{container}/../up.txt",
            f"{container}/a/../../up.txt",
        ]
        kept = [k.removeprefix(container) for k, v in found.items() if v == b"1"]
        assert kept == ["/etc/abs.txt", "/win/w.txt", "/ok/b/c.txt", "/bell\ufffd\ufffd.txt", "/host/s.txt"]


def test_two_of_one_name_get_names_of_their_own() -> None:
    data = tarred([("a.txt", b"1"), ("a.txt", b"2"), ("a~2.txt", b"3"), ("./a.txt", b"4")])
    found = opened(data, "p.tar")
    assert sorted(found.values()) == [b"1", b"2", b"3", b"4"]
    assert all(name.endswith(".txt") for name in found)


def test_hidden_files_and_folders_are_passed_over() -> None:
    files = [
        (".git/config", b"x"),
        ("__MACOSX/._a.txt", b"x"),
        ("a/.DS_Store", b"x"),
        ("folder/", b""),
        ("a/Thumbs.db", b"x"),
    ]
    assert opened(zipped([*files, ("a.txt", b"1")]), "p.zip") == {"p.zip/a.txt": b"1"}
    assert opened(tarred([*files, ("a.txt", b"1")]), "p.tar") == {"p.tar/a.txt": b"1"}


def test_links_and_devices_are_refused() -> None:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.FIFOTYPE):
            info = tarfile.TarInfo(f"l{kind.decode()}.txt")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
        info = tarfile.TarInfo("folder")
        info.type = tarfile.DIRTYPE
        archive.addfile(info)
    assert list(opened(out.getvalue(), "p.tar").values()) == ["U005"] * 4
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zip_file:
        link = zipfile.ZipInfo("l.txt")
        link.create_system, link.external_attr = 3, 0o120777 << 16
        zip_file.writestr(link, "/etc/passwd")
    assert opened(out.getvalue(), "p.zip") == {"p.zip/l.txt": "U005"}


def test_what_nobody_wants_is_not_unpacked() -> None:
    data = bytearray(zipped([("a.jpg", b"x" * 5000), ("b.txt", b"y")]))
    at = data.find(b"a.jpg") + len(b"a.jpg")
    data[at : at + 9] = b"\xff" * 9  # the picture's bytes are ruined; nobody notices
    assert opened(bytes(data), "p.zip", lambda n: n.endswith(".txt")) == {
        "p.zip/a.jpg": "P001",
        "p.zip/b.txt": b"y",
    }


def test_empty_archives_hold_nothing() -> None:
    assert opened(zipped([]), "p.zip") == {}
    assert opened(tarred([]), "p.tar") == {}


def test_encrypted_members_are_said() -> None:
    data = bytearray(zipped([("a.txt", b"secret"), ("b.txt", b"y")]))
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + at] |= 1
    assert opened(bytes(data), "p.zip") == {"p.zip/a.txt": "U002", "p.zip/b.txt": b"y"}


def test_a_damaged_member_does_not_stop_the_others() -> None:
    data = bytearray(zipped([("a.txt", b"first " * 300), ("b.txt", b"y")]))
    at = data.find(b"a.txt") + 5
    data[at + 3 : at + 9] = b"\xff\x00\xff\x00\xff\x00"
    assert opened(bytes(data), "p.zip") == {"p.zip/a.txt": "U004", "p.zip/b.txt": b"y"}


def test_what_was_whole_of_a_broken_archive_is_read() -> None:
    whole = tarred([("a.txt", b"1" * 600), ("b.txt", b"2" * 600)])
    assert opened(whole[:1600], "p.tar") == {"p.tar/a.txt": b"1" * 600, "p.tar": "U004"}
    assert opened(whole[:2300], "p.tar") == {"p.tar/a.txt": b"1" * 600, "p.tar/b.txt": "U004"}
    assert opened(gzip.compress(b"Kim fled." * 99)[:-12], "a.txt.gz") == {"a.txt.gz": "U004"}


@pytest.mark.parametrize(
    "name", ["a.zip", "a.tar", "a.tar.gz", "a.gz", "a.bz2", "a.xz", "a.zst", "a.warc", "a.mbox", "a.bin"]
)
@pytest.mark.parametrize("data", [b"", b"junk" * 300, b"PK\x03\x04" + b"\0" * 600, b"\x1f\x8b\x08" + b"\xff" * 99, b"BZh91AY&SY" + b"\0" * 99,
                                  b"\xfd7zXZ\0" + b"\1" * 99, b"\x28\xb5\x2f\xfd" + b"\xff" * 99, b"WARC/1.0\r\nbroken", b"\0" * 2000])  # fmt: skip
def test_junk_gives_one_clear_line(name: str, data: bytes) -> None:
    try:
        found = opened(data, name)
    except ReadError as error:
        assert str(error).startswith(name)  # noqa: PT017 - both ends are right
        assert "\n" not in str(error)  # noqa: PT017
    else:
        assert set(found.values()) <= {"U004", "U003", "U008"} or not any(
            isinstance(v, str) for v in found.values()
        )


@given(st.sampled_from([".zip", ".tar", ".tar.gz", ".tar.bz2", ".tar.xz", ".tar.zst"]), st.data())
@settings(deadline=None, max_examples=200)
def test_ruined_archives_are_read_as_far_as_they_go(suffix: str, draw: st.DataObject) -> None:
    files = [("a.txt", b"Kim fled. " * 20), ("b.txt", bytes(range(256)))]
    packed = zipped(files) if suffix == ".zip" else PACKERS.get(suffix[4:], bytes)(tarred(files))
    data = bytearray(packed)
    for _ in range(draw.draw(st.integers(1, 8))):
        data[draw.draw(st.integers(0, len(data) - 1))] = draw.draw(st.integers(0, 255))
    data = data[: draw.draw(st.integers(1, len(data)))]
    try:
        list(unpack(io.BytesIO(bytes(data)), Source(name="p" + suffix)))
    except ReadError as error:
        assert "\n" not in str(error)  # noqa: PT017 - both ends are right


def test_a_bomb_is_told_by_what_comes_out() -> None:
    zeros = b"\0" * (40 << 20)
    found = opened(zipped([("bomb.txt", zeros), ("last.txt", b"last")]), "p.zip")
    assert found == {"p.zip/bomb.txt": "U003", "p.zip/last.txt": b"last"}
    for suffix, pack in PACKERS.items():
        assert opened(pack(zeros), "bomb.txt" + suffix) == {"bomb.txt" + suffix: "U003"}, suffix


def test_a_member_beyond_the_limit_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_MEMBER_SIZE", 1000)
    files = [("a.txt", b"x" * 1001), ("b.txt", b"y" * 1000)]
    assert opened(zipped(files), "p.zip") == {"p.zip/a.txt": "U003", "p.zip/b.txt": b"y" * 1000}
    assert opened(tarred(files), "p.tar") == {"p.tar/a.txt": "U003", "p.tar/b.txt": b"y" * 1000}


def test_all_members_together_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MIN_TOTAL", 10_000)
    monkeypatch.setattr(limits, "MAX_TOTAL_RATIO", 2)
    found = list(
        unpack(io.BytesIO(zipped([(f"{n}.txt", b"x" * 3000) for n in range(50)])), Source(name="p.zip"))
    )
    assert sum(isinstance(item, Member) for item in found) < 10
    assert [item.code for item in found if isinstance(item, Rejection)][-1] == "U007"


def test_entries_that_share_their_bytes_are_refused() -> None:
    """The trick of D. Fifield's bomb: many entries of the table of contents, one stream of bytes."""
    data = zlib.compress(b"\0" * 1000)[2:-4]
    local = (
        struct.pack(
            "<4sHHHHHLLLHH", b"PK\x03\x04", 20, 0, 8, 0, 0x21, zlib.crc32(b"\0" * 1000), len(data), 1000, 1, 0
        )
        + b"a"
        + data
    )
    entries = b"".join(
        struct.pack(
            "<4sHHHHHHLLLHHHHHLL",
            b"PK\x01\x02",
            20,
            20,
            0,
            8,
            0,
            0x21,
            zlib.crc32(b"\0" * 1000),
            len(data),
            1000,
            1,
            0,
            0,
            0,
            0,
            0,
            0,
        )
        + bytes([97 + n])
        for n in range(20)
    )
    end = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, 20, 20, len(entries), len(local), 0)
    found = opened(local + entries + end, "p.zip")
    assert sum(code == "U003" for code in found.values()) >= 19


def test_a_table_of_contents_of_millions_is_refused_before_it_is_read() -> None:
    end = struct.pack("<4sHHHHLLH", b"PK\x05\x06", 0, 0, 9, 9, 0xFFFFFFF0, 0, 0)
    with pytest.raises(ReadError, match="more than 1,000,000 members"):
        opened(b"PK\x03\x04" + b"\0" * 100 + end, "p.zip")


def test_a_header_of_a_tar_that_is_longer_than_any_name() -> None:
    info = tarfile.TarInfo("x")
    info.type, info.size = tarfile.XHDTYPE, 1 << 30
    with pytest.raises(ReadError, match="longer than any name"):
        opened(info.tobuf() + b"1" * 4096, "p.tar")


def test_an_xz_stream_that_asks_for_gigabytes() -> None:
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 1 << 20}]
    data = bytearray(lzma.compress(b"x" * 100, lzma.FORMAT_XZ, lzma.CHECK_NONE, None, filters))
    data[16] = 40  # the dictionary's size in the block header: 4 GiB - 1
    data[24 - 4 : 24] = struct.pack("<L", zlib.crc32(bytes(data[12:20])))
    assert opened(bytes(data), "a.txt.xz") == {"a.txt.xz": "U004"}


@pytest.mark.parametrize(
    ("name", "head", "expected"),
    [
        ("a.txt", b"PK\x03\x04", None), ("a.docx", b"PK\x03\x04", None), ("a.zip", b"", "zip"), ("A.ZIP", b"", "zip"),
        ("a", b"PK\x03\x04", "zip"), ("a.tar.gz", b"", "gzip"), ("wiki.xml", b"<?xml version='1.0'?>\n<mediawiki xml:lang='en'>", "mediawiki"),
        ("wiki.xml", b"<TEI xmlns='x'>", None), ("wiki.xml-p1p20", b"<mediawiki>", "mediawiki"), ("a.warc", b"", "warc"),
        ("wiki.xml", b"<!DOCTYPE mediawiki [<!ENTITY a 'b'>]><mediawiki>", None), ("letter", b"From the shore he saw the boat.\nNo: one", None),
        ("box", b"From ada@example.org Mon Jan  3 10:00:00 2000\nSubject: x", "mbox"), ("a.html", b"<mediawiki>", None), ("", b"", None),
    ],
)  # fmt: skip
def test_documents_are_told_from_containers(name: str, head: bytes, expected: str | None) -> None:
    found = container_of(name, head)
    assert (found.name if found else None) == expected


def test_every_container_has_its_own_endings() -> None:
    endings = [suffix for container in CONTAINERS for suffix in container.suffixes]
    assert len(set(endings)) == len(endings)
    assert {".zip", ".gz", ".xml", ".warc", ".mbox", ".tar", ".zst"} <= set(endings)


def test_a_stream_that_cannot_seek_is_read_as_well() -> None:
    class Pipe(io.RawIOBase):
        def __init__(self, data: bytes) -> None:
            self._file = io.BytesIO(data)

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
            return self._file.readinto(buffer)

    for name, data in (("p.zip", zipped(FILES)), ("p.tar.xz", lzma.compress(tarred(FILES)))):
        pipe = cast("BinaryIO", io.BufferedReader(cast("Any", Pipe(data))))
        assert [m.data for m in unpack(pipe, Source(name=name)) if isinstance(m, Member)] == [
            d for _, d in FILES
        ]


def test_what_is_known_of_a_container_holds_for_its_members() -> None:
    known = Source(
        name="p.zip",
        licence="CC0",
        retrieved="2020-01",
        title="All of it",
        url="https://x.example/p.zip",
        language="pt",
    )
    (member,) = unpack(io.BytesIO(zipped([("a.txt", b"1")])), known)
    assert isinstance(member, Member)
    assert (member.source.licence, member.source.retrieved, member.source.language) == (
        "CC0",
        "2020-01",
        "pt",
    )
    assert (member.source.title, member.source.url, member.source.format) == (None, None, "")


@pytest.mark.parametrize(
    ("path", "beside", "expected"),
    [
        ("Annals_files/ad.html", {"Annals.html"}, True), ("Annals-Dateien/ad.html", {"Annals.htm"}, True), ("a/b.files/x/y.html", {"a/b.htm"}, True),
        ("Anais_arquivos/a.html", {"Anais.html"}, True), ("연보_파일/a.html", {"연보.html"}, True), ("Annals_files/ad.html", set(), False),
        ("case_files/1997.html", {"cases.html"}, False), ("Annals.html", {"Annals.html"}, False), ("x/Annals_files/a.html", {"Annals.html"}, False),
    ],
)  # fmt: skip
def test_parts_of_saved_pages(path: str, beside: set[str], expected: bool) -> None:
    assert is_saved_part(path, beside) is expected


def test_a_saved_page_in_an_archive_is_one_source() -> None:
    files = [("Annals.html", b"<p>x"), ("Annals_files/ad.html", b"<p>buy"), ("case_files/a.html", b"<p>case")]
    for data, name in ((zipped(files[::-1]), "p.zip"), (tarred(files), "p.tar")):
        assert opened(data, name) == {
            f"{name}/Annals.html": b"<p>x",
            f"{name}/Annals_files/ad.html": "U009",
            f"{name}/case_files/a.html": b"<p>case",
        }
