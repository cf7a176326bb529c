"""How far a noun phrase reaches from its head: to the left over what describes it, to the right over what completes it.

    he was a  [former senior  clerk  in the Ministry of Trade]  who fled
               ◄────────────  head   ───────────────────────►

There is no grammar behind it: words that cannot belong to the phrase stop it (pronouns, verbs, "who", "then"), a date
stops it, and so does every mark but a space or a hyphen. "and" is crossed where the same kind of noun follows.
"""

from __future__ import annotations

from functools import lru_cache

from regesta.extraction.cues import last_words, vocabulary
from regesta.extraction.passages import Passage
from regesta.extraction.scene import Scene
from regesta.extraction.tokens import sift
from regesta.names.cyrillic import is_no_adjective
from regesta.text.span import Span
from regesta.vocab import Lexicon
from regesta.vocab.inflect import singular_of

__all__ = ["is_role", "is_verb", "left_edge", "plain", "right_edge", "role_heads", "role_words"]

_DETERMINERS = frozenset(
    (
        "a an the this that these those another some many several two three four five six seven eight nine "
        "ten both other all his her their its my our one"
    ).split()
)
_SMALL_ABROAD = frozenset("o a as ao à au aux al del des em".split())
"""Articles and what is made of them in other languages, some of which are English words too: "afirma o [advogado]"."""
_ARTICLES_ABROAD = frozenset(
    "el la los las un una le les une l' der die das dem den ein eine il lo gli os um uma sa su sus ihr sein seine ihre "
    "von vom bei beim nach zum zur für durch über unter gegen".split()
)
"""Articles, possessives and prepositions of other languages: no part of a role that begins behind them."""
_POSSESSIVES = frozenset(["his", "her", "their", "its", "my", "our"])
_STOPS = frozenset(
    (
        "and or but nor of in on at to from for by with as than then when where while who whom whose which "
        "that after before since until during because although though via into onto upon about over between "
        "among against through is was were are be been being has have had did do does not no so if he she "
        "they it him them we i you there here only also later once now nowadays today currently eventually "
        "became become becoming becomes including said says told like despite without within around under "
        "unlike namely alongside apart"
    ).split()
)
_LINKS = frozenset("of in at under for from to within against on with into between behind".split())
_VERBS = frozenset(
    (
        "is was were are be been being has have had did do does will would could can may might shall should "
        "must became become got said says wrote writes won met spent took gave sent told made went came saw "
        "began found held kept led lost paid put ran sold stood taught brought built bought caught chose "
        "died lay bore drew grew knew flew fled left swam drove rode hid works lives runs owns heads leads "
        "writes teaches says claims used worked lived served"
    ).split()
)
_CARRIES_ON = frozenset(["based", "responsible", "attached", "assigned", "specialising", "specializing"])
_MAX_WORDS = 25


def is_role(word: str, lexicon: Lexicon) -> bool:
    """Return whether a word or phrase, singular or plural, is what somebody does or did for a living.

    >>> from regesta.vocab import lexicon
    >>> is_role("pilots", lexicon()), is_role("refugee", lexicon()), is_role("river", lexicon())
    (True, False, False)
    """
    return _is_role(word, lexicon.roles, lexicon.ranks, lexicon.person_nouns)


@lru_cache(maxsize=8192)
def _is_role(word: str, roles: frozenset[str], ranks: frozenset[str], people: frozenset[str]) -> bool:
    return any((form in roles or form in ranks) and form not in people for form in (word, singular_of(word)))


def role_heads(scene: Scene, passage: Passage) -> list[tuple[int, int]]:
    """Return (first word, head word) of every role or rank in the passage, the longest at each place, in order."""
    found: list[tuple[int, int]] = []
    tokens, lexicon = scene.tokens, scene.lexicon
    hits = tokens.within(role_words(scene), passage.span)
    opening = tokens.between(*passage.span).start if hits else 0
    in_german = (
        (scene.language or "").lower().startswith("de")
    )  # where every noun has a capital: "nun", "warden"
    for index in hits:
        if in_german and not tokens.capital[index]:
            continue
        for length in (3, 2, 1):
            first = index - length + 1
            if first < opening:
                continue
            if is_role(tokens.lower(first, index), lexicon) and _close(scene, first, index):
                if found and found[-1][1] >= first:
                    found.pop()
                found.append((first, index))
                break
    return [pair for pair in found if not tokens.possessive[pair[1]]]


