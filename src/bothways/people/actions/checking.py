"""Looking a list through: every cell read, every person compared with who is here. Locks nothing for long."""

import itertools
from collections import Counter
from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from bothways.core import breath, time
from bothways.people.actions import imports
from bothways.people.models import Person, Roster, RosterLine, RosterOffer, RosterRemark, Team, Topic
from bothways.people.queries import rosters
from bothways.people.rules.roster import changes, doubles, entries, lines
from bothways.people.rules.roster.changes import Change, There
from bothways.people.rules.roster.entries import Entry, Manner
from bothways.people.rules.roster.refusals import Unreadable
from bothways.people.rules.roster.remarks import Remark
from bothways.people.rules.roster.topics import Topics
from bothways.people.rules.thesaurus import Entry as TopicEntry

A_SLICE = 500
MOST_REMARKS = 20_000
State = Roster.State
Belonging = Person.State

_THERE = (
    "pk",
    "email",
    "name",
    "pronouns",
    "title",
    "team__name",
    "manager__email",
    "place",
    "started_on",
    "time_zone",
    "languages",
    "state",
    "confirmed_at",
    "account",
)


class _Here:
    """Everybody on record in the organisation, as they were when the check began."""

    def __init__(self, organisation_id: int) -> None:
        self.there: dict[str, There] = {}
        named = Team.objects.filter(organisation=organisation_id).values_list("name", flat=True)
        self.teams = {name.casefold(): name for name in named}
        on_record = Person.objects.filter(organisation=organisation_id).values_list(*_THERE)
        for pk, email, name, pronouns, title, team, manager, *rest in on_record.iterator(A_SLICE):
            place, started_on, zone, languages, state, confirmed_at, account = rest
            self.there[email.lower()] = There(
                pk=pk,
                name=name,
                pronouns=pronouns,
                title=title,
                team=team or "",
                manager=(manager or "").lower(),
                place=place,
                started_on=started_on,
                time_zone=zone,
                languages=tuple(languages),
                state=state,
                been_here=bool(confirmed_at or account) or state in (Belonging.ACTIVE, Belonging.SUSPENDED),
            )

    def known(self) -> lines.Known:
        here = {email: there for email, there in self.there.items() if there.state != Belonging.LEFT}
        return lines.Known(
            here=frozenset(here),
            gone=frozenset(self.there.keys() - here.keys()),
            managers={email: there.manager for email, there in self.there.items() if there.manager},
            names={email: there.name for email, there in here.items()},
        )


class _Check:
    """One run over one list."""

    def __init__(self, roster: Roster) -> None:
        self.roster = roster
        self.columns = roster.described()
        self.fields = {column.field for column in self.columns if column.field}
        self.remarks: list[Remark] = []
        self.here = _Here(roster.organisation_id)
        self.counts: Counter[str] = Counter()
        self.changed: Counter[str] = Counter()
        self.new_teams: set[str] = set()

    def run(self) -> None:
        listed, remarks = doubles.settle(self._read())
        self.remarks += remarks
        if "manager" in self.fields:
            self.remarks += lines.connect(listed, self.here.known())
        self._stage(listed)

    def _read(self) -> list[Entry]:
        manner = Manner(
            columns=self.columns,
            today=time.today(),
            order=self.roster.order,
            turn_names=self.roster.turn_names,
            ours=self.roster.ours,
        )
        read = []
        for entry, remarks in entries.read(imports.rows_of(self.roster), manner):
            read.append(entry)
            self.remarks += remarks
            if len(read) % A_SLICE == 0:
                breath.breathe()
        if not read:
            raise Unreadable(_("The file names its columns, but nobody is in it."))
        return read

    def _stage(self, listed: list[Entry]) -> None:
        self.roster.of = len(listed)
        topics = _topics(self.roster.organisation_id)
        ids = dict(Topic.objects.filter(organisation=self.roster.organisation_id).values_list("key", "pk"))
        once = iter(self._once(listed))
        while some := list(itertools.islice(once, A_SLICE)):
            staged = [self._line(entry) for entry in some]
            offers = [
                RosterOffer(line=line, topic_id=ids[key])
                for entry, line in zip(some, staged, strict=True)
                for key in self._offered(entry, topics)
            ]
            with transaction.atomic():
                RosterLine.objects.bulk_create(staged)
                RosterOffer.objects.bulk_create(offers)
            self._progress(len(some))

    def _once(self, listed: list[Entry]) -> Iterator[Entry]:
        """The good ones; and of the bad ones each address, so that nobody of them seems to leave."""
        self.counts["bad"] = sum(entry.bad for entry in listed)
        yield from (entry for entry in listed if not entry.bad)
        bad = {entry.email: entry for entry in listed if entry.bad and entry.email}
        yield from bad.values()

    def _line(self, entry: Entry) -> RosterLine:
        there = self.here.there.get(entry.email)
        if entry.bad:
            person = there.pk if there else None
            return RosterLine(
                roster=self.roster, line=entry.line, email=entry.email, verdict="bad", person_id=person
            )
        self._team(entry)
        change = self._change(entry, there)
        self.counts[change.verdict] += 1
        if there is not None:
            self.changed.update(change.fields)
        said = {name: getattr(change, name) for name in change.fields}
        if change.languages is not None:
            said["languages"] = list(change.languages)
        return RosterLine(
            roster=self.roster,
            line=entry.line,
            email=entry.email,
            verdict=change.verdict,
            person_id=there.pk if there else None,
            back=there is not None and there.state == Belonging.LEFT,
            **said,
        )

    def _team(self, entry: Entry) -> None:
        """One spelling for each team: the one that is here, else the first of the list."""
        folded = entry.team.casefold()
        if folded and folded not in self.here.teams:
            self.new_teams.add(entry.team)
        entry.team = self.here.teams.setdefault(folded, entry.team)

    def _change(self, entry: Entry, there: There | None) -> Change:
        if there is None:
            return changes.of_new(entry)
        if there.state == Belonging.SUSPENDED:
            self.remarks.append(Remark(entry.line, "suspended", "", {"found": entry.name}))
        back = there.state == Belonging.LEFT
        if back:
            self.remarks.append(Remark(entry.line, "back", "", {"found": entry.name}))
            self.counts["back"] += 1
        return changes.of_known(entry, there, self.fields, own=there.been_here, back=back)

    def _offered(self, entry: Entry, topics: Topics) -> list[str]:
        there = self.here.there.get(entry.email)
        if entry.bad or (there is not None and there.been_here):
            return []
        found: list[str] = []
        for cell in entry.offers:
            keys, unknown = topics.read(cell)
            found += keys
            for one in unknown:
                self.remarks.append(Remark(entry.line, "topic_unknown", "offers", {"found": one[:80]}))
        return found

    def _progress(self, more: int) -> None:
        breath.breathe()
        self.roster.done += more
        Roster.objects.filter(pk=self.roster.pk).update(
            done=self.roster.done, of=self.roster.of, moved_at=time.now()
        )


