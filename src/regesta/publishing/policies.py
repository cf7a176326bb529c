"""A policy as a page shows it: its Markdown as HTML, tables in a frame that scrolls, what the policy calls things in words for readers.

    | arrival | year | - |     arrival · the year only · –

A rule keeps its own name as a title, for whoever looks it up in the policy. What a policy says is written by whoever keeps it, so
nothing in it passes as HTML. Nothing here knows what a policy means.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from regesta.pages import Words

__all__ = ["rendered", "rule_told"]

_FRAME = '<div class="scroll policy-table" tabindex="0" role="region" aria-labelledby="policy">'
_CELL = re.compile(r"(?<=<t[dh]>)(?:[a-z][a-z_ ]*|-)(?=</t[dh]>)")
_COLUMN = re.compile(r"(?<=[ >])([a-z_]+)(?=: )")


def rendered(policy: str, words: Words) -> Markup:
    r"""Return Markdown as HTML, cells and kinds of people in the words of a language.

    >>> from regesta.publishing.wording import words_of_site
    >>> en = words_of_site("en")
    >>> print(rendered("Limits: k = 10 <b>", en))
    <p lang="en">Limits: k = 10 &lt;b&gt;</p>
    >>> "<td>held at</td>\n<td>–</td>" in rendered("| a | b |\n| --- | --- |\n| imprisoned_at | - |", en)
    True
    """
    from markdown_it import MarkdownIt

    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(policy).strip()
    for level in (3, 2, 1):
        html = html.replace(f"<h{level}>", f"<h{level + 2}>").replace(f"</h{level}>", f"</h{level + 2}>")
    html = _CELL.sub(lambda found: str(escape(_told(found.group(), words))), html)
    html = _COLUMN.sub(
        lambda found: str(escape(words.entries.get(f"policy_word.{found[1]}", found[1]))), html
    )
    html = html.replace("<table>", f"{_FRAME}<table>").replace("</table>", "</table></div>")
    html = html.replace("<th></th>", "<td></td>")
    return Markup(html.replace("<p>", '<p lang="en">'))  # noqa: S704 - made by the renderer, which escapes


def rule_told(rule: str, words: Words) -> str:
    """Return the name of a rule of a policy in words: what it is about, and of whom.

    >>> from regesta.publishing.wording import words_of_site
    >>> rule_told("imprisoned_at.named_in_source", words_of_site("en")), rule_told("small_counts", words_of_site("en"))
    ('held at · named in a source', 'too few people, who could be recognised')
    """
    if whole := words.entries.get(f"policy_rule.{rule.replace('.', '_')}"):
        return whole
    return " · ".join(_told(part, words) for part in rule.split("."))


def _told(name: str, words: Words) -> str:
    """Return what a policy calls a predicate, a kind of people or a step in words."""
    return words.entries.get(f"policy_word.{name}") or words.named("predicate", name) if name != "-" else "–"
