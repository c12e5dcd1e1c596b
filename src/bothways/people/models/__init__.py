from bothways.people.models.account import Account, SignInLink
from bothways.people.models.budget import Reservation
from bothways.people.models.invitation import Invitation
from bothways.people.models.person import NotWanted, Person, Team
from bothways.people.models.search import SearchEntry
from bothways.people.models.staging import Roster, RosterFile, RosterLine, RosterOffer, RosterRemark
from bothways.people.models.topic import Offer, Topic, Want

__all__ = [
    "Account",
    "Invitation",
    "NotWanted",
    "Offer",
    "Person",
    "Reservation",
    "Roster",
    "RosterFile",
    "RosterLine",
    "RosterOffer",
    "RosterRemark",
    "SearchEntry",
    "SignInLink",
    "Team",
    "Topic",
    "Want",
]