def check(roster: Roster) -> Roster:
    """Fill staging and the report; safe to run again from the beginning. Does nothing in another state."""
    current = Roster.objects.get(pk=roster.pk)
    if current.state != State.CHECKING:
        return current
    _clear(current)
    run = _Check(current)
    try:
        run.run()
    except Unreadable as refusal:
        return _refused(current, str(refusal))
    _write_report(run)
    return _checked(run)


def _clear(roster: Roster) -> None:
    RosterRemark.objects.filter(roster=roster).delete()
    stale = RosterLine.objects.filter(roster=roster)
    while some := list(stale.values_list("pk", flat=True)[:A_SLICE]):
        RosterLine.objects.filter(pk__in=some).delete()


def _write_report(run: _Check) -> None:
    run.remarks.sort(key=lambda remark: remark.line)
    for some in _slices(run.remarks[:MOST_REMARKS]):
        RosterRemark.objects.bulk_create(
            RosterRemark(
                roster=run.roster,
                line=remark.line,
                code=remark.code,
                about=remark.about,
                values=remark.values,
                weight=remark.weight,
            )
            for remark in some
        )
        breath.breathe()


def _checked(run: _Check) -> Roster:
    roster = run.roster
    weights = Counter(remark.weight for remark in run.remarks)
    roster.counts |= {
        **{verdict.value: run.counts[verdict.value] for verdict in RosterLine.Verdict},
        "rows": roster.of,
        "back": run.counts["back"],
        "teams": len(run.new_teams),
        "changed_fields": dict(run.changed),
        "problems": weights["row"] + weights["cell"],
        "cells": weights["cell"],
        "notes": weights["note"],
        "leavers": rosters.leavers(roster).count(),
    }
    return _end(roster, State.CHECKED)


def _refused(roster: Roster, why: str) -> Roster:
    roster.refusal = why
    return _end(roster, State.REFUSED)


def _end(roster: Roster, state: State) -> Roster:
    """The check's result, unless somebody has ended the list meanwhile."""
    values = {"state": state, "counts": roster.counts, "refusal": roster.refusal, "moved_at": time.now()}
    mine = Roster.objects.filter(pk=roster.pk, state=State.CHECKING)
    if mine.update(**values) and state == State.REFUSED:
        imports.forget(roster)
    return Roster.objects.get(pk=roster.pk)


def _topics(organisation_id: int) -> Topics:
    columns = ("key", "name", "aliases", "broader__key", "related", "merged_into__key")
    rows = Topic.objects.filter(organisation=organisation_id).values_list(*columns)
    return Topics(
        TopicEntry(key, name, tuple(aliases), broader or "", tuple(related), merged or "")
        for key, name, aliases, broader, related, merged in rows
    )


def _slices(remarks: list[Remark]) -> Iterator[list[Remark]]:
    for start in range(0, len(remarks), A_SLICE):
        yield remarks[start : start + A_SLICE]
