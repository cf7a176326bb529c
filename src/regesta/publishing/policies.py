"""A policy as a page shows it: its Markdown as HTML, tables in a frame that scrolls.

What a policy says is written by whoever keeps it, so nothing in it passes as HTML. Nothing here knows what a policy means.
"""

from __future__ import annotations

from markupsafe import Markup

__all__ = ["rendered"]

_FRAME = '<div class="scroll policy-table" tabindex="0" role="region" aria-labelledby="policy">'


def rendered(policy: str) -> str:
    r"""Return Markdown as HTML.

    >>> print(rendered("Limits: k = 10 <b>"))
    <p lang="en">Limits: k = 10 &lt;b&gt;</p>
    >>> "<td>show</td>" in rendered("| a | b |\n| --- | --- |\n| name | show |")
    True
    """
    from markdown_it import MarkdownIt

    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(policy).strip()
    for level in (3, 2, 1):
        html = html.replace(f"<h{level}>", f"<h{level + 2}>").replace(f"</h{level}>", f"</h{level + 2}>")
    html = html.replace("<table>", f'{_FRAME}<table lang="en">').replace("</table>", "</table></div>")
    html = html.replace("<th></th>", "<td></td>")
    return str(Markup(html.replace("<p>", '<p lang="en">')))  # noqa: S704 - made by the renderer, which escapes