def role_words(scene: Scene) -> frozenset[str]:
    """Return the words of the document with which a role or a rank may end, singular or plural."""
    known: frozenset[str] | None = scene.kept.get("reach")
    if known is None:
        lasts = last_words(scene.lexicon.roles, scene.lexicon.ranks)
        dull = scene.lexicon.dull.setdefault("roles", set())
        found = sift(vocabulary(scene), dull, lambda word: word in lasts or singular_of(word) in lasts)
        known = scene.kept["reach"] = frozenset(found)
    return known


def _close(scene: Scene, first: int, last: int) -> bool:
    return all(
        scene.text[scene.tokens.ends[i] : scene.tokens.starts[i + 1]] in (" ", "-", "  ")
        for i in range(first, last)
    )


def is_verb(word: str) -> bool:
    """Return whether a word in small letters is surely a finite verb, not a noun or an adjective."""
    return word in _VERBS


def left_edge(scene: Scene, first: int, floor: int) -> int:
    """Return the first word of the phrase whose head begins at word `first`; determiners and numbers are left out.

    `floor` is an offset that the phrase does not cross.
    """
    tokens, lexicon = scene.tokens, scene.lexicon
    edge = first
    index = first - 1
    while index >= 0 and first - index <= 8 and tokens.starts[index] >= floor:
        gap = scene.text[tokens.ends[index] : tokens.starts[index + 1]]
        if tokens.possessive[index]:
            if gap.strip("'s ") or not tokens.capital[index]:
                break
            edge = index
            index -= 1
            while (
                index >= 0
                and tokens.starts[index] >= floor
                and tokens.capital[index]
                and scene.text[tokens.ends[index] : tokens.starts[index + 1]] == " "
            ):
                edge = index
                index -= 1
            break
        if gap not in (" ", "-", "  "):
            break
        word = tokens.lowers[index]
        if word in _DETERMINERS or word in _STOPS or word in lexicon.flight or is_verb(word):
            break
        if word in _ARTICLES_ABROAD or is_no_adjective(word) or (scene.language and word in _SMALL_ABROAD):
            break
        if word[0].isdigit() or word.endswith(("-old", "ly")) or "year" in word:
            break
        if word.endswith(("ed", "ing")) and word not in lexicon.role_modifiers and "-" not in word:
            break
        edge = index
        index -= 1
    return edge + (edge < first and _is_told_to(scene, edge))


_MODALS = frozenset("should must shall will would can could may might cannot".split())


def _is_told_to(scene: Scene, index: int) -> bool:
    """Whether a word is the verb behind a modal: "the court must at once, should immediately [release] clerk Ana Ruiz"."""
    before = index - 1
    while before >= 0 and (
        scene.tokens.lowers[before].endswith("ly") or scene.tokens.lowers[before] == "and"
    ):
        before -= 1
    if before < 0:
        return False
    word = scene.tokens.texts[before]  # as written: "5 May – Austrian clerk"
    return word in _MODALS or (word == "to" and before < index - 1)


