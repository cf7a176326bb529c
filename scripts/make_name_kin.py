#!/usr/bin/env python3
"""Write `src/regesta/names/general/kin.txt`: given names that are forms of one name, as rigour's tables know them.

    pip install rigour
    python scripts/make_name_kin.py

rigour (MIT) tags a token with the Wikidata items (CC0) of the names that it writes, and with the classes of its list of short
forms. Two tokens of `given.txt` with one item, or one class, in common are kin. A line holds all tokens of an item. An item of
more than eight tokens is not taken: it is a heap ("Xu", "Li"), not a name. Asking rigour while comparing would cost 6 seconds
and 380 MB for its first answer; see docs/decisions/names-general.md.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from rigour.names import NameTypeTag, analyze_names

from regesta.names.lists import given_names, is_east_asian_given

TARGET = Path(__file__).parent.parent / "src/regesta/names/general/kin.txt"
MAX_TOKENS = 8


def main() -> None:
    """Ask rigour about each given name and write the lines."""
    tokens: dict[str, set[str]] = defaultdict(set)
    for given in sorted(given_names()):
        if len(given) < 3 or (len(given) < 6 and is_east_asian_given(given)):
            continue  # a syllable belongs to too many names
        for name in analyze_names(NameTypeTag.PER, [given], phonetics=False, rewrite=False):
            if len(name.parts) == 1:
                for span in name.spans:
                    if span.symbol.category.value in {"NAME", "NICK"}:
                        tokens[str(span.symbol)].add(given)
    groups = {tuple(sorted(group)) for group in tokens.values() if 2 <= len(group) <= MAX_TOKENS}
    kept = [
        group
        for group in sorted(groups)
        if not any(set(group) < set(other) for other in groups) and not is_father_of_two(group)
    ]
    TARGET.write_text("".join(" ".join(group) + "\n" for group in kept), encoding="utf-8")
    print(f"{len(kept)} lines, {TARGET.stat().st_size} bytes")  # noqa: T201


def is_father_of_two(group: tuple[str, ...]) -> bool:
    """Return whether the group joins a son's patronymic with a daughter's: Petrovich, Petrovna."""
    return any(x.endswith("ich") for x in group) and any(x.endswith("na") for x in group)


if __name__ == "__main__":
    main()
