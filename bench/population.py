"""Many believable people in bulk: `fill(organisation, 50_000)`. The same number gives the same people.

Rows only, no verbs: for measuring. The demo's people come through the real verbs.
"""

import itertools
import random
from collections.abc import Iterator
from datetime import timedelta

from bothways.core import keys, time
from bothways.core.models import Organisation
from bothways.people.actions import search, topics
from bothways.people.models import Account, Offer, Person, Reservation, Team, Topic, Want

FIRST = (
    "Ada,Amir,Ana,Ben,Bola,Carmen,Chen,Daria,Elif,Emeka,Farid,Finn,Grace,Hana,Ines,Ivan,Jun,Kofi,Lena,Luz,"
    "Mads,Mei,Nadia,Noor,Olu,Pavel,Priya,Rafa,Rosa,Sami,Sana,Tariq,Tess,Uma,Vera,Wen,Yara,Yusuf,Zeynep,Zoe"
)
LAST = (
    "Abara,Berg,Costa,Diallo,Eriksen,Fischer,Garcia,Haddad,Ito,Jansen,Kaya,Larsen,Mehta,Nowak,Okafor,Park,"
    "Quispe,Rossi,Silva,Tanaka,Ueda,Varga,Weber,Xu,Yilmaz,Zhou"
)
TITLES = "Nurse,Analyst,Developer,Baker,Planner,Teacher,Technician,Designer,Buyer,Driver,Editor,Engineer"
ABOUTS = (
    "I moved here from another trade and still remember what it is like not to know the words.",
    "I run the night shift, grow tomatoes and have opinions about spreadsheets.",
    "Twice a parent, once burnt out, now careful with my calendar.",
    "I like problems that nobody wants and people who say what they mean.",
    "I have led a small crew for years and learned most of it by getting it wrong first.",
    "Quiet in meetings, better on paper. I draw when I think.",
)
BRINGS = (
    "An honest second look at your slides, before anybody else sees them.",
    "Patience with machines and with people who are new to them.",
    "I know who knows what here, and gladly open the door.",
    "Stories of how a hard conversation went, with the parts that failed.",
    "I can read a contract, a budget and a room.",
    "",
)
ZONES = ("Europe/Lisbon", "Europe/Berlin", "Asia/Kolkata", "America/New_York", "Africa/Lagos")
WEEKS: tuple[list[list[object]], ...] = (
    [[day, "09:00", "17:00"] for day in range(5)],
    [[day, "07:00", "13:00"] for day in range(6)],
    [[day, "12:00", "20:00"] for day in range(5)],
    [],
)
TEAM_OF = 12
SPAN = 8
BATCH = 5_000


def fill(organisation: Organisation, number: int, *, seed: int = 7) -> Person:
    """Make that many people with topics, offers, wants, reporting lines; returns one in the middle of it."""
    chance = random.Random(seed)
    seeded = list(Topic.objects.filter(organisation=organisation)) or topics.seed(organisation)
    teams = Team.objects.bulk_create(
        Team(organisation=organisation, name=f"Team {place}") for place in range(max(number // TEAM_OF, 2))
    )
    accounts = Account.objects.bulk_create(
        (Account(email=f"p{place}@{organisation.slug}.example", is_active=True) for place in range(number)),
        batch_size=BATCH,
    )
    with keys.derived(str(seed), f"population of {organisation.slug}"):
        people = [
            _person(organisation, chance, account, place, teams) for place, account in enumerate(accounts)
        ]
    Person.objects.bulk_create(people, batch_size=BATCH)
    _reporting_lines(people)
    _topics(people, seeded, chance)
    _reserve(people, chance)
    search.rebuild(organisation)
    return people[number // 2]


def _person(
    organisation: Organisation, chance: random.Random, account: Account, place: int, teams: list[Team]
) -> Person:
    languages = ["en", *chance.sample(["de", "pt", "hi", "yo", "fr"], chance.randrange(3))]
    return Person(
        organisation=organisation,
        account=account,
        email=account.email,
        name=f"{chance.choice(FIRST.split(','))} {chance.choice(LAST.split(','))}",
        title=chance.choice(TITLES.split(",")),
        team=teams[place % len(teams)],
        time_zone=chance.choice(ZONES),
        languages=languages if chance.random() < 0.95 else languages[1:],
        about=chance.choice(ABOUTS),
        brings=chance.choice(BRINGS),
        hours=chance.choice(WEEKS),
        budget_minutes=chance.choice([0, 30, 60, 120, 240]),
        state=Person.State.ACTIVE if chance.random() < 0.9 else Person.State.INVITED,
        confirmed_at=time.now(),
        here_on=time.today() - timedelta(days=chance.randrange(90)),
        has_room=chance.random() < 0.6,
        welcomed=True,
    )


def _reporting_lines(people: list[Person]) -> None:
    """Everybody but the first reports to somebody; spans of eight, as deep as that makes it."""
    for place, person in enumerate(people[1:], start=1):
        manager = people[(place - 1) // SPAN]
        person.manager, person.line = manager, f"{manager.line}{manager.pk}/"
    Person.objects.bulk_update(people[1:], ["manager", "line"], batch_size=500)


def _topics(people: list[Person], seeded: list[Topic], chance: random.Random) -> None:
    """Some topics are offered by many, most by few, as it is in life."""
    shuffled = chance.sample(seeded, len(seeded))
    weights = [1 / (rank + 5) for rank in range(len(shuffled))]
    summed = list(itertools.accumulate(weights))

    def drawn(most: int) -> set[Topic]:
        return set(chance.choices(shuffled, cum_weights=summed, k=chance.randrange(most + 1)))

    def offers() -> Iterator[Offer]:
        for person in people:
            yield from (Offer(person=person, topic=topic) for topic in _in_order(drawn(6)))

    def wants() -> Iterator[Want]:
        for person in people:
            for topic in _in_order(drawn(4)):
                yield Want(person=person, topic=topic, shown=chance.random() < 0.5)

    Offer.objects.bulk_create(offers(), batch_size=BATCH)
    Want.objects.bulk_create(wants(), batch_size=BATCH)


def _in_order(some: set[Topic]) -> list[Topic]:
    return sorted(some, key=lambda topic: topic.pk)


def _reserve(people: list[Person], chance: random.Random) -> None:
    """A quarter of the people have something booked this month."""
    month = time.month_of(time.now())
    Reservation.objects.bulk_create(
        (
            Reservation(
                person=person,
                month=month,
                minutes=30,
                kind=Reservation.Kind.BOOKED,
                source_key=f"bench:{person.pk}",
            )
            for person in people
            if chance.random() < 0.25
        ),
        batch_size=BATCH,
    )
