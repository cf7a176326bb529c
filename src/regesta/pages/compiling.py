"""Compiling templates for one language: words that a template names outright are part of it, and what is called often is called at once.

    {{ t("person.names") }}          becomes the words themselves, escaped once
    {{ links.to("people", x) }}      becomes a plain call
    {{ view.title }}                 asks the value at once, whether it is a dataclass or a row

Jinja asks of every call whether the function wants its context, of every name twice, and makes a `Markup` of each piece only to
join them all; a page of ten claims does so a thousand times, and half of its time went there. Nothing here changes what a
template means, and templates know nothing of it.
"""

from __future__ import annotations

import re
from sqlite3 import Row
from types import MappingProxyType
from typing import Any

from jinja2 import Environment, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer
from markupsafe import escape

from regesta.pages.wording import Words

__all__ = ["KEYED", "Typecase", "shown"]

KEYED = frozenset({Row, dict, MappingProxyType})
"""What has keys, so that a name after a dot is one; whatever else there is has attributes."""
_PLAIN = ("t", "links", "marked", "parts")
"""Names whose functions are ours and want no context; no template gives them to anything else."""
_SPECIAL = re.compile(r"""[&<>"']""")


def shown(value: object) -> str:
    """Return a value as a page shows it: what is not markup is escaped.

    >>> from markupsafe import Markup
    >>> print(shown("a < b"), shown(Markup("<b>")), shown(3))
    a &lt; b <b> 3
    """
    if type(value) is str and _SPECIAL.search(value) is None:
        return value
    return escape(value)


class _Folding(NodeTransformer):
    """Puts words in the place of `t("key")`."""

    def __init__(self, words: Words) -> None:
        self._words = words

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the visitor's own spelling
        self.generic_visit(node)
        is_plain = len(node.args) == 1 and not (node.kwargs or node.dyn_args or node.dyn_kwargs)
        if is_plain and isinstance(node.node, nodes.Name) and node.node.name == "t":
            key = node.args[0]
            if isinstance(key, nodes.Const) and key.value in self._words.entries:
                return nodes.Const(self._words.entries[key.value], lineno=node.lineno)
        return node


class _Calling(CodeGenerator):
    """Calls our own functions without asking what they want, and asks values for what they are known to have."""

    _method: nodes.Node | None = None
    """What is about to be called."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - the visitor's own spelling
        self.writeline(f"from {__name__} import KEYED, shown")
        super().visit_Template(node, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - the same
        if node is self._method:
            super().visit_Getattr(node, frame)
            return
        self.write(f"(of[{node.attr!r}] if type(of := ")
        self.visit(node.node, frame)
        self.write(f") in KEYED else of.{node.attr})")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("shown(")
        else:
            super()._output_child_pre(node, frame, finalize)

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802 - the same
        of = node.node.node if isinstance(node.node, nodes.Getattr) else node.node
        if not (isinstance(of, nodes.Name) and of.name in _PLAIN) or node.dyn_args or node.dyn_kwargs:
            self._method = node.node  # is no key
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(of, frame)
        if isinstance(node.node, nodes.Getattr):
            self.write(f".{node.node.attr}")
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for keyword in node.kwargs:
            self.write(f"{keyword.key}=")
            self.visit(keyword.value, frame)
            self.write(", ")
        self.write(")")


class Typecase(Environment):
    """The templates of one language."""

    code_generator_class = _Calling

    def __init__(self, words: Words, **settings: Any) -> None:
        super().__init__(**settings)
        self._folding = _Folding(words)

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        """Return the program of a template; the hook that Jinja leaves for this."""
        return super()._generate(self._folding.visit(source), name, filename, defer_init)
