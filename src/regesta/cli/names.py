"""`regesta names`."""

from __future__ import annotations

import json

import click

from regesta.cli.arguments import JSON

__all__ = ["names"]

_SYSTEMS = ("revised", "mccune-reischauer", "mccune-reischauer-plain", "north", "common", "latin")
_MAX_NAME = 200


@click.group(
    epilog='Example: regesta names compare "Kang Minjoo" "Kang Minju"\n\nExample: regesta names variants 박지수'
)
def names() -> None:
    """Compare two names, or show how else one is spelled.

    No project and no chronicle is needed. Names may be in any script.
    """


@names.command(
    epilog='Example: regesta names compare "A. N. Lankov" "Андрей Ланьков"\n\n'
    'In a script: regesta names compare --json "Kim Yongsun" 김용선'
)
@click.argument("name_a", metavar="A")
@click.argument("name_b", metavar="B")
@JSON
def compare(name_a: str, name_b: str, *, as_json: bool) -> None:
    """Tell whether A and B may be spellings of one name, and why.

    The probability says that two strings are one name, not that two people are one: many people share a name.
    """
    from regesta.names.explaining import compare as compare_

    told = compare_(name_a, name_b)
    if as_json:
        result = {
            "a": name_a,
            "b": name_b,
            "probability": round(told.probability, 6),
            "reason": told.reason,
            "readings": {"a": list(told.readings[0]), "b": list(told.readings[1])},
            "is_ambiguous": told.is_ambiguous,
            "is_korean": told.is_korean,
        }
        click.echo(json.dumps(result, ensure_ascii=False, indent=2))
        return
    verdict = _verdict(told.probability)
    doubt = ", ambiguous" if told.is_ambiguous and "ambiguous" not in told.reason else ""
    click.echo(f"{verdict} ({told.probability:.2f}){doubt}: {told.reason}")
    for name, readings in zip((name_a, name_b), told.readings, strict=True):
        joint = ", " if told.is_korean else " "
        click.echo(f"  {_short(name)}  {joint.join(readings) or '(no name is read)'}")


@names.command(
    epilog='Example: regesta names variants "Park Jisoo"\n\n'
    'Example: regesta names variants --system mccune-reischauer "Park Jisoo"'
)
@click.argument("name")
@click.option("--system", type=click.Choice(_SYSTEMS), help="Spell in this system alone.")
@JSON
def variants(name: str, system: str | None, *, as_json: bool) -> None:
    """Show how else NAME is spelled: a Korean name by each system, another in Latin letters.

    Where the letters of a Korean name leave several names open, the likeliest is spelled.
    """
    from regesta.names.explaining import variants as variants_

    found = variants_(name, system)
    if as_json:
        rows = [{"text": row.text, "system": row.system, "hangul": row.hangul} for row in found]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    if not found:
        click.echo(f"no other spelling of {_short(name)} is known", err=True)
        return
    if found[0].hangul:
        click.echo(found[0].hangul)
    width = max(len(row.system) for row in found)
    spelled: dict[str, list[str]] = {}
    for row in found:
        spelled.setdefault(row.system, []).append(row.text)
    for way, texts in spelled.items():
        click.echo(f"  {way:{width}}  {', '.join(texts)}")


def _verdict(probability: float) -> str:
    """Return a probability in words."""
    if probability >= 0.9:
        return "one name"
    if probability >= 0.5:
        return "probably one name"
    return "probably two names" if probability > 0.1 else "two names"


def _short(name: str) -> str:
    """Return a name that fits a line."""
    return name if len(name) <= _MAX_NAME else f"{name[: _MAX_NAME - 1]}…"
