"""An ask before it is pressed: what was typed, what was found, the note, the plan. Nothing here is stored."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import get_language_info

from bothways.ask import sources
from bothways.ask.forms.asking import NOTHING, NoteForm, SentenceForm
from bothways.ask.forms.keys import Keys
from bothways.ask.matchmaking import suggesting
from bothways.ask.matchmaking.suggesting import Reading, Suggested
from bothways.ask.queries import offered, stewards
from bothways.ask.rules import distress, evidence, notes
from bothways.ask.rules.away import asks_until
from bothways.ask.rules.distress import Distress
from bothways.ask.rules.evidence import Finding
from bothways.ask.rules.notes import Opening
from bothways.ask.sources import Found, Group, Inquiry
from bothways.connections.actions import queues
from bothways.connections.rules import kinds, plan
from bothways.connections.rules.kinds import Kind
from bothways.core import time
from bothways.people.models import Person, Topic
from bothways.people.queries import topics
from bothways.people.queries.confidants import Confidant
from bothways.ui import moments

MOST_TO_PICK = 12
ASK, KEEP, LOOK, OWN_WORDS, NOT_OWN = "ask", "keep", "look", "own", "not_own"


@dataclass
class Draft:
    """What the page of the one box shows. `only` is set where one person is asked from their page."""

    person: Person
    data: QueryDict | None
    only: Person | None = None
    initial: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sentence = SentenceForm(
            self.data,
            organisation=self.person.organisation.slug,
            may_be_empty=self._may_be_empty(),
            initial=self.initial,
        )
        self.note = self._note(self.data)
        self.readable = self.data is None or self.sentence.is_valid()
        if self.does != ASK:
            self.note = self._note(initial=self._note_so_far())

    @property
    def does(self) -> str:
        """Which button was pressed; striking somebody is looking again."""
        return str(self.data.get("do", LOOK)) if self.data is not None else LOOK

    @cached_property
    def inquiry(self) -> Inquiry:
        if self.data is None:
            return Inquiry(
                person=self.person,
                sentence=self.initial.get("sentence", ""),
                topics=tuple(self.initial.get("topics", ())),
            )
        return self.sentence.inquiry(self.person)

    @property
    def asked(self) -> Inquiry:
        """What is asked once it is pressed; of one person with the topic of theirs that is said, if any."""
        topic = self.note.topic_said()
        return replace(self.inquiry, topics=(topic,)) if self.only and topic else self.inquiry

    @property
    def asked_anything(self) -> bool:
        return bool(self.inquiry.topics or self.inquiry.sentence.strip())

    @cached_property
    def groups(self) -> list[Found]:
        """What was found for it; nothing is looked for where one person is asked."""
        looks = self.only is None and self.readable and self.asked_anything
        return sources.look(self.inquiry) if looks else []

    @property
    def people(self) -> Sequence[Suggested]:
        return next((found.findings for found in self.groups if found.group == Group.PEOPLE), [])

    def may_be_pressed(self) -> bool:
        """Whether all that an ask needs is there; otherwise the forms say what is missing."""
        if self.data is not None and self.only:
            self.note = self._note(_with(self.data, people=self.only.key))
        written = self.readable and (self.only is not None or self.asked_anything)
        return self.note.is_valid() and written

    @property
    def mistaken(self) -> forms.Form:
        """Whichever of the two forms has something to mend; the sentence comes first."""
        return self.sentence if self.sentence.errors else self.note

    @property
    def nobody(self) -> bool:
        return self.only is None and self.asked_anything and not self.people

    @property
    def in_confidence(self) -> bool:
        """Whether one person had better be told, be it grave or heavy, whoever else was found."""
        return self._distress != Distress.NONE

    @property
    def confided_first(self) -> bool:
        """What is grave comes before whoever was found, what is heavy below them."""
        return self._distress == Distress.GRAVE or (self.in_confidence and self.nobody)

    @cached_property
    def _distress(self) -> Distress:
        return distress.heard(self.inquiry.sentence)

    @cached_property
    def _reading(self) -> Reading:
        return suggesting.read(self.inquiry)

    @property
    def known(self) -> str:
        """Where nobody was found: the topic, if we know it. Whoever offers it, the page says the same."""
        return next(iter(self._reading.said), "") if not self.inquiry.struck else ""

    @property
    def vague(self) -> bool:
        """Whether nothing of what was written says what it is about."""
        return not (self._reading.said or self._reading.words or self._reading.tongue)

    @property
    def tongue(self) -> str:
        """What the language is called in which nobody can be found, since no topic knows its words."""
        code = "" if self._reading.said else self._reading.tongue
        return str(get_language_info(code)["name_translated"]) if code else ""

    @cached_property
    def to_pick(self) -> list[Topic]:
        """Topics that people here offer, for whoever cannot say it in the topics' own language."""
        return topics.offered_most(self.person.organisation_id, MOST_TO_PICK)

    @cached_property
    def somebody_in_line(self) -> bool:
        """Where nobody was found: whether somebody in the reporting line would be, if one liked."""
        inquiry = self.inquiry
        if not self.nobody or inquiry.with_line or self.in_confidence:
            return False
        return bool(suggesting.people_for(replace(inquiry, with_line=True)))

    @property
    def ticked(self) -> tuple[str, ...]:
        return Keys().clean(self.data.getlist("people")) if self.data is not None else ()

    @property
    def struck(self) -> list[str]:
        return sorted(self.inquiry.struck)

    @property
    def kind(self) -> str:
        given = self.data.get("kind", "") if self.data is not None else self.initial.get("kind", "")
        return str(given) if given in Kind.values else str(Kind.CONVERSATION)

    @property
    def opening(self) -> Opening:
        """The note as its template has it; the page hands it back, so that we know what was changed."""
        team = self.person.team.name if self.person.team else ""
        return Opening.of(self.kind, self.person.name, title=self.person.title, team=team)

    @property
    def holds_own_words(self) -> bool:
        """Whether the note has the sentence in it already, so that it may be taken out again."""
        return notes.holds(str(self.note["note"].value() or ""), self._own_words)

    @property
    def _own_words(self) -> str:
        return notes.in_one_line(self.inquiry.sentence)

    @property
    def dates(self) -> dict[str, Any]:
        """The plan in days as people say them, for those who would be asked; empty while nobody would.

        `one_alone`: of those shown one is ticked; `others`: a second could be.
        """
        shown = {suggested.person.key for suggested in self.people}
        number = 1 if self.only else len(shown.intersection(self.ticked))
        if not number:
            return {}
        alone = bool(self.data and self.data.get("alone"))
        at_once = 1 if alone else kinds.pace(self.kind).at_once
        zone = self.person.organisation.time_zone
        planned = plan.plan(self.kind, plan.turns(number, at_once), begin=time.now(), zone=zone)
        ends = asks_until(
            self.person.away_from, self.person.time_zone, hear_by=planned.hear_by, now=time.now()
        )
        next_day = moments.day(planned.next_at) if planned.next_at and not ends else ""
        away = {"away": moments.day(ends)} if ends else {}
        one_alone = self.only is None and number == 1
        said = {"next": next_day, "hear_by": moments.day(ends or planned.hear_by)}
        return said | {"one_alone": one_alone, "others": len(shown) > 1} | away

    @cached_property
    def finding(self) -> Finding:
        """What research says at the moment of hesitation, one sentence at a time."""
        return evidence.finding(time.today(self.person.time_zone).toordinal())

    @cached_property
    def places_left(self) -> int:
        return queues.places_left(self.person, kind=self.kind)

    @property
    def open_already(self) -> int:
        """How many of the author's asks take the places that there are for asks of this kind."""
        return kinds.pace(self.kind).open_queues - self.places_left

    @property
    def written(self) -> bool:
        """Whether this page brings back something that was typed."""
        typed = (
            [str(self.data.get(name, "")) for name in ("sentence", "note")] if self.data is not None else []
        )
        return any(text.strip() for text in typed)

    @cached_property
    def stewards(self) -> list[Confidant]:
        return stewards.to_ask(self.person)[:3]

    def _note(self, data: Any = None, initial: dict[str, Any] | None = None) -> NoteForm:
        return NoteForm(data, initial=initial, only=self.only, theirs=self._theirs, opening=str(self.opening))

    @property
    def may_say_topic(self) -> bool:
        return self.only is None or bool(self._theirs)

    @cached_property
    def _theirs(self) -> list[tuple[str, str]]:
        """What the one person who is asked offers to talk about."""
        return offered.topics(self.only) if self.only else []

    def _may_be_empty(self) -> bool:
        """Looking at nothing yet is no mistake; pressing is."""
        if self.data is None or self.only:
            return self.only is not None
        return self.does != ASK and not str(self.data.get("sentence", "")).strip()

    def _note_so_far(self) -> dict[str, Any]:
        """Keeps what was changed, follows the kind otherwise, and copies the sentence only if told to."""
        begun: dict[str, Any] = {"kind": self.kind, "note": str(self.opening)}
        if self.data is None:
            return begun
        begun |= {"alone": str(self.data.get("alone", "")), "tell": str(self.data.get("tell", NOTHING))}
        typed, given = (self.data.get(name, "").replace("\r\n", "\n").strip() for name in ("note", "given"))
        own = self._own_words
        note = self.opening.follows(typed, given, own)
        if self.does == OWN_WORDS:
            note = self.opening.beside(note, own)
        elif self.does == NOT_OWN:
            note = notes.without(note, own) or str(self.opening)
        return begun | {"note": note[: notes.LONGEST]}


def _with(data: QueryDict, **more: str) -> QueryDict:
    """What was posted, and these."""
    together = data.copy()
    for name, value in more.items():
        together[name] = value
    return together
