""" "Where do I begin?": a few kind questions for somebody with no sentence to type. Data, and how to walk it.

Each answer may name topics, a kind and a few words; together they make a sentence that can be changed before
anything happens. Nothing is stored: the page carries the answers. Every question may be skipped.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bothways.connections.rules.kinds import Kind

SKIP = "skip"


@dataclass(frozen=True)
class Option:
    """`says` is a whole sentence of its own; `leads` is the next question, where it is not the usual one."""

    key: str
    label: str | Promise
    topics: tuple[str, ...] = ()
    says: str | Promise = ""
    kind: str = ""
    leads: str = ""


@dataclass(frozen=True)
class Question:
    key: str
    text: str | Promise
    options: tuple[Option, ...]
    then: str = ""

    def option(self, key: str) -> Option | None:
        skipped = Option(SKIP, _("Skip this"))
        return next((option for option in (*self.options, skipped) if option.key == key), None)


@dataclass(frozen=True)
class Answer:
    question: Question
    option: Option

    @property
    def said(self) -> str:
        """How the page carries it: question and option."""
        return f"{self.question.key}.{self.option.key}"


QUESTIONS = {
    question.key: question
    for question in (
        Question(
            "mind",
            _("What is on your mind, roughly?"),
            (
                Option("new", _("Finding my way around here"), leads="new"),
                Option("skill", _("Getting better at something"), leads="skill"),
                Option("people", _("Getting on with people"), leads="people"),
                Option("ahead", _("Where I am heading"), leads="ahead"),
                Option("well", _("How I am doing"), leads="well"),
            ),
            then="help",
        ),
        Question(
            "new",
            _("What is hardest about it just now?"),
            (
                Option(
                    "rules",
                    _("Knowing how things are really done here"),
                    ("unwritten-rules", "new-job"),
                    _("I would like to know how things are really done here."),
                ),
                Option(
                    "ask",
                    _("Asking without feeling silly"),
                    ("asking-for-help", "asking-questions"),
                    _("I would like to ask questions here without feeling silly."),
                ),
                Option(
                    "belong",
                    _("Feeling that I belong"),
                    ("belonging",),
                    _("I would like to feel that I belong here."),
                ),
                Option(
                    "work",
                    _("The work itself"),
                    ("new-job", "workload"),
                    _("I am still finding my way into the work itself."),
                ),
            ),
            then="help",
        ),
        Question(
            "skill",
            _("Which comes closest?"),
            (
                Option(
                    "speak",
                    _("Speaking up or speaking to a group"),
                    ("public-speaking", "speaking-up"),
                    _("I would like to get better at speaking up and at speaking to a group."),
                ),
                Option(
                    "write",
                    _("Writing clearly"),
                    ("clear-writing", "email"),
                    _("I would like to write more clearly."),
                ),
                Option(
                    "time",
                    _("Getting things done in the time there is"),
                    ("time-management", "prioritising"),
                    _("I would like to get things done in the time there is."),
                ),
                Option(
                    "lead",
                    _("Leading other people"),
                    ("new-to-managing", "managing-people"),
                    _("I would like to get better at leading other people."),
                ),
                Option(
                    "tools",
                    _("Computers, figures and tools"),
                    ("digital-basics", "spreadsheets", "data-analysis"),
                    _("I would like to get better with computers, figures and tools."),
                ),
            ),
            then="help",
        ),
        Question(
            "people",
            _("With whom?"),
            (
                Option(
                    "boss",
                    _("My manager"),
                    ("managing-up", "difficult-boss"),
                    _("I would like to get on better with my manager."),
                ),
                Option(
                    "peer",
                    _("Somebody I work beside"),
                    ("conflict-with-a-colleague", "difficult-conversations"),
                    _("I would like to get on better with somebody I work beside."),
                ),
                Option(
                    "talk",
                    _("Nobody in particular: a hard conversation"),
                    ("difficult-conversations", "giving-feedback"),
                    _("I would like help with a hard conversation."),
                ),
                Option(
                    "heard",
                    _("I am not heard"),
                    ("being-heard", "assertiveness"),
                    _("I don't feel heard, and would like to change that."),
                ),
            ),
            then="help",
        ),
        Question(
            "ahead",
            _("Which comes closest?"),
            (
                Option(
                    "direction",
                    _("I don't know what I want next"),
                    ("career-direction", "meaningful-work"),
                    _("I don't know what I want next, and would like to find out."),
                ),
                Option(
                    "grow",
                    _("I would like to move up"),
                    ("promotion", "self-promotion"),
                    _("I would like to move up."),
                ),
                Option(
                    "change",
                    _("I would like to do something else"),
                    ("changing-career", "transferable-skills"),
                    _("I would like to find my way into different work."),
                ),
                Option(
                    "learn",
                    _("I would like to study or qualify"),
                    ("studying-while-working", "certifications"),
                    _("I would like to study or qualify beside my work."),
                ),
            ),
            then="help",
        ),
        Question(
            "well",
            _("Which comes closest?"),
            (
                Option(
                    "much",
                    _("It is too much"),
                    ("workload", "stress"),
                    _("I have too much on my plate, and would like to talk about it."),
                ),
                Option(
                    "doubt",
                    _("I doubt that I am good enough"),
                    ("impostor-feelings", "confidence"),
                    _("I doubt that I am good enough, and would like to talk about it."),
                ),
                Option(
                    "tired",
                    _("I am tired of it all"),
                    ("burnout", "motivation"),
                    _("I am tired of it all, and would like to talk about it."),
                ),
                Option(
                    "home",
                    _("Home and work pull at me"),
                    ("work-life-balance", "working-parents"),
                    _("Home and work pull at me, and I would like to talk about it."),
                ),
            ),
            then="help",
        ),
        Question(
            "help",
            _("What would do you good?"),
            (
                Option("listen", _("Somebody who listens"), says=_("Somebody who listens would do me good.")),
                Option("show", _("Somebody who shows me how"), says=_("I would like to be shown how.")),
                Option(
                    "been",
                    _("Somebody who has been through it"),
                    says=_("I would like to talk to somebody who has been through it."),
                ),
                Option("door", _("Somebody who knows whom to ask"), says=_("I don't know whom to ask.")),
            ),
            then="long",
        ),
        Question(
            "long",
            _("How much of it would you like?"),
            (
                Option("once", _("One conversation, and then see"), kind=Kind.CONVERSATION),
                Option("months", _("Somebody to learn from over some months"), kind=Kind.MENTORING),
                Option("peer", _("Somebody at a similar point, both ways"), kind=Kind.PEER),
                Option("buddy", _("Somebody for small questions while I am new"), kind=Kind.BUDDY),
            ),
        ),
    )
}
FIRST = "mind"
MOST_QUESTIONS = 6
TOPICS = frozenset(
    key for question in QUESTIONS.values() for option in question.options for key in option.topics
)


def walk(said: Iterable[str]) -> list[Answer]:
    """The answers in order, as far as they lead anywhere; what leads nowhere is left out."""
    answers: list[Answer] = []
    for one in said:
        question, (name, _dot, option) = following(answers), one.partition(".")
        if question is None or question.key != name:
            break
        chosen = question.option(option)
        if chosen is None:
            break
        answers.append(Answer(question, chosen))
    return answers


def following(answers: Sequence[Answer]) -> Question | None:
    """The next question, or None at the end."""
    if not answers:
        return QUESTIONS[FIRST]
    last = answers[-1]
    return QUESTIONS.get(last.option.leads or last.question.then)


def topics(answers: Iterable[Answer]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(topic for answer in answers for topic in answer.option.topics))


def kind(answers: Iterable[Answer]) -> str:
    return next((answer.option.kind for answer in answers if answer.option.kind), Kind.CONVERSATION)


def sentence(answers: Sequence[Answer]) -> str:
    """What the answers say, as somebody would write it; theirs to change."""
    return " ".join(str(answer.option.says) for answer in answers if answer.option.says)


def beyond(text: str) -> str:
    """What somebody wrote themselves: the text without what the answers say, whose topics are known."""
    for option in (option for question in QUESTIONS.values() for option in question.options if option.says):
        text = text.replace(str(option.says), " ")
    return text.strip()
