"""Prose like that of newspapers, made up: varied sentences about dull things, and about one fact worth a claim a kilobyte.

    news(1_000_000, seed=1)  ──►  about a megabyte: articles of a headline, a dateline and 8 to 20 paragraphs

The same seed gives the same text on every machine. Sentences are put together from parts, so that few are alike; names are
drawn from lists of surnames and given names of several countries. It is for timing: nobody should learn from it.
"""

from __future__ import annotations

import random

__all__ = ["news"]

_GIVEN = """Ana Marek Ilse Tomas Leila Omar Grace Pavel Ingrid Yusuf Carmen Viktor Nadia Samuel Lucia Henrik Amina Jorge Petra
Daniel Miriam Andrei Sofia Karim Helen Matteo Zofia Ahmed Clara Stefan Rosa Emil Farah Peter Noor Ivan Elena Hugo""".split()
_SURNAMES = """Novak Silva Hansen Petrov Okafor Haddad Moreau Keller Rossi Dvorak Mensah Larsen Castillo Popescu Farouk Brandt
Marino Kovacs Lindqvist Amari Fischer Delgado Sorensen Baptiste Halabi Weiss Duarte Horvath Nilsen Toure Adler Ferrari""".split()
_PLACES = """Geneva Lisbon Nairobi Prague Vienna Tunis Oslo Lima Manila Athens Dakar Riga Quito Amman Helsinki Lyon Hamburg
Porto Krakow Antwerp Bogota Accra Zagreb Turin""".split()
_BODIES = (
    "the city council|the finance ministry|the port authority|the regional court|the farmers' union|the water board|"
    "the national railway|the opposition party|the statistics office|the teachers' association|the central bank|the health "
    "service|the electoral commission|the museum's trustees|the fishing cooperative|the road agency|the power company|a "
    "committee of the lower house|the chamber of commerce|the broadcasting regulator"
).split("|")
_THINGS = (
    "a new timetable for the ferries|the budget for the coming winter|repairs to the old harbour wall|a plan to widen the ring "
    "road|the price of bread and cooking oil|rules on fishing near the estuary|a tender for three bridges|the reform of local "
    "taxes|an inquiry into the flooding|talks on wages in the public sector|a law on the use of groundwater|the closing of two "
    "rural schools|measures against the drought|a loan for small businesses|the restoration of the theatre|the route of the "
    "new tramway|a programme to plant trees along the river|changes to the rules on pensions"
).split("|")
_VERBS = (
    "discussed|postponed|criticised|welcomed|rejected|defended|approved|questioned|reviewed|described|presented|supported"
).split("|")
_WHYS = (
    "because costs had risen faster than anybody expected|although several members asked for more time|after a long debate that "
    "went on into the evening|while protesters waited outside in the rain|as heavy snow kept many delegates away|despite the "
    "doubts of smaller parties|before the start of the holiday season|since the earlier proposal had found no majority|without "
    "saying how the work would be paid for|even as prices on the world market were falling"
).split("|")
_DULL = (
    "The weather service expects strong winds along the coast and some rain in the hills.",
    "Residents complained that the noise of the works kept them awake for most of the night.",
    "Traders said that the market had been quiet and that few of them expected it to change soon.",
    "It was not clear whether the decision would be appealed, or what would follow if it were.",
    "Much of the debate turned on who should carry the cost, a question on which no side would move.",
    "The matter is expected to come up again when the members return from their recess.",
    "Shops in the old quarter stayed open late, and the streets filled with people once the heat had gone.",
    "Experts warn that the pipes are old, the maps are wrong and nobody knows how much water is being lost.",
    "The two sides have been at odds over the question for as long as most of them can remember.",
    "A spokeswoman declined to comment, saying only that all questions would be answered in due course.",
    "Critics call the idea costly and vague, and say that it does nothing for those who live outside the towns.",
    "Supporters reply that doing nothing would be dearer still, and that the money has already been set aside.",
    "On the exchange, shares of the builder fell a little at first and recovered before the close.",
    "The team played better after the break but could not turn its chances into goals.",
    "Trains were delayed in both directions, and passengers were asked to travel at another time.",
    "Several roads remained closed while engineers looked at the damage and cleared the mud.",
)


def news(size: int, seed: int = 0) -> str:
    """Return at least `size` characters of articles, parted by two empty lines."""
    draw = random.Random(seed)  # noqa: S311 - nothing secret
    articles: list[str] = []
    length = 0
    while length < size:
        articles.append(_article(draw))
        length += len(articles[-1]) + 3
    return "\n\n\n".join(articles) + "\n"


def _article(draw: random.Random) -> str:
    place = draw.choice(_PLACES)
    body, thing = draw.choice(_BODIES), draw.choice(_THINGS)
    headline = f"{body[0].upper()}{body[1:]} {draw.choice(_VERBS)} {thing}"
    paragraphs = [f"{place.upper()} – {_sentence(draw)} {_sentence(draw)}"]
    facts = 0
    length = len(headline)
    for _ in range(draw.randint(8, 20)):
        sentences = [_sentence(draw) for _ in range(draw.randint(2, 4))]
        length += sum(map(len, sentences))
        if length // 1400 > facts:
            facts += 1
            sentences.insert(draw.randrange(len(sentences) + 1), _fact(draw))
        paragraphs.append(" ".join(sentences))
    return "\n\n".join([headline, *paragraphs])


def _sentence(draw: random.Random) -> str:
    if draw.random() < 0.45:
        return draw.choice(_DULL)
    body = draw.choice(_BODIES)
    return f"{body[0].upper()}{body[1:]} {draw.choice(_VERBS)} {draw.choice(_THINGS)} {draw.choice(_WHYS)}."


def _fact(draw: random.Random) -> str:
    name = f"{draw.choice(_GIVEN)} {draw.choice(_SURNAMES)}"
    place = draw.choice(_PLACES)
    year = draw.randint(1950, 2023)
    month = draw.choice("January March May June August October December".split())
    number = draw.randint(3, 900)
    return draw.choice(
        (
            f"{name}, a {draw.choice(('lawyer', 'nurse', 'teacher', 'pilot'))} from {place}, spoke for the residents.",
            f"In {month} {year} some {number} people gathered in {place} over the same question.",
            f"{name} fled to {place} in {month} {year} and never returned.",
            f"The works, begun in {year}, had been promised for {month}.",
            f"About {number} families would be affected, the agency said.",
            f"{name}, who left the country in {year}, called the plan a mistake.",
        )
    )
