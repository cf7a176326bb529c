"""Pages saved with a folder of their parts: which files are such parts.

    Annals.html  Annals_files/frame.html  Annals_files/style.css       Firefox, Chrome, Internet Explorer
    Annals.htm   Annals-Dateien/...       Annals.files/...             in the language of the browser

The folder is called as the page is, with a word of the browser's language behind it; it counts only if the page lies beside
it. Parts are scripts, pictures, advertisements in frames: no sources of their own. Nothing here opens a file.
"""

from __future__ import annotations

import re
from collections.abc import Container

__all__ = ["is_saved_part"]

_FOLDER = re.compile(
    r"(.+?)(?:[_.]files|[-_. ](?:Dateien|fichiers|archivos|arquivos|ficheiros|file|bestanden|filer|filea|pliki|soubory|"
    r"s[uú]bory|fajlovi|datoteke|dosyalar|tiedostot|failid|faili|failai|fails|fitxers|f[aá]jlok|elemei|h[aå]ndteringer|"
    r"fisiere|fi[sș]iere|файлы|файли|файлове|αρχεία|קבצים|ファイル|파일|文件|檔案))",
    re.IGNORECASE,
)
_PAGES = (".html", ".htm", ".xhtml", ".shtml", ".HTML", ".HTM", ".php", ".asp", ".aspx")


def is_saved_part(path: str, together: Container[str]) -> bool:
    """Return whether a file is part of a saved page; `path` is with `/`, `together` holds the paths of all files around it.

    >>> is_saved_part("a/Annals_files/x.html", {"a/Annals.html"}), is_saved_part("tax_files/1997.html", {"Annals.html"})
    (True, False)
    """
    parts = path.split("/")
    for depth, folder in enumerate(parts[:-1]):
        if found := _FOLDER.fullmatch(folder):
            stem = "/".join((*parts[:depth], found[1]))
            if any(stem + suffix in together for suffix in _PAGES):
                return True
    return False
