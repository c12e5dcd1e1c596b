"""Events become messages. Every event of the lower apps is listened to here, or silent for a reason."""

from bothways.inbox.subscribers import (
    agreements,
    asks,
    connections,
    introductions,
    meetings,
    people,
    programs,
)

__all__ = ["SILENT", "agreements", "asks", "connections", "introductions", "meetings", "people", "programs"]

SILENT = {
    "people.PersonConfirmed": "The person did it themselves, a moment ago.",
    "people.TopicRenamed": "The index of words alone follows it.",
    "people.EverybodyInvited": "Each invitation records its own event.",
    "connections.QueueClosed": "What its author should know is told by ask.NobodyYet and ConnectionMade.",
    "connections.NewOfferDue": "Home offers it; an offer is not a message.",
}
