"""Languages and time zones as people choose them: few enough to read, languages in their own names."""

from functools import cache
from importlib import resources

from django.conf.locale import LANG_INFO

from bothways.people.rules.search_terms import bare

_NOT_OFFERED = {"ia", "io", "zh-cn", "zh-hk", "zh-mo", "zh-my", "zh-sg", "zh-tw"}
_TOWNS = {"DumontDUrville": "Dumont d'Urville"}
_BETTER_NAMED = {"eu": "euskara", "km": "ភាសាខ្មែរ", "mn": "монгол", "pa": "ਪੰਜਾਬੀ", "cs": "čeština"}

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