def right_edge(scene: Scene, passage: Passage, head: int, limit: int, *, anything: bool = False) -> int:
    """Return the offset at which the phrase whose head is word `head` ends, at most `limit`.

    `anything`: participles and infinitives go on with it too ("a team sent to the South to rescue a hostage").
    """
    tokens, lexicon = scene.tokens, scene.lexicon
    limit = min(limit, passage.sentence_at(tokens.starts[head]).end)
    stops = [d.span.start for d in passage.dates if d.edtf and d.span.start > tokens.starts[head]]
    limit = min([limit, *stops])
    end = tokens.ends[head]
    index = head + 1
    linked = False  # the last word was a preposition or a determiner: its noun is still to come
    in_complement = False
    while index < len(tokens) and tokens.ends[index] <= limit and index - head <= _MAX_WORDS:
        before = scene.text[tokens.ends[index - 1] : tokens.starts[index]]
        initials = (
            before == "." and len(tokens.texts[index - 1]) == len(tokens.texts[index]) == 1
        )  # "of the U.S."
        if (
            before not in (" ", "-", "  ", "'s ", "' ", "/", ". ", " '", ' "', '" ')
            and before.strip()
            and not initials
        ):
            break
        if before == ". " and len(tokens.texts[index - 1]) > 3:
            break
        word = tokens.lowers[index]
        if word in ("and", "or"):
            if linked or not _joins(scene, index, limit, in_complement):
                break
            index += 1
            linked = True
            continue
        if word in _LINKS:
            if linked or not _leads_on(scene, index, limit):
                break
            linked = in_complement = True
            index += 1
            continue
        if word in _DETERMINERS:
            if not linked or word in ("his", "her", "their", "my"):
                break
            index += 1
            continue
        if (
            not anything
            and not linked
            and not tokens.capital[index]
            and (word in lexicon.flight or is_verb(word))
        ):
            break
        moved = lexicon.flight.get(word) in ("arrive", "defect", "flee") and word.endswith("ed")
        if anything and moved and not linked and not tokens.capital[index] and head + 2 < index:
            break  # "working at a hotel in Prague | defected to Austria": the sentence goes on
        if word in _STOPS or (tokens.capital[index] and not in_complement and not linked and not anything):
            break
        if (
            not linked
            and not anything
            and not tokens.capital[index]
            and word.endswith(("ed", "ing"))
            and word not in lexicon.role_modifiers
            and word not in _CARRIES_ON
        ):
            break
        if not linked and not in_complement and not anything and not is_role(word, lexicon):
            break
        end = tokens.ends[index]
        linked = False
        index += 1
    return end


def _leads_on(scene: Scene, index: int, limit: int) -> bool:
    """Whether a preposition is followed by a noun that can complete the phrase."""
    tokens = scene.tokens
    if index + 1 >= len(tokens) or tokens.ends[index + 1] > limit:
        return False
    following = tokens[index + 1]
    if scene.text[tokens.ends[index] : following.start] not in (" ", ' "', "  "):
        return False
    word = following.lower
    if following.text[0].isdigit() or word in (
        "him",
        "her",
        "them",
        "it",
        "me",
        "many",
        "his",
        "their",
        "which",
        "whom",
    ):
        return False
    if word.endswith("ing") and tokens.lowers[index] in ("in", "for", "from", "of", "at", "to", "on"):
        return False
    if tokens.lowers[index] == "to":
        return following.is_capital or word in ("the", "a", "an")
    return True


def _joins(scene: Scene, index: int, limit: int, in_complement: bool) -> bool:
    """Whether "and" goes on with a noun of the same kind, rather than with a verb or with somebody else."""
    tokens, lexicon = scene.tokens, scene.lexicon
    words: list[str] = []
    for ahead in range(index + 1, min(index + 7, len(tokens))):
        token = tokens[ahead]
        if token.end > limit or scene.text[tokens.ends[ahead - 1] : token.start] not in (
            " ",
            "-",
            "  ",
            "'s ",
        ):
            break
        words.append(token.lower)
    if not words or words[0] in _POSSESSIVES or words[0] in lexicon.flight or is_verb(words[0]):
        return False
    if words[0] in _STOPS:
        return False
    for position, word in enumerate(words):
        if position and (word in _STOPS or is_verb(word) or word in lexicon.flight):
            break
        if word in lexicon.kin:
            return False
        if is_role(word, lexicon):
            if index + position + 2 >= len(tokens):
                return True
            following = tokens[index + position + 2]
            named = following.is_capital and following.end <= limit
            return not (named and scene.text[following.start - 1] == " ")
    if not in_complement or words[0] in ("a", "an", "the"):
        return False
    if len(words) > 1 and (words[1] in _DETERMINERS or words[1] in ("about", "to", "with", "on", "by")):
        return False
    return not words[0].endswith("ed")


def plain(scene: Scene, span: Span) -> str:
    """Return the document's words at `span` with white space made single."""
    return " ".join(span.of(scene.document.text).split())
