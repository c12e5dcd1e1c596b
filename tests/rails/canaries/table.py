"""Who reads what: for each text that somebody writes, those who do, and nobody else.

Read it against the rules of consent and the sentence beside the box where it is typed. `owner` wrote it,
unless the label says otherwise. A field that is new fails the test until it stands here or under EXPLAINED.
"""

MEMBERS = frozenset(
    {"leader", "manager", "owner", "party", "report", "asked", "introduced", "introducer", "colleague"}
    | {"newcomer", "steward", "listener", "administrator", "away"}
)
STEWARDS = frozenset({"steward", "listener", "administrator"})
PAIR = frozenset({"owner", "party"})
ALONE = frozenset({"owner"})

READERS: dict[str, frozenset[str]] = {
    # What everybody of the organisation reads.
    "core.Organisation.name": MEMBERS | {"invited", "invitation", "feed", "busy feed"},
    "people.Team.name": MEMBERS,
    "people.Person.name": MEMBERS,
    "people.Person.name of the party": MEMBERS | {"feed"},
    "people.Person.pronouns": MEMBERS,
    "people.Person.title": MEMBERS,
    "people.Person.place": MEMBERS,
    "people.Person.about": MEMBERS,
    "people.Person.brings": MEMBERS,
    "people.Person.hopes": MEMBERS,
    "people.Topic.name": MEMBERS | {"invitation"},
    # What a person keeps to themselves.
    "people.Person.email": ALONE | STEWARDS,
    "people.Person.stretch": ALONE,
    "people.Person.budget_minutes": ALONE,
    "people.Want": ALONE | STEWARDS,  # stewards: as a topic of the organisation, not as somebody's wish
    "people.Topic.aliases": STEWARDS,
    "ask.Ask.sentence": ALONE,
    "ask.Ask.sentence that is open": ALONE,
    "ask.Ask.topics": ALONE | STEWARDS,  # the same
    "ask.QuietOffer.people": ALONE,
    "connections.Reflection.learned": ALONE,
    # What two people read.
    "connections.Connection.note": PAIR,
    "connections.ConnectionMessage.text of owner": PAIR,
    "connections.ConnectionMessage.text of party": PAIR,
    "connections.Meeting.where": PAIR | {"feed"},
    "connections.Meeting.where to come": PAIR | {"feed"},
    "connections.Agreement.first_brings": PAIR,
    "connections.Agreement.first_hopes": PAIR,
    "connections.Agreement.second_brings": PAIR,
    "connections.Agreement.second_hopes": PAIR,
    "connections.Agreement.cadence": PAIR,
    "connections.Agreement.confidentiality": PAIR,
    "connections.Agreement.boundaries": PAIR,
    "connections.Reflection.learned and shared": PAIR,
    "connections.Queue.note": frozenset({"owner", "asked"}),
    "connections.MoreAsked.question": frozenset({"owner", "asked"}),
    "connections.MoreAsked.reply": frozenset({"owner", "asked"}),
    "connections.Introduction.reason_first": frozenset(),  # of an ask, whose author reads none
    "connections.Introduction.reason_second": frozenset({"asked"}),
    # A round asks both, and each reads why, and not what the other one reads.
    "connections.Queue.named": frozenset({"owner", "leader"}),
    "connections.Queue.note of a round": frozenset({"owner", "leader"}),
    "connections.Introduction.reason_first in a round": frozenset({"owner"}),
    "connections.Introduction.reason_second in a round": frozenset({"leader"}),
    "connections.PassedOn.why": frozenset({"owner", "introduced", "introducer"}),
    "connections.Concern.text": frozenset({"owner", "listener"}),
    "connections.Concern.reply": frozenset({"owner", "listener"}),
    "ask.StewardAsk.text": frozenset({"owner", "steward"}),
    "ask.StewardAsk.reply": frozenset({"owner", "steward"}),
    # A list of people, until it is brought in.
    "people.Roster.name": frozenset({"administrator"}),
    "people.Roster.columns": frozenset({"administrator"}),
    "people.RosterLine.email": frozenset({"administrator"}),
    "people.RosterLine.name": frozenset({"administrator"}),
    "people.RosterLine.title": frozenset({"administrator"}),
    "people.RosterLine.place": frozenset({"administrator"}),
    "people.RosterLine.pronouns": frozenset({"administrator"}),
    "people.RosterRemark.values": frozenset({"administrator"}),
    # A program, and a rehearsal of its round.
    "programs.Program.name": MEMBERS,
    "programs.Program.purpose": MEMBERS,
    "programs.Pairing.parts": frozenset({"steward"}),  # the one who runs it
    "programs.LeftOut.why": frozenset({"steward"}),
    # What is kept and shown to nobody.
    "programs.Pairing.reason": frozenset(),  # before it is sent
    "programs.Pairing.reason_back": frozenset(),
    "people.RosterFile.rows that are sensitive": frozenset(),  # thrown away before anything is kept
    "connections.QueueEntry.reason": frozenset(),
    "connections.QueueEntry.reason_back": frozenset(),
}

