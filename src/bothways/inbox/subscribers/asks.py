"""What became of asks: for their author, or for the steward who was picked."""

from bothways.ask import events
from bothways.ask.models import Ask, StewardAsk
from bothways.core.events import subscribe
from bothways.inbox.actions import messages


@subscribe(events.NobodyYet)
def tell_that_nobody_yet(event: events.NobodyYet) -> None:
    ask = Ask.objects.select_related("author").get(key=event.ask)
    messages.put(ask.author, "nobody_yet", ask)


@subscribe(events.SomebodyTurnedUp)
def tell_who_turned_up(event: events.SomebodyTurnedUp) -> None:
    ask = Ask.objects.select_related("author").get(key=event.ask)
    messages.clear(ask)
    messages.put(ask.author, "turned_up", ask)


@subscribe(events.StewardAsked)
def tell_the_steward(event: events.StewardAsked) -> None:
    asked = StewardAsk.objects.select_related("steward").get(key=event.steward_ask)
    messages.put(asked.steward, "steward_asked", asked)


@subscribe(events.StewardReplied)
def tell_the_author(event: events.StewardReplied) -> None:
    asked = StewardAsk.objects.select_related("author").get(key=event.steward_ask)
    messages.clear(asked, kinds=("steward_asked",))
    messages.put(asked.author, "steward_replied", asked)
