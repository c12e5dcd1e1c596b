"""Languages and time zones as people choose them: few enough to read, languages in their own names."""

from functools import cache
from importlib import resources

from django.conf.locale import LANG_INFO
from django.utils.translation import gettext

from bothways.people.rules import words as language
from bothways.people.rules.search_terms import bare

_NOT_OFFERED = {"ia", "io", "zh-cn", "zh-hk", "zh-mo", "zh-my", "zh-sg", "zh-tw"}
_TOWNS = {"DumontDUrville": "Dumont d'Urville"}
_BETTER_NAMED = {"eu": "euskara", "km": "ភាសាខ្មែរ", "mn": "монгол", "pa": "ਪੰਜਾਬੀ", "cs": "čeština"}
_NORWEGIAN = {"nb", "nn"}
_OTHERWISE_A_VERB = {"polish"}
_BEFORE = {"speak", "speaks", "speaking", "learn", "learning", "practise", "practice", "fluent", "native"}
_AFTER = {"speaker", "speakers", "speaking", "language", "lessons", "interpreter", "well", "fluently"}
SHORTEST_NAME = 4

Groups = list[tuple[str, list[tuple[str, str]]]]


@cache
def languages() -> dict[str, str]:
    """BCP 47 tags and the languages' own names, in the order of the names, accents aside."""
    named = {
        code: _BETTER_NAMED.get(code, about["name_local"])
        for code, about in LANG_INFO.items()
        if code not in _NOT_OFFERED
    }
    return dict(sorted(named.items(), key=lambda pair: bare(pair[1])))


def language_name(code: str) -> str:
    """What speakers call it; a tag that we do not know stands for itself."""
    return languages().get(code, code)


def spoken_name(code: str) -> str:
    """What a language is called in the reader's own: Spanish."""
    about = LANG_INFO.get(code)
    return gettext(about["name"]) if about and "name" in about else language_name(code)


@cache
def _codes_by_name() -> dict[str, frozenset[str]]:
    """From what a language is called in English, or by its speakers, to the tags of its kinds."""
    found: dict[str, set[str]] = {}
    for code in languages():
        kind = "no" if code in _NORWEGIAN else code.split("-")[0]
        names = {LANG_INFO.get(kind, LANG_INFO[code])["name"].split()[-1], language_name(code)}
        for name in names:
            found.setdefault(bare(name), set()).add(code)
    return {name: frozenset(codes) for name, codes in found.items() if len(name) >= SHORTEST_NAME}


def named(sentence: str) -> frozenset[str]:
    """Tags of the languages that a sentence names as such: not "our French supplier", nor "polish my CV"."""
    words = language.written(sentence)
    plain = [bare(word) for word in words]
    known = _codes_by_name()
    met = (known[word] for at, word in enumerate(plain) if word in known and _as_language(at, words, plain))
    return frozenset().union(*met)


def _as_language(at: int, words: list[str], plain: list[str]) -> bool:
    before = plain[at - 1] if at else ""
    after = plain[at + 1] if at + 1 < len(plain) else ""
    if before in _BEFORE or after in _AFTER:
        return True
    if plain[at] in _OTHERWISE_A_VERB and not (at and words[at][0].isupper()):
        return False
    return not after or after in language.EVERYDAY or after in _codes_by_name()


@cache
def time_zones() -> Groups:
    """The time zones that people live in, by continent: `("Europe", [("Europe/Berlin", "Berlin"), …])`."""
    table = resources.files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    names = sorted(line.split("\t")[2].strip() for line in table.splitlines() if not line.startswith("#"))
    groups: dict[str, list[tuple[str, str]]] = {}
    for name in names:
        continent, _, city = name.partition("/")
        groups.setdefault(continent, []).append((name, spoken_zone(city)))
    return [("UTC", [("UTC", "UTC")]), *groups.items()]


def spoken_zone(name: str) -> str:
    """The city as people write it: America/Argentina/Buenos_Aires is Buenos Aires, Argentina."""
    parts = _TOWNS.get(name, name).replace("_", " ").split("/")
    return ", ".join(reversed(parts))
