"""Who is named in Korean sentences: names stand behind a title or before one, or carry years or Hanja in brackets.

    통일부 대변인인 한가람은     a title before        한가람(34)은, 한가람(韓佳藍)   brackets
    한가람 통일부 대변인은       a title behind        귀순한 한가람은                 what he or she did

Hangul has no capitals, so a word is a name only beside one of these signs, or where it stands for the second time; it has three
syllables (or a double surname), begins with a surname and is no common noun. What is told of them is for `rules/hangul.py`.
"""

from __future__ import annotations

import re
from functools import cache

from regesta.extraction.passages import Passage
from regesta.extraction.scene import Actor, Scene
from regesta.names.korean.spelling import DOUBLE_SURNAMES
from regesta.names.korean.table import prior
from regesta.text.patterns import lazy
from regesta.text.span import Span

__all__ = ["JOSA", "TITLE", "find_in_hangul", "has_hangul"]

_TITLES = (
    "대장 상장 중장 소장 준장 대령 중령 소령 대위 중위 소위 상좌 중좌 소좌 원사 상사 중사 하사 병장 상병 일병 병사 의원 대변인 기자 장관 차관 총리 대통령 주석 "
    "위원장 부위원장 비서 서기관 참사관 공사 대사 총영사 영사 교수 박사 목사 신부 선교사 대표 원장 부원장 회장 부회장 이사장 사장 부사장 지배인 감독 작가 시인 배우 가수 "
    "변호사 검사 판사 연구원 연구위원 국장 과장 실장 부장 처장 청장 시장 지사 팀장 단장 사무총장 총장 의장 부의장 특파원 조종사 요원 공작원 지도원 서기 의사 간호사 "
    "교사 강사 외교관 통역관 무역일꾼 군관 장교 하전사 운전사 선장 선원 기관장 활동가 인권운동가 수용자 생존자 국군포로 납북자 탈북자 탈북민 귀순자"
)
TITLE = "(?:" + "|".join(sorted(_TITLES.split(), key=len, reverse=True)) + ")"
"""What people are called beside their names."""
JOSA = "(?:은|는|이|가|을|를|의|에게서?|께서|와|과|도|만|로|에|측|랑|이랑|라고|라는|이라고|이라는|이다|이며|이고|이었다|였다|씨|군|양|옹|님|[^가-힣A-Za-z0-9]|$)"
"""What may follow a name."""
_COMMON = frozenset(
    "한국인 조선인 현지인 외국인 전문가 조사관 정보원 지도원 고용원 연락관 위원장 안전원 보위원 공작원 선교사 지배인 조종사 이탈민 현역병 정치범 고위층 고위급 최고위 강원도 "
    "안성시 서울시 한반도 백두산 천안함 이화여 남한군 여종업 주민들 여성들 이들은 이들이 오늘은 장관은 이후로 최초로 유엔군 전투기 신병을 조선족 중국인 민간인 여학생 남학생 "
    "소장은 남성이 여성이 여성은 남성은 가족은 가족이 정부는 정부가 정부의 한국은 한국이 한국의 남한은 남한이 남한의 북한은 장병이 장병은 지난해 이날은 이로써 "
    "기자는 선원은 국경을 국군의 남북한 주민은 주민이 신부는 인민군 이산가 장애인 고아원 인권위 국회의 국방위 국정원 민주당 한나라 공화당 유엔의 전직의 현직의 수십여 수백여 수천여 최근에".split()
)
"""Words of three syllables that begin like a name."""
_NO_NAME_ENDS = ("들", "년", "월", "을", "를", "는", "된", "던", "한", "할", "될", "급", "당")
_UNLIKELY = 1e-9
"""Of the two syllables of a given name together: fewer are none."""
_BARE = r"(?P<name>[가-힣]{3,4})"
_NAME = rf"(?<![가-힣0-9]){_BARE}"
_BETWEEN = r"(?:[가-힣A-Za-z]{1,8}[^은는을를에의와과로가서고며게한된인\s,.·] ){0,2}?"
_SIGNS = (
    lazy(
        _NAME
        + rf"(?: ?씨(?=[^가-힣]|은|는|가|를|의|와|도|에|측|이|입|로|만|처럼|한테)| {_BETWEEN}{TITLE}(?={JOSA}|들))"
    ),
    lazy(_NAME + r"(?=\s?\((?:[\u4e00-\u9fff]{2,4}|\d{1,2}(?:세|살)?|당시 \d{1,2}세?|가명)[,)·])"),
    lazy(rf"(?:{TITLE}|출신)(?:이었던|이던|였던|이자|인|의|,)? (?!{TITLE}){_BARE}(?={JOSA})"),
    lazy(
        r"(?:귀순|탈북|망명|입국|월남|탈출|송환|납치|납북|억류|체포|처형|사망|전향)(?:한|했던|해 온|된|됐던|당한) "
        + _BARE
        + rf"(?={JOSA})"
    ),
)
_SUBJECT = lazy(
    r"(?:\([^()]{1,20}\))?(?: ?(?:씨|군|양|옹|님))?(?:은|는|이|가|도|께서)(?![가-힣])|[^.]{0,18}?"
    + TITLE
    + r"(?:은|는|이|가|도)(?![가-힣])"
)
_ENDS = frozenset("이은는가을를의도와과에로만")
"""Syllables that are more often a mark behind a shorter noun than the end of a name."""
_CREW = lazy(r" ?(?:선원|선장|기관장|갑판원|호)")
"""Who serves on a ship, whose name ends as some names do."""
_TITLED = lazy(rf" ?씨| {_BETWEEN}{TITLE}|\s?\(|[은는이가을를의와과도](?![가-힣])")
_MAY_FOLLOW = lazy(JOSA)
_LETTER = lazy(
    r"(?<![가-힣A-Za-z0-9.])(?P<name>[A-Z]|[가-힣]모)(?=\s?(?:\([^()]{1,14}\))?\s?씨(?:[^가-힣]|은|는|가|를|의|와|도|에|측|$))"
)


