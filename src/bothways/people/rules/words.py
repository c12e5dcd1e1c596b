"""A sentence as the stems of its words, with the allowances that people's own English needs."""

import csv
import re
import unicodedata
from collections.abc import Callable
from importlib.resources import files

import snowballstemmer

LONGEST_WORD = 40
SHORTEST_TYPO = 5

_WRITTEN = re.compile(r"[^\W_]+(?:['’‘ʼ`´][^\W_]+)*(?:\+\+|#)?")
_SHORT_FORM = re.compile(r"['’‘ʼ`´](?:s|m|d|ll|re|ve)\b|['’‘ʼ`´]")
_MAY_END = re.compile(
    r"(?:s|e|y|i|ed|ing|al|ll|ful|er|or|ic|ant|ent|ism|ist|ion)$"
)  # what Snowball takes off
_AMERICAN = re.compile(r"iz(e|ed|er|es|ing|ation|ations)$")

_EVERYDAY = """
    a about above after again against ago all almost already also although always am an and another any
    anybody anyone anything anyway are arent around as at away be because been before being below between
    both but by can cant cannot could couldnt did didnt do does doesnt doing done dont down during each
    either else enough even ever every everybody everyone everything few for from further had hadnt has
    hasnt have havent having he her here hers herself him himself his how however i id if im in into is
    isnt it its itself ive just keep kind least less lot lots many may me might more most much must my
    myself neither never no nobody none nor not nothing now of off often on once one only onto or other
    our ours ourselves out over own per perhaps quite rather really same she should shouldnt since so some
    somebody someone something sometimes soon still such than that thats the their them themselves then
    there these they theyre theyve this those though through thus to together too toward two under until
    up upon us use very was wasnt way we well were werent weve what whatever whats when where whether
    which while who whom whose why will with within without wont would wouldnt yes yet you your youre
    yours ask become begin better come day feel find get give go good happen help idea improve know learn
    let like look make matter mean need people person please put say see seem start stop stuff sure take
    talk tell thing think time today try turn understand want week work year
"""
EVERYDAY = frozenset(_EVERYDAY.split())

_FORMS = {
    form: base
    for base, forms in {
        "become": "became",
        "begin": "began begun",
        "behaviour": "behavior behaviors",
        "break": "broke broken",
        "bring": "brought",
        "buy": "bought",
        "child": "children kid kids",
        "choose": "chose chosen",
        "colour": "color colors",
        "come": "came",
        "die": "dying",
        "do": "done",
        "drive": "drove driven",
        "fall": "fell fallen",
        "feel": "felt",
        "fight": "fought",
        "find": "found",
        "forget": "forgot forgotten",
        "get": "got gotten",
        "give": "gave given",
        "go": "went gone goes",
        "hear": "heard",
        "hide": "hid hidden",
        "hold": "held",
        "keep": "kept",
        "know": "knew known",
        "labour": "labor",
        "lead": "led",
        "leave": "left",
        "lose": "lost",
        "make": "made",
        "man": "men",
        "mean": "meant",
        "cannot": "cant couldnt",
        "not": "isnt arent wasnt werent",
        "mum": "mom moms mummy mommy",
        "pay": "paid",
        "politician": "politics political politicians",
        "program": "programme programmes",
        "quit": "quitting",
        "say": "said saying says",
        "see": "saw seen",
        "sell": "sold",
        "send": "sent",
        "shake": "shook shaken",
        "sleep": "slept",
        "speak": "spoke spoken",
        "stand": "stood",
        "steal": "stole stolen",
        "take": "took taken",
        "teach": "taught",
        "tell": "told",
        "think": "thought",
        "understand": "understood",
        "wife": "wives",
        "woman": "women",
        "write": "wrote written",
    }.items()
    for form in forms.split()
}


def written(text: str) -> list[str]:
    """The words of a text as they are written and in their order, in any script; none is over 40 letters."""
    return [word[:LONGEST_WORD] for word in _WRITTEN.findall(unicodedata.normalize("NFC", text))]


def folded(word: str) -> str:
    """A written word without case, accents and the endings of short forms: I'm, it's, we'll, can't (cant)."""
    plain = word.casefold()
    if plain.isalnum() and plain.isascii():
        return plain
    apart = unicodedata.normalize("NFKD", _SHORT_FORM.sub("", plain)).casefold()
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


def english() -> Callable[[str], str]:
    """A stemmer of its own for the caller: Snowball's keeps state, so threads must not share one."""
    snowball = snowballstemmer.stemmer("english")

    def stem(word: str) -> str:
        base = _FORMS.get(word, word)
        if _MAY_END.search(base) is None:
            return base
        return str(snowball.stemWord(_AMERICAN.sub(r"is\1", base)))

    return stem


def _stop_stems() -> frozenset[str]:
    stem = english()
    return frozenset(stem(word) for word in EVERYDAY)


def _common_stems() -> frozenset[str]:
    stem = english()
    text = (files("bothways.people") / "data" / "common_words.csv").read_text(encoding="utf-8")
    words = (word for row in csv.DictReader(text.splitlines()) for word in row["words"].split("|"))
    return frozenset(stem(word) for word in words)


STOP_STEMS = _stop_stems()
COMMON_STEMS = _common_stems()  # of many matters; each says something in company only


def one_slip_apart(left: str, right: str) -> bool:
    """Whether one letter added, dropped, changed or swapped with its neighbour makes one of the other."""
    start = 0
    shorter = min(len(left), len(right))
    while start < shorter and left[start] == right[start]:
        start += 1
    end = 0
    while end < shorter - start and left[-1 - end] == right[-1 - end]:
        end += 1
    here, there = left[start : len(left) - end], right[start : len(right) - end]
    return max(len(here), len(there)) <= 1 or (len(here) == 2 and here == there[::-1])
