"""Bringing a list in that was looked through: set-based, in one short transaction, all of it or nothing."""

from typing import Any

from django.db import connection, models
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from bothways.core import breath, time
from bothways.core import events as outbox
from bothways.core.transactions import verb
from bothways.people import events
from bothways.people.actions import checking, imports, search
from bothways.people.actions.members import LEAVING
from bothways.people.models import Offer, Person, Roster, RosterFile, RosterLine, RosterOffer, Team
from bothways.people.queries import rosters

State = Roster.State
Belonging = Person.State
A_SLICE = 500

# UPDATE … FROM by hand: as subqueries of the ORM these were quadratic on SQLite (see bin/bench import).
_WORK = """
    UPDATE people_person SET
        title = coalesce(said.title, people_person.title),
        place = coalesce(said.place, people_person.place),
        started_on = coalesce(said.started_on, people_person.started_on)
    FROM people_rosterline said
    WHERE said.roster_id = %s AND said.verdict = 'changed' AND said.person_id = people_person.id
"""
_OWN = """
    UPDATE people_person SET
        name = coalesce(said.name, people_person.name),
        pronouns = coalesce(said.pronouns, people_person.pronouns),
        time_zone = coalesce(said.time_zone, people_person.time_zone),
        languages = coalesce(said.languages, people_person.languages)
    FROM people_rosterline said
    WHERE said.roster_id = %s AND said.verdict = 'changed' AND said.person_id = people_person.id
        AND people_person.state = 'invited'
        AND people_person.confirmed_at IS NULL AND people_person.account_id IS NULL
"""
_TEAMS = """
    UPDATE people_person SET team_id = team.id
    FROM people_rosterline said
        LEFT JOIN people_team team ON team.organisation_id = %s AND team.name = said.team
    WHERE said.roster_id = %s AND said.verdict = 'changed' AND said.team IS NOT NULL
        AND said.person_id = people_person.id
"""
_MANAGERS = """
    UPDATE people_person SET manager_id = manager.id
    FROM people_rosterline said
        LEFT JOIN people_person manager ON manager.organisation_id = %s AND manager.email = said.manager
    WHERE said.roster_id = %s AND said.verdict = %s AND said.manager IS NOT NULL
        AND said.person_id = people_person.id
        AND (said.manager <> '' OR people_person.manager_id IS NOT NULL)
"""
_LINES = """
    WITH RECURSIVE reached (id, line) AS (
        SELECT id, '/' FROM people_person WHERE organisation_id = %s AND manager_id IS NULL
        UNION ALL
        SELECT below.id, reached.line || below.manager_id || '/'
        FROM people_person below JOIN reached ON below.manager_id = reached.id
    )
    UPDATE people_person SET line = reached.line FROM reached
    WHERE reached.id = people_person.id AND people_person.line <> reached.line
"""
_REACHED = """
    WITH RECURSIVE reached (id) AS (
        SELECT id FROM people_person WHERE organisation_id = %s AND manager_id IS NULL
        UNION ALL
        SELECT below.id FROM people_person below JOIN reached ON below.manager_id = reached.id
    )
    SELECT count(*) FROM reached
"""


class Circle(Exception):
    """Reporting lines changed since the list was looked through and would now run in a circle."""


def apply(roster: Roster) -> Roster:
    """Bring the list in, then forget its rows. Safe to run twice; does nothing in another state.

    Where reporting lines have changed meanwhile, the list is looked through again and stays unapplied.
    """
    try:
        _write(roster)
    except Circle:
        mine = Roster.objects.filter(pk=roster.pk, state=State.APPLYING)
        mine.update(state=State.CHECKING, moved_at=time.now())
        return checking.check(roster)
    current = Roster.objects.get(pk=roster.pk)
    if current.state == State.APPLIED and RosterFile.objects.filter(roster=current).exists():
        _index(current)
        imports.forget(current)
    return current


@verb
def _write(roster: Roster) -> None:
    """What is new first: it is in nobody's way. Then who is here already, who is locked from here on."""
    current = Roster.objects.select_for_update().get(pk=roster.pk)
    if current.state != State.APPLYING:
        return
    _make_new(current)
    _change_persons(current)
    current.counts["left"] = _mark_leavers(current) if current.mark_leavers else 0
    if current.counts["new"] or current.counts["changed_fields"].get("manager"):
        rebuild_lines(current.organisation_id)
    current.state, current.applied_at, current.moved_at = State.APPLIED, time.now(), time.now()
    current.save()


def _make_new(roster: Roster) -> None:
    _tell_the_planner(RosterLine, RosterOffer)
    _find_persons(roster)
    _make_teams(roster)
    roster.counts["new"] = _make_persons(roster)
    _tell_the_planner(Person, Team)
    _find_persons(roster)
    _make_offers(roster)
    with connection.cursor() as cursor:
        cursor.execute(_MANAGERS, [roster.organisation_id, roster.pk, "new"])


