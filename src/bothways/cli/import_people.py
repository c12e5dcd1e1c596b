"""`bothways import people FILE`: look a list through, say what was found, and bring it in."""

import argparse
from collections.abc import Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bothways.cli.organisations import named
from bothways.cli.running import Refusal, refuse_another_version, start_django

if TYPE_CHECKING:
    from bothways.people.models import Roster

SHOWN = 100
PROBLEMS = 1


def run(arguments: argparse.Namespace) -> int:
    start_django()
    refuse_another_version()
    from bothways.people.actions import checking, imports

    organisation = named(arguments.organisation)
    roster = _taken_in(organisation, arguments)
    try:
        roster = checking.check(imports.begin_check(_settled(roster, arguments)))
        return _decide(roster, arguments)
    finally:
        _leave_nothing_open(roster)


def _taken_in(organisation: Any, arguments: argparse.Namespace) -> "Roster":
    from bothways.people.actions import imports
    from bothways.people.rules.roster.refusals import Unreadable

    try:
        content = Path(arguments.file).read_bytes()
    except OSError as problem:
        raise Refusal(f"{arguments.file} cannot be read: {problem.strerror}.") from None
    try:
        return imports.upload(
            organisation,
            by=None,
            name=Path(arguments.file).name,
            content=content,
            encoding=arguments.encoding or "",
        )
    except Unreadable as problem:
        raise Refusal(f"{arguments.file}: {problem}") from None
    except imports.Busy as busy:
        raise Refusal(_busy(busy.args[0])) from None


def _busy(other: "Roster | None") -> str:
    if other is None:
        return "another list was being brought in just now. Try again."
    return (
        f"another list is open for this organisation: {other.name}, {other.get_state_display()}. "
        "Bring it in or set it aside on its page first, or wait until it is done."
    )


def _settled(roster: "Roster", arguments: argparse.Namespace) -> "Roster":
    """The columns as they were found, or as --column says; and the order of its dates."""
    from bothways.people.actions import imports
    from bothways.people.rules.roster.headings import FIELDS

    order = {"day-first": "day", "month-first": "month", None: ""}[arguments.dates]
    fields = {column.place: column.field for column in roster.described()}
    fields |= _by_hand(roster, arguments.column)
    try:
        roster = imports.choose(roster, fields=fields, order=order)
    except imports.Incomplete as lacking:
        wanted = " and ".join(str(FIELDS[name]) for name in lacking.args[0])
        headings = ", ".join(column.heading for column in roster.described())
        raise Refusal(
            f"no column says {wanted}. Name it, such as --column 'Contact=email'. There are: {headings}."
        ) from None
    if not roster.order_known:
        raise Refusal(
            "dates such as 03/04/2024 could be in March or in April. Say --dates day-first or month-first."
        )
    return roster


def _by_hand(roster: "Roster", said: Sequence[str]) -> dict[int, str]:
    """`Contact=email` as the column's place and the field that it means."""
    from bothways.people.rules.roster.headings import FIELDS

    places = {column.heading.casefold(): column.place for column in roster.described() if not column.dropped}
    chosen = {}
    for one in said:
        heading, _equals, field = one.rpartition("=")
        if field not in FIELDS:
            raise Refusal(f"--column {one}: write HEADING=FIELD, where FIELD is one of {', '.join(FIELDS)}.")
        if heading.strip().casefold() not in places:
            raise Refusal(f"there is no column {heading} that could be used.")
        chosen[places[heading.strip().casefold()]] = field
    return chosen


def _decide(roster: "Roster", arguments: argparse.Namespace) -> int:
    """Say what was found; then bring it in, or say why not."""
    if roster.state == roster.State.REFUSED:
        raise Refusal(f"{arguments.file}: {roster.refusal}")
    _say_what_was_read(roster)
    _say_what_was_found(roster, arguments.report)
    if arguments.dry_run:
        print("Nothing was brought in: this was a dry run.")
        return PROBLEMS if roster.counts["problems"] else 0
    if roster.counts["problems"] and not arguments.skip_bad:
        print("Nothing was brought in. Mend the list, or leave out what is wrong: --skip-bad")
        return PROBLEMS
    return _bring_in(roster, arguments)


def _bring_in(roster: "Roster", arguments: argparse.Namespace) -> int:
    from bothways.people.actions import applying, imports

    mark = arguments.leavers == "mark"
    try:
        began = imports.begin_apply(roster, skip_bad=arguments.skip_bad, mark_leavers=mark)
        done = applying.apply(began)
    except imports.CannotTell:
        raise Refusal(
            "lines are left out, so nobody can say who has left. Mend them before --leavers mark."
        ) from None
    if done.state != done.State.APPLIED:
        raise Refusal("reporting lines changed meanwhile and would run in a circle. Try again.")
    print(f"Brought in: {done.counts['new']} new, {done.counts['changed']} changed.")
    if mark:
        print(f"Marked as left: {done.counts['left']}. What they had open ends.")
    print("Nobody was mailed. Invite them when you are ready: People, Supply, Not reached yet.")
    return 0


def _say_what_was_read(roster: "Roster") -> None:
    separated = {"\t": "tabs"}.get(roster.delimiter, f"“{roster.delimiter}”")
    guess = " (a guess: look at accented names)" if roster.guessed else ""
    print(f"{roster.name}: read as {roster.encoding.upper()}{guess}, separated by {separated}.")
    from bothways.people.rules.roster.headings import FIELDS

    for column in roster.described():
        if column.field:
            print(f"  {column.heading} → {FIELDS[column.field]}")
    for column in roster.described():
        if column.left_out:
            print(f"  {column.heading or '(no name)'}: left out; {column.why}")


def _say_what_was_found(roster: "Roster", report: str | None) -> None:
    from bothways.people.queries import rosters

    counts = roster.counts
    said = (f"line {line}: {text}" for line, text in rosters.report(roster))
    if report:
        Path(report).write_text("".join(f"{one}\n" for one in said), encoding="utf-8")
        print(f"What is to be said of each line is in {report}.")
    else:
        for one in islice(said, SHOWN):
            print(one)
        more = counts["problems"] + counts["notes"] - SHOWN
        if more > 0:
            print(f"… and {more} more. All of them: --report FILE")
    print(
        f"{counts['rows']} {'person' if counts['rows'] == 1 else 'people'}: "
        f"{counts['new']} new, {counts['changed']} changed, "
        f"{counts['same']} as they are, {counts['bad']} that cannot be read. "
        f"{counts['problems']} problems, {counts['notes']} notes."
    )
    if counts["leavers"]:
        several = counts["leavers"] != 1
        print(f"{counts['leavers']} {'people are' if several else 'person is'} here and not in the list:")
        for person in rosters.leavers(roster)[:SHOWN]:
            print(f"  {person.name} <{person.email}>")
        print("Nobody is marked as left, unless you say --leavers mark.")


def _leave_nothing_open(roster: "Roster") -> None:
    from bothways.people.actions import imports

    current = type(roster).objects.get(pk=roster.pk)
    if current.state in (current.State.UPLOADED, current.State.CHECKED):
        imports.set_aside(current)
    elif current.at_work:
        imports.give_up(current)
