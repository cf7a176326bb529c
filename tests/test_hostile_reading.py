"""Text, Markdown, tables and wikitext made to be slow, large or broken: each is a document, and nothing visible is lost.

No clock is asked: what grows with the square of its input runs into the time limit of the tests instead.
"""

from __future__ import annotations

import pytest

from regesta.model import Block, Document, Source
from regesta.reading import read_bytes, table


def page(words: str | bytes, name: str) -> Document:
    return read_bytes(words if isinstance(words, bytes) else words.encode(), Source(name=name))


def codes(document: Document) -> list[str]:
    return [code for _, code, _ in document.problems]


def kinds(document: Document, kind: str) -> list[Block]:
    return [block for block in document.blocks if block.kind == kind]


def check(document: Document) -> None:
    """The laws of every document: blocks in order, children within their parents, no visible word outside."""
    covered = 0
    for index, block in enumerate(document.blocks):
        assert block.parent < index
        assert 0 <= block.span.start <= block.content.start <= block.content.end <= block.span.end
        if block.parent >= 0:
            assert document.blocks[block.parent].span.contains(block.span)
        elif block.span.start >= covered:
            assert not document.text[covered : block.span.start].strip(" \t\r\n\f\ufeff\u200b")
        covered = max(covered, block.span.end)
    assert covered <= len(document.text)
    assert not document.text[covered:].strip(" \t\r\n\f\ufeff\u200b")


TEXTS = {
    "one long line": ("word and " * 300_000, 1),
    "a long item": ("* " + "item words " * 2_000 + "\n* b\n", 2),
    "empty lines": ("\n" * 300_000, 0),
    "form feeds": ("\f\n" * 30_000, 0),
    "one word a line": ("word\n" * 30_000, 30_000),
    "one word a paragraph": ("Word\n\n" * 20_000, 20_000),
    "years": ("1953\n" * 20_000, 20_000),
    "items": ("* item\n" * 30_000, 30_000),
    "brackets": ("[[[[]]]]\n" * 20_000, 20_000),
    "figures": ("1234567\n" * 20_000, 20_000),
    "a row of bars": ("|" * 300_000, 1),
    "marks": ("[1]" * 50_000, 1),
    "lone returns": ("word\r" * 20_000, 20_000),
    "mixed line ends": ("a b\rc d\r\ne f\n" * 8_000, 24_000),
    "white space": (" " * 1_000_000, 0),
    "a word far right": (" " * 1_000_000 + "x", 1),
    "quoted lines": ("> a\n" * 50_000, 1),
    "rules": ("---\n" * 20_000, 20_000),
    "menus": ("menu\n\n" * 20_000, 20_000),
    "labels": ("Name: x\n" * 20_000, 40_000),
    "contents": ("Contents\n\n" * 20_000, 20_000),
    "nothing to see": ("\u200b" * 300_000, 0),
    "brackets that open": ("(" * 200_000, 1),
    "captions": ("Title\n\n" + "A guard standing at the bridge\n\n" * 10_000, 10_001),
    "deeper and deeper": ("\n".join(" " * n + "- x" for n in range(800)), 800),
}


@pytest.mark.parametrize("case", TEXTS)
def test_hostile_text(case: str) -> None:
    words, n_blocks = TEXTS[case]
    document = page(words, "a.txt")
    assert document.text == words
    assert len(document.blocks) == n_blocks
    check(document)


def test_cells_of_bars_are_as_many_as_bars() -> None:
    document = page("|a|b|\n" * 2_000, "a.txt")
    assert len(document.tables[0].rows) == 2_000
    check(document)


def test_many_references_are_each_read() -> None:
    document = page("References\n\n" + '1. ^ Doe, J. (1999). "Title of it all". Press.\n' * 1_000, "a.txt")
    assert len(document.references) == 1_000
    assert {reference.date for reference in document.references} == {"1999"}


def test_wikitext_under_the_name_of_a_text_is_said() -> None:
    words = "== 1968 ==\n* [[Kim Il|Kim]] fled.\n"
    assert codes(page(words, "a.txt")) == ["R006"]
    assert page(words, "a.txt").text == words
    assert codes(page("== 1968 ==\n* Kim [sic] fled.\n", "a.txt")) == []


MARKDOWNS = {
    "bars": "|" * 100_000,
    "a table of bars": "|" * 20_000 + "\n" + "|-" * 20_000 + "|\n",
    "wide table": "|a" * 3_000 + "|\n" + "|-" * 3_000 + "|\n" + "|b\n" * 200,
    "brackets": "[" * 100_000,
    "stars": "*a " * 50_000,
    "fences": "```\n" * 5_001,
    "an open fence": "```\n" + "a\n" * 50_000,
    "definitions of links": "".join(f"[a{n}]: http://x\n" for n in range(3_000)),
    "broken definitions": "[a\n" * 20_000,
    "definitions of notes": "".join(f"[^{n}]: x\n" for n in range(3_000)),
    "marks": "[^1]" * 20_000,
    "tags": "<div>\n" * 20_000,
    "openings of tags": "<" * 100_000,
    "comments": "<!--\n" * 20_000,
    "lazy lines": "> a\n" + "b\n" * 30_000,
    "backslashes": "\\" * 100_000,
    "list of lists": "- - - a\n" * 2_000,
    "an open title": '[a]: b "' + "c\n" * 20_000,
    "a long line": "word " * 400_000,
}


