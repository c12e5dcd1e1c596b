"""Asking a steward quietly, and the steward's reply."""

from bothways.ask import events
from bothways.ask.models import Ask, StewardAsk
from bothways.ask.queries import stewards
from bothways.core import time
from bothways.core.events import record
from bothways.core.transactions import verb
from bothways.people.models import Person


class NotASteward(Exception):
    """Only somebody who looks after mentorship here and is here now may be picked."""


@verb
def send(author: Person, steward: Person, *, text: str, ask: Ask | None = None) -> StewardAsk:
    """Tell one steward, and nobody else."""
    if steward not in [confidant.person for confidant in stewards.to_ask(author)]:
        raise NotASteward
    sent = StewardAsk.objects.create(author=author, steward=steward, ask=ask, text=text)
    record(events.StewardAsked(steward_ask=sent.key))
    return sent


@verb
def reply(sent: StewardAsk, *, text: str) -> None:
    """The steward's answer; a later one replaces it."""
    StewardAsk.objects.filter(pk=sent.pk).update(reply=text, replied_at=time.now())
    record(events.StewardReplied(steward_ask=sent.key))