# Why a column that could hold text holds no canary. A word for a whole model stands for all its columns.
_KEYS = "keys, kinds and times: nothing that a person wrote; searched for canaries by a test of its own"
_SECRET = "a digest or a signed value that nobody can read"
_CHOSEN = "chosen from a list, not written"
EXPLAINED = {
    "core.Organisation.slug": "stands in every address below it, which the matrix walks",
    "core.Organisation.time_zone": _CHOSEN,
    "core.Organisation.language": _CHOSEN,
    "core.RecordedEvent": _KEYS,
    "core.Delivery": _KEYS,
    "core.Tick": _KEYS,
    "core.Heartbeat": _KEYS,
    "people.Account.password": _SECRET,
    "people.Account.email": "the person's, whose canary it carries; one's own sign-in shows it",
    "people.SignInLink": _SECRET,
    "people.Person.line": "ids of managers; whoever has a key may read who manages whom",
    "people.Person.time_zone": _CHOSEN,
    "people.Person.languages": _CHOSEN,
    "people.Person.photo": "a random name; the matrix visits the photo's own address",
    "people.Person.hours": "hours of a week, checked as such",
    "people.Reservation": _KEYS,
    "ask.Showing.shown": _KEYS,
    "people.SearchEntry": "a copy of what everybody reads; searched for by a test of its own",
    "people.Roster.counts": "samples of the cells; the canaries of the lines are in it",
    "people.Roster.encoding": _CHOSEN,
    "people.Roster.delimiter": _CHOSEN,
    "people.Roster.order": _CHOSEN,
    "people.Roster.refusal": "our own sentence, with a line's number",
    "people.RosterLine.team": "written and shown as the other cells are",
    "people.RosterLine.manager": "an address, as the person's own",
    "people.RosterLine.time_zone": _CHOSEN,
    "people.RosterLine.languages": _CHOSEN,
    "people.RosterRemark.code": _CHOSEN,
    "people.RosterRemark.about": _CHOSEN,
    "people.RosterRemark.weight": _CHOSEN,
    "people.Topic.related": "keys of topics",
    "connections.Due": _KEYS,
    "connections.Introduction.note": "a copy of the queue's note, or of the introducer's why",
    "connections.Meeting.times": "moments; the pages of a meeting are its pair's, which its place shows",
    "connections.Queue.named": "a copy of the program's name",
    "connections.SealedAnswer.times": "moments; that nobody learns of an answer is the theorem's test",
    "ask.Ask.known": "keys of people",
    "programs.Round.rules": _CHOSEN,
    "programs.Round.weights": _CHOSEN,
    "programs.Entry.about": _KEYS,
    "programs.Rehearsal.rules": _CHOSEN,
    "programs.Rehearsal.weights": _CHOSEN,
    "programs.Rehearsal.pins": "keys of people",
    "programs.Rehearsal.figures": "numbers, and names of teams and places of five people and more",
    "programs.Rehearsal.certificate": "numbers; the operator's alone",
    "inbox.Feed": _SECRET,
    "inbox.Mail": _KEYS,
    "inbox.Message": _KEYS,
    "inbox.TurnedOff": _CHOSEN,
    "django_tasks_database.DBTaskResult": _KEYS,
    "account.EmailAddress": "the person's address, as with the account",
    "auth.Permission": "of the framework; not used",
    "auth.Group": "of the framework; not used",
    "contenttypes.ContentType": "of the framework: names of models",
    "sessions.Session": _SECRET,
}