@pytest.mark.parametrize("case", MARKDOWNS)
def test_hostile_markdown(case: str) -> None:
    document = page(MARKDOWNS[case], "a.md")
    assert document.text == MARKDOWNS[case]
    check(document)


@pytest.mark.parametrize("mark", ["> ", "- ", "> - ", "- > ", "1. > * "])
@pytest.mark.parametrize("depth", [3, 60, 5_000])
def test_markdown_nested_too_deep_is_read_as_words_and_said(mark: str, depth: int) -> None:
    document = page(mark * depth + "Kim fled.", "a.md")
    check(document)
    assert document.blocks[-1].content.of(document.text).endswith("Kim fled.")
    assert codes(document) == (["R005"] if depth > 3 else [])
    assert len(document.blocks) <= 40


CSVS = {
    "commas": "," * 200_000,
    "quote marks": '"' * 300_000,
    "open quotes": '"a\n' * 20_000,
    "doubled quotes": '""' * 100_000 + "x",
    "quotes in pairs": '"a,b\n"c\n' * 20_000,
    "wide": ("a," * 16_383 + "b\n") * 10,
    "one open quote": 'a,"b\n' + "c,d\n" * 20_000,
    "one column": "a\n" * 50_000,
    "empty lines": "\n" * 300_000,
    "spaces before a quote": (" " * 20_000 + '"x,') * 30,
    "remarks": "# x\n" * 20_000 + "a,b\n",
    "lone returns": "a,b\r" * 20_000,
}


@pytest.mark.parametrize("name", ["a.csv", "a.tsv"])
@pytest.mark.parametrize("case", CSVS)
def test_hostile_tables(case: str, name: str) -> None:
    document = page(CSVS[case], name)
    assert document.text == CSVS[case]
    for table_ in document.tables:
        assert len({len(row) for row in table_.rows}) == 1


def test_one_long_row_makes_no_wide_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_CELLS", 10_000)
    document = page("Kim,1953\n" * 2_000 + "a," * 4_000 + "\nLee,1954\n", "a.csv")
    assert sum(map(len, document.tables[0].rows)) <= 30_000
    assert "R004" in codes(document)


def test_rows_beyond_the_limit_are_kept_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "MAX_CELLS", 1_000)
    words = "name,year\n" + "Kim,1953\n" * 2_000
    document = page(words, "a.csv")
    assert codes(document) == ["R005"]
    assert len(kinds(document, "cell")) == 1_000
    (rest,) = kinds(document, "furniture")
    assert rest.span.end == len(words.rstrip())
    check(document)


def test_a_lone_quote_in_tabs_is_a_word() -> None:
    document = page('name\theight\n"Kim\t5\nLee\t"6\nPark\t7\n', "a.tsv")
    assert document.tables[0].rows == (("name", "height"), ('"Kim', "5"), ("Lee", '"6'), ("Park", "7"))


def test_two_lone_quotes_far_apart_enclose_no_table() -> None:
    middle = "Lee\t6\n" * 150
    document = page(f'name\theight\n"Kim\t5\n{middle}Park\t7"\n', "a.tsv")
    assert len(document.tables[0].rows) == 153
    assert document.tables[0].rows[1] == ('"Kim', "5")


@pytest.mark.parametrize(
    ("line", "delimiter"), [("sep=;", ";"), ("SEP=|", "|"), ('"sep=,"', ","), ("\ufeffsep=\t", "\t")]
)
def test_a_line_that_states_the_delimiter_is_obeyed(line: str, delimiter: str) -> None:
    document = page(f"{line}\r\nname{delimiter}year\r\nKim{delimiter}1953\r\n", "a.csv")
    assert document.tables[0].rows == (("name", "year"), ("Kim", "1953"))
    assert document.blocks[0].kind == "furniture"
    assert document.blocks[1].place.line == 2


WIKITEXTS = {
    "bold and italics": "'''a ''b " * 2_000,
    "apostrophes": "'" * 50_000,
    "templates in templates": "{{a|" * 1_000 + "}}" * 1_000,
    "open templates": "{{" * 50_000,
    "open links": "[[" * 50_000,
    "open notes": "<ref>a " * 10_000,
    "tables in tables": "{|\n|\n" * 500 + "|}\n" * 500,
    "open tables": "{|\n" * 20_000,
    "open arguments": "{{{" * 20_000,
    "arguments in arguments": "{{{a|" * 1_000 + "}}}" * 1_000,
    "equals signs": "=" * 100_000,
    "open headings": "== a\n" * 10_000,
    "open addresses": "[http://a " * 5_000,
    "open literals": "<pre>" * 10_000,
    "open comments": "<!--" * 30_000,
    "open entities": "&#x" * 30_000,
    "open tags": "<b " * 20_000,
    "deep list": "*" * 20_000 + " a",
    "deeper lists": "\n".join("*" * n + " a" for n in range(150)),
    "links and templates": "[[a|{{b|" * 3_000,
    "links in links": "[[a|" * 1_000 + "]]" * 1_000,
    "arguments": "{{a" + "|b=c" * 20_000 + "}}",
    "open pictures": "[[File:a|" * 3_000,
    "one row": "{|\n|" + "|| a " * 5_000 + "\n|}",
}


@pytest.mark.parametrize("case", WIKITEXTS)
def test_hostile_wikitext(case: str) -> None:
    document = page(WIKITEXTS[case], "a.wiki")
    assert len(document.text) <= 2 * len(WIKITEXTS[case]) + 100
    for block in document.blocks:
        assert block.span.contains(block.content)
