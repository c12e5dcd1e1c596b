"""What each kind of connection is, in words: its texts, its defaults, the first conversation's agenda.

A kind is data. Turns alternate because immediate turn-taking brings people closer than long turns do; depth
grows slowly, and every prompt may be skipped.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from bothways.connections.rules.kinds import Kind


class Depth(models.TextChoices):
    LIGHT = "light", _("Getting started")
    CLOSER = "closer", _("A little closer")
    DEEPER = "deeper", _("If you both like")


@dataclass(frozen=True)
class Prompt:
    depth: Depth
    text: Promise


@dataclass(frozen=True)
class KindText:
    """`months` and the three texts prefill an agreement; people change them as they like."""

    about: Promise
    cadence: Promise
    months: int
    confidentiality: Promise
    boundaries: Promise
    prompts: tuple[Prompt, ...]


BETWEEN_US = _("What we say stays between the two of us, unless we both agree otherwise.")
NO_REPORTS = _(
    "Neither of us reports on the other, to a manager or to anybody. Each can end this at any time."
)

CONVERSATION = KindText(
    about=_("One conversation, perhaps more. Nothing else is promised."),
    cadence=_("Once; again if we both like"),
    months=3,
    confidentiality=BETWEEN_US,
    boundaries=NO_REPORTS,
    prompts=(
        Prompt(Depth.LIGHT, _("What does an ordinary working day of yours look like?")),
        Prompt(Depth.LIGHT, _("What are you glad to have learned in your work, and from whom?")),
        Prompt(Depth.CLOSER, _("What are you working on that you would like a second pair of eyes on?")),
        Prompt(Depth.CLOSER, _("What do people often misunderstand about what you do?")),
        Prompt(Depth.DEEPER, _("When did something not work out, and what did you make of it later?")),
        Prompt(Depth.DEEPER, _("What would you try if nobody were watching?")),
    ),
)
MENTORING = KindText(
    about=_("You meet regularly for a while. Both bring something, and both learn."),
    cadence=_("Every two weeks, 45 minutes"),
    months=6,
    confidentiality=BETWEEN_US,
    boundaries=NO_REPORTS,
    prompts=(
        Prompt(Depth.LIGHT, _("How did you come to do what you do now?")),
        Prompt(Depth.LIGHT, _("Who helped you on the way, and how?")),
        Prompt(
            Depth.CLOSER, _("What would you like to be able to do in half a year that you can't do today?")
        ),
        Prompt(Depth.CLOSER, _("What kind of help helps you: questions, stories, advice, an introduction?")),
        Prompt(Depth.DEEPER, _("What have you been putting off, and what holds you back?")),
        Prompt(Depth.DEEPER, _("How would you like to be told when something you do isn't working?")),
    ),
)
REVERSE = KindText(
    about=_("The one with fewer years here shows the other something. Rank stays outside."),
    cadence=_("Every two weeks, 30 minutes"),
    months=3,
    confidentiality=BETWEEN_US,
    boundaries=NO_REPORTS,
    prompts=(
        Prompt(Depth.LIGHT, _("What do you use every day that the other one may never have seen?")),
        Prompt(Depth.LIGHT, _("What surprised you most when you came here?")),
        Prompt(Depth.CLOSER, _("What do people at your end see that people at the other end don't?")),
        Prompt(Depth.CLOSER, _("What would you like to be shown, step by step, without hurry?")),
        Prompt(Depth.DEEPER, _("What is hard to say upwards here? What is hard to say downwards?")),
        Prompt(Depth.DEEPER, _("Which belief about work have you given up?")),
    ),
)
PEER = KindText(
    about=_("Two people at a similar point think aloud together and keep each other to their word."),
    cadence=_("Once a month, an hour"),
    months=6,
    confidentiality=BETWEEN_US,
    boundaries=NO_REPORTS,
    prompts=(
        Prompt(Depth.LIGHT, _("What went well last month, and what did you do for it?")),
        Prompt(Depth.LIGHT, _("What is on your desk that you would gladly hand over?")),
        Prompt(Depth.CLOSER, _("Which question are you turning over just now?")),
        Prompt(Depth.CLOSER, _("What will you have tried by the next time we meet, when and where?")),
        Prompt(Depth.DEEPER, _("Where do you feel you are pretending a little?")),
        Prompt(Depth.DEEPER, _("What do you need from me when you're stuck?")),
    ),
)
BUDDY = KindText(
    about=_("Somebody to turn to in the first months, for small questions most of all."),
    cadence=_("Every week at first, 20 minutes; eight times in the first 90 days"),
    months=3,
    confidentiality=BETWEEN_US,
    boundaries=NO_REPORTS,
    prompts=(
        Prompt(Depth.LIGHT, _("Where do you have lunch, and with whom?")),
        Prompt(Depth.LIGHT, _("What did nobody tell you when you started?")),
        Prompt(Depth.CLOSER, _("Which small question have you not dared to ask yet?")),
        Prompt(Depth.CLOSER, _("Whom should a new person here get to know?")),
        Prompt(Depth.DEEPER, _("What makes a day here a good one for you?")),
        Prompt(Depth.DEEPER, _("When did you feel you belonged, or didn't?")),
    ),
)

TEXTS = {
    Kind.CONVERSATION: CONVERSATION,
    Kind.MENTORING: MENTORING,
    Kind.REVERSE: REVERSE,
    Kind.PEER: PEER,
    Kind.BUDDY: BUDDY,
}

LASTING = tuple(kind for kind in Kind if kind != Kind.CONVERSATION)


def text_of(kind: str) -> KindText:
    return TEXTS[Kind(kind)]


@dataclass(frozen=True)
class Turn:
    """A prompt and who of the two begins; the other one follows at once."""

    prompt: Prompt
    second_begins: bool


def turns(kind: str) -> list[tuple[Depth, list[Turn]]]:
    """The prompts by depth; whoever was asked begins, then they take turns beginning."""
    numbered = [Turn(prompt, place % 2 == 0) for place, prompt in enumerate(text_of(kind).prompts)]
    return [(depth, [turn for turn in numbered if turn.prompt.depth == depth]) for depth in Depth]


def described(now: str) -> list[tuple[str, str]]:
    """The lasting kinds other than the one it is now, each with what it is in words."""
    return [(kind.value, f"{capfirst(kind.label)}. {TEXTS[kind].about}") for kind in LASTING if kind != now]