def _index(roster: Roster) -> None:
    """Those who are new, changed or gone are found as they are now; each slice is its own transaction."""
    touched = Q(pk__in=_good(roster).exclude(verdict="same").values("person"))
    gone = Q(organisation=roster.organisation_id, state=Belonging.LEFT, search__isnull=False)
    ids = list(Person.objects.filter(touched).values_list("pk", flat=True))
    if roster.mark_leavers:
        ids += Person.objects.filter(gone).values_list("pk", flat=True)
    for start in range(0, len(ids), A_SLICE):
        search.refresh([Person(pk=pk) for pk in ids[start : start + A_SLICE]])
        breath.breathe()


def _tell_the_planner(*tables: type[models.Model]) -> None:
    """PostgreSQL plans by what it last counted; tables that were just filled look empty to it."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table in tables:
                cursor.execute(" ".join(("ANALYZE", connection.ops.quote_name(table._meta.db_table))))


def rebuild_lines(organisation_id: int) -> None:
    """Everybody's managers, highest first, in one statement. Raises `Circle`."""
    with connection.cursor() as cursor:
        cursor.execute(_REACHED, [organisation_id])
        if cursor.fetchone()[0] != Person.objects.filter(organisation=organisation_id).count():
            raise Circle
        cursor.execute(_LINES, [organisation_id])


def _find_persons(roster: Roster) -> None:
    """By address, as it is now: somebody may have been added since the list was looked through."""
    same = Person.objects.filter(organisation=roster.organisation_id, email=OuterRef("email"))
    _good(roster).filter(person=None).update(person=Subquery(same.values("pk")[:1]))


def _make_teams(roster: Roster) -> None:
    there = set(Team.objects.filter(organisation=roster.organisation_id).values_list("name", flat=True))
    named = {name for name in _good(roster).values_list("team", flat=True).distinct() if name}
    missing = sorted(named - there)
    Team.objects.bulk_create(
        (Team(organisation=roster.organisation, name=name) for name in missing), batch_size=300
    )


def _make_persons(roster: Roster) -> int:
    organisation = roster.organisation
    team = Team.objects.filter(organisation=organisation, name=OuterRef("team")).values("pk")[:1]
    said = {
        "key": F("key"),
        "email": F("email"),
        "name": F("name"),
        "started_on": F("started_on"),
        "time_zone": Coalesce("time_zone", Value(organisation.time_zone)),
        "languages": Coalesce("languages", Value([], models.JSONField())),
        "organisation": Value(organisation.pk),
        "team": Subquery(team),
        "state": Value(Belonging.INVITED.value),
        **{name: Coalesce(name, Value("")) for name in ("pronouns", "title", "place")},
    }
    return _insert(Person, _good(roster).filter(verdict="new", person=None), said)


def _change_persons(roster: Roster) -> None:
    """What the list says of work; and what it says of people themselves, until they have been here.

    Only who had left when the list was looked through is awaited again: who leaves after that, leaves.
    """
    back = _good(roster).filter(back=True).values("person")
    Person.objects.filter(pk__in=back, state=Belonging.LEFT).update(state=Belonging.INVITED)
    with connection.cursor() as cursor:
        cursor.execute(_WORK, [roster.pk])
        cursor.execute(_OWN, [roster.pk])
        cursor.execute(_TEAMS, [roster.organisation_id, roster.pk])
        cursor.execute(_MANAGERS, [roster.organisation_id, roster.pk, "changed"])


def _make_offers(roster: Roster) -> None:
    never_here = Person.objects.never_here().filter(organisation=roster.organisation_id)
    wanted = RosterOffer.objects.filter(line__roster=roster, line__person__in=never_here)
    there = Offer.objects.filter(person=OuterRef("line__person"), topic=OuterRef("topic"))
    fresh = wanted.exclude(Exists(there)).order_by().values("line__person", "topic").distinct()
    _insert(Offer, fresh, {"person": F("line__person"), "topic": F("topic")})


def _mark_leavers(roster: Roster) -> int:
    """Gone from the organisation, with what is open of theirs. Administrators stay: that is said by hand."""
    leaving = rosters.leavers(roster).exclude(Q(role=Person.Role.ADMINISTRATOR) | Q(pk=roster.by_id or 0))
    keys = list(leaving.order_by("pk").values_list("key", flat=True))
    ids = leaving.order_by().values("pk")
    Person.objects.filter(pk__in=ids).update(**LEAVING)
    outbox.record_all(events.PersonWentAway(person=key) for key in keys)
    return len(keys)


def _good(roster: Roster) -> QuerySet[RosterLine]:
    return RosterLine.objects.filter(roster=roster).exclude(verdict="bad")


def _insert(model: type[models.Model], source: QuerySet[Any], said: dict[str, Any]) -> int:
    """INSERT … SELECT: a row of `model` for each of `source`; what is not `said` has the model's defaults."""
    columns, values = [], []
    for field in model._meta.concrete_fields:
        if field.name in said:
            columns.append(field)
            values.append(said[field.name])
        elif not field.primary_key and field.get_default() is not None:
            columns.append(field)
            values.append(Value(field.get_default(), field))
    select, parameters = source.order_by().values_list(*values).query.sql_with_params()
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in columns)
    statement = ("INSERT INTO", quote(model._meta.db_table), f"({names})", str(select))
    with connection.cursor() as cursor:
        cursor.execute(" ".join(statement), parameters)
        return int(cursor.rowcount)
