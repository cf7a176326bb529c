"""What Sphinx needs to know: Markdown, headings that can be linked, a theme that asks nobody for anything.

`make.py` puts the pages where this finds them. docs/decisions/docs-site.md says why it is done so.
"""

from regesta.version import __version__

project = "regesta"
version = release = __version__
language = "en"
extensions = ["myst_parser"]
myst_heading_anchors = 4
nitpicky = True
suppress_warnings = [
    "misc.highlighting_failure",
    "toc.not_included",
]  # JSON by lines; pages of decisions, that a page lists
html_theme = "furo"
html_title = "regesta"
html_copy_source = False
html_show_sphinx = False
html_show_copyright = False
html_permalinks = False