def has_hangul(scene: Scene) -> bool:
    """Return whether a text is written in Hangul, and not only a word of it."""
    return max(scene.tokens.by_word, default="") >= "가" and _RUN.search(scene.text) is not None


_RUN = lazy(r"[가-힣]{2,} [가-힣]{2,} [가-힣]{2,}")


def find_in_hangul(scene: Scene) -> None:
    """Say of every name in Korean sentences that it stands for a person."""
    if not has_hangul(scene):
        return
    names = {
        name
        for passage in scene.passages
        if passage.kind != "heading"
        for sign in _SIGNS
        for match in sign.finditer(scene.text, *passage.span)
        if (name := _named(match["name"], scene.text, match.end("name")))
    }
    _under_letters(scene)
    if not names:
        return
    every = re.compile(rf"(?<![가-힣])(?:{'|'.join(sorted(names, key=len, reverse=True))})")
    for passage in scene.passages:
        for match in every.finditer(scene.text, *passage.span):
            if _MAY_FOLLOW.match(scene.text, match.end()) and passage.kind != "heading":
                _say(scene, passage, Span(*match.span()))
    _by_surname(scene, names)


_SURNAME = lazy(r"(?<![가-힣0-9])(?P<name>[가-힣])(?= ?씨(?:[^가-힣]|은|는|가|를|의|와|도|에|측))")


def _by_surname(scene: Scene, names: set[str]) -> None:
    """Tie "한 씨" to the one who has that surname and no other does: "탈북자 한가람 씨 ... [한] 씨는"."""
    for passage in scene.passages:
        for match in _SURNAME.finditer(scene.text, *passage.span) if passage.kind != "heading" else ():
            full = [name for name in names if name.startswith(match["name"])]
            span = Span(*match.span("name"))
            if len(full) == 1 and not any(said.span.overlaps(span) for said in scene.said[passage.index]):
                is_subject = _SUBJECT.match(scene.text, span.end, passage.span.end) is not None
                actor = scene.named("person", full[0])
                actor.called = actor.called or full[0]
                scene.say(passage, span, actor, "name", is_subject=is_subject)


def _under_letters(scene: Scene) -> None:
    """Say of a letter or a surname with "so-and-so" that it stands for somebody whose name is kept back: "A씨", "한모(34)씨"."""
    called: dict[str, Actor] = {}
    for passage in scene.passages:
        for match in _LETTER.finditer(scene.text, *passage.span) if passage.kind != "heading" else ():
            name = match["name"]
            if name not in called:
                called[name] = scene.unnamed("person", name)
                called[name].called = f"{name}씨"
            span = Span(*match.span("name"))
            if not any(said.span.overlaps(span) for said in scene.said[passage.index]):
                is_subject = _SUBJECT.match(scene.text, span.end, passage.span.end) is not None
                scene.say(passage, span, called[name], "name", is_subject=is_subject)


def _say(scene: Scene, passage: Passage, span: Span) -> None:
    if any(said.span.overlaps(span) for said in scene.said[passage.index]):
        return
    actor = scene.named("person", span.of(scene.text))
    scene.say(
        passage,
        span,
        actor,
        "name",
        is_subject=_SUBJECT.match(scene.text, span.end, passage.span.end) is not None,
    )


def _named(word: str, text: str, end: int) -> str | None:
    """Return the name that a word begins with, without what its ending says; None of one that names nobody."""
    for length in (4, 3):
        name, tail = word[:length], word[length:]
        if len(name) != length or not _is_name(name) or (name[-1] == "호" and _CREW.match(text, end)):
            continue
        if tail:
            if _MAY_FOLLOW.match(tail + " "):
                return name
        elif name[-1] not in _ENDS or _TITLED.match(text, end):
            return name
    return None


@cache
def _is_name(word: str) -> bool:
    """Return whether a word is made like a name.

    >>> [_is_name(word) for word in ("한가람", "남궁가람", "한국인", "사람들")]
    [True, True, False, False]
    """
    double = word[:2] in DOUBLE_SURNAMES
    if word in _COMMON or len(word) != (4 if double else 3) or word.endswith(_NO_NAME_ENDS):
        return False
    if not double and word[0] not in prior("s"):
        return False
    first, later = prior("f").get(word[-2], 0.0), prior("l").get(word[-1], 0.0)
    return first * later > _UNLIKELY
