"""What an edition says of itself, and how it and its entries are cited.

    “Pak Chol-su”, in Leaving the North, edition 3 of 22 November 2026 (ed-5f0c2ab9d1e4). https://example.org/people/e-1.html

The same in words, as BibTeX and as CSL JSON. An edition is known by a number that says nothing but which holds to its content: the
same content has the same. No clock is asked; the day is given. Nothing here writes a file.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable

    from regesta.chronicle import Chronicle
    from regesta.publishing.downloads import Exported

__all__ = ["Imprint", "identity_of"]

_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_UNSAID = ("texts", "blocks", "runs")
"""Tables that follow from the others and from the hash of the text: they are long, and say nothing more."""
_SAID_OF_IT = " where key = 'edition_policy' or key like 'withheld:%'"
"""Of `meta` what changes an edition; versions and the day do not."""


@dataclass(frozen=True, slots=True)
class Imprint:
    """What an edition says of itself."""

    title: str
    id: str
    """`ed-` and twelve digits: of the content."""
    number: int
    """From 1, in the folder that it is published in."""
    on: dt.date
    version: str
    """Of regesta."""
    contact: str = ""
    """Where corrections and removals are asked for: an address of mail or of the web; empty where none is given."""
    url: str = ""
    """Where the site stands, with a slash at its end; empty where nobody said."""

    @property
    def day(self) -> str:
        """The day in words.

        >>> Imprint("T", "ed-1", 1, dt.date(2026, 3, 5), "1").day
        '5 March 2026'
        """
        return f"{self.on.day} {_MONTHS[self.on.month - 1]} {self.on.year}"

    def day_in(self, language: str) -> str:
        """Return the day in words of a language of the interface.

        >>> Imprint("T", "ed-1", 1, dt.date(2026, 3, 5), "1").day_in("ko")
        '2026년 3월 5일'
        """
        return f"{self.on.year}년 {self.on.month}월 {self.on.day}일" if language == "ko" else self.day

    @property
    def contact_address(self) -> str:
        """The contact as a link, empty where it is none.

        >>> Imprint("T", "ed-1", 1, dt.date(2026, 3, 5), "1", contact="a@b.example").contact_address
        'mailto:a@b.example'
        """
        if re.match(r"https?://\S+$", self.contact):
            return self.contact
        return f"mailto:{self.contact}" if re.fullmatch(r"[^@\s/]+@[^@\s/]+", self.contact) else ""

    def at(self, path: str) -> str:
        """Return the whole address of a file of the site, its path where nobody said where the site stands."""
        from urllib.parse import quote

        return f"{self.url}{quote(path, safe='/~')}"

    def cited(self, path: str = "", label: str = "") -> str:
        """Return how to cite the edition, or the entry at `path`, in words.

        >>> Imprint("A register", "ed-1", 2, dt.date(2026, 3, 5), "1").cited("people/e-1.html", "Ada Brook")
        '“Ada Brook”, in A register, edition 2 of 5 March 2026 (ed-1), people/e-1.html'
        """
        said = f"{self.title}, edition {self.number} of {self.day} ({self.id})"
        where = self.at(path) if path or self.url else ""
        return f"{f'“{label}”, in ' if label else ''}{said}{f', {where}' if where else ''}"

    def bibtex(self, path: str = "", label: str = "") -> str:
        """Return the same as an entry of BibTeX."""
        fields = {
            "title": _latex(label or self.title),
            "booktitle": _latex(self.title) if label else "",
            "edition": str(self.number),
            "version": self.id,
            "year": str(self.on.year),
            "month": str(self.on.month),
            "url": self.at(path) if self.url else "",
            "note": "" if self.url or not path else _latex(path),
        }
        lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
        return "\n".join([f"@{'incollection' if label else 'misc'}{{{self._key(path)},", *lines, "}"])

    def csl(self, path: str = "", label: str = "") -> dict[str, Any]:
        """Return the same as an item of CSL JSON, the form that reference managers read."""
        item: dict[str, Any] = {
            "id": self._key(path),
            "type": "entry" if label else "dataset",
            "title": label or self.title,
            "edition": str(self.number),
            "version": self.id,
            "issued": {"date-parts": [[self.on.year, self.on.month, self.on.day]]},
        }
        if label:
            item["container-title"] = self.title
        if self.url:
            item["URL"] = self.at(path)
        return item

    def csl_text(self, path: str = "", label: str = "") -> str:
        """Return the item as text."""
        item = self.csl(path, label)
        lines = ",\n".join(f"  {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in item.items())
        return f"[{{\n{lines}\n}}]"

    def dataset(self, exports: Iterable[Exported]) -> dict[str, Any]:
        """Return what machines that read schema.org are told: a data set with its downloads."""
        said: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": "Dataset",
            "name": self.title,
            "description": f"{self.title}: claims with the passages that make them, edition {self.number} of {self.day}",
            "identifier": self.id,
            "version": str(self.number),
            "datePublished": self.on.isoformat(),
            "distribution": [
                {
                    "@type": "DataDownload",
                    "name": one.format,
                    "description": one.says,
                    "contentUrl": self.at(one.file.path),
                    "contentSize": one.size,
                    "sha256": one.file.sha256,
                }
                for one in exports
                if one.file
            ],
        }
        if self.url:
            said["url"] = self.url
        return said

    def _key(self, path: str) -> str:
        name = path.rpartition("/")[2].removesuffix(".html")
        return f"{self.id}-{name}" if name else self.id


def identity_of(chronicle: Chronicle) -> str:
    """Return what tells the content of a chronicle from any other: the order of rows and the file do not matter."""
    state = sha256()
    names = [
        name
        for (name,) in chronicle.sql(
            "select table_name from duckdb_tables() where not internal order by table_name"
        ).rows
        if name not in _UNSAID
    ]
    for name in names:
        ((n, total),) = chronicle.sql(
            f"select count(*), coalesce(sum(md5_number_lower(t::varchar)::hugeint), 0) from {name} t"  # noqa: S608
            f"{_SAID_OF_IT if name == 'meta' else ''}"
        ).rows
        state.update(f"{name} {n} {total}\n".encode())
    return f"ed-{state.hexdigest()[:12]}"


def _latex(text: str) -> str:
    r"""Return a text as BibTeX takes it.

    >>> _latex("Smith & Sons_{x}")
    'Smith \\& Sons\\_\\{x\\}'
    """
    return "".join(_LATEX.get(char, char) for char in text)
