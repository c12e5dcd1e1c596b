"""Lists of people from elsewhere: taken in, their columns settled, begun, set aside.

What takes long stands beside this: `checking.check` looks a list through, `applying.apply` brings it in.
"""

import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bothways.core import breath, time
from bothways.core.models import Organisation
from bothways.core.transactions import verb
from bothways.people.models import Person, Roster, RosterFile, RosterLine
from bothways.people.rules.roster import dates, decoding, entries, headings, table
from bothways.people.rules.roster.headings import Column

KEPT = timedelta(days=2)
SAMPLES = 3
A_SLICE = 2_000
State = Roster.State


class Busy(Exception):
    """The organisation has another list open; the first argument is that one."""


class Incomplete(Exception):
    """No column says the fields of the first argument, which a list cannot do without."""


class OrderUnknown(Exception):
    """Dates like 03/04/2024 could be read in two ways; somebody must say."""


class CannotTell(Exception):
    """Lines are left out, so nobody can say who is missing from the list."""


class NotNow(Exception):
    """The list is in another state by now; the first argument is the list."""


def upload(
    organisation: Organisation,
    *,
    by: Person | None,
    name: str,
    content: bytes,
    encoding: str = "",
    delimiter: str = "",
) -> Roster:
    """Read a file and keep its rows, without what nobody may keep. Raises `Unreadable`, `Busy`."""
    decoded = decoding.decode(content, encoding)
    read = table.read(decoded.text, delimiter)
    columns = headings.propose(read.headings)
    rows, samples = _pack(read.rows, columns)
    roster = Roster(
        organisation=organisation,
        by=by,
        name=table.shortened(name, 100),
        encoding=decoded.encoding,
        guessed=decoded.guessed,
        delimiter=read.delimiter,
        ours=headings.are_ours(read.headings),
        columns=[[column.heading, column.field, column.left_out] for column in columns],
        counts={"samples": samples},
    )
    _settle(roster, columns, rows, order="")
    _end_silent(organisation)
    try:
        with transaction.atomic():
            _keep(roster, rows)
    except IntegrityError:
        raise Busy(Roster.objects.open().filter(organisation=organisation).first()) from None
    return roster


def _keep(roster: Roster, rows: bytes) -> None:
    roster.save()
    RosterFile.objects.create(roster=roster, rows=rows)


def choose(roster: Roster, *, fields: Mapping[int, str], order: str = "") -> Roster:
    """Say by hand what the columns are, and whether day or month comes first. Raises `Incomplete`."""
    columns = headings.chosen(roster.described(), fields)
    lacking = headings.missing(column.field for column in columns)
    if lacking:
        raise Incomplete(lacking)
    with transaction.atomic():
        current = _locked(roster, State.UPLOADED, State.CHECKED)
        current.columns = [[column.heading, column.field, column.left_out] for column in columns]
        _settle(current, columns, bytes(current.file.rows), order=order)
        current.state, current.moved_at = State.UPLOADED, time.now()
        current.save()
    return current


def is_settled(roster: Roster) -> bool:
    """Whether nothing must be said by hand before the list can be looked through."""
    return roster.order_known and not headings.missing(column.field for column in roster.described())


@verb
def begin_check(roster: Roster) -> Roster:
    """From here on the list is looked through; whoever calls this sees to it that `checking.check` runs."""
    current = _locked(roster, State.UPLOADED)
    lacking = headings.missing(column.field for column in current.described())
    if lacking:
        raise Incomplete(lacking)
    if not current.order_known:
        raise OrderUnknown
    return _move(current, State.CHECKING)


@verb
def begin_apply(roster: Roster, *, skip_bad: bool = False, mark_leavers: bool = False) -> Roster:
    """From here on the list is brought in; whoever calls this sees to it that `applying.apply` runs."""
    current = _locked(roster, State.CHECKED)
    if current.counts.get("problems") and not skip_bad:
        raise NotNow(current)
    if mark_leavers and current.counts.get("bad"):
        raise CannotTell
    current.skip_bad, current.mark_leavers = skip_bad, mark_leavers
    return _move(current, State.APPLYING)


def set_aside(roster: Roster) -> Roster:
    """Nothing of the list is brought in; its rows are forgotten at once."""
    with transaction.atomic():
        current = _move(_locked(roster, State.UPLOADED, State.CHECKED), State.SET_ASIDE)
    forget(current)
    return current


def forget(roster: Roster) -> None:
    """Throw away what the list said of people, in short slices, the file last; the report by line stays."""
    lines = RosterLine.objects.filter(roster=roster)
    while some := list(lines.values_list("pk", flat=True)[:A_SLICE]):
        with transaction.atomic():
            RosterLine.objects.filter(pk__gte=min(some), pk__lte=max(some), roster=roster).delete()
        breath.breathe()
    with transaction.atomic():
        current = Roster.objects.select_for_update().get(pk=roster.pk)
        current.counts.pop("samples", None)
        current.save()
        RosterFile.objects.filter(roster=roster).delete()


def tidy() -> None:
    """Set aside what nobody has touched for two days, and end what was left in the middle of its work."""
    for roster in Roster.objects.silent(timedelta(hours=1)):
        give_up(roster)
    untouched = Roster.objects.filter(state__in=(State.UPLOADED, State.CHECKED))
    for roster in untouched.filter(moved_at__lt=time.now() - KEPT):
        set_aside(roster)
    ended = Roster.objects.exclude(state__in=Roster.OPEN)
    for roster in ended.filter(file__isnull=False):
        forget(roster)


def rows_of(roster: Roster) -> Iterator[table.Row]:
    """The rows as they were read, in their order."""
    return _unpack(bytes(roster.file.rows))


def _end_silent(organisation: Organisation) -> None:
    """A command that was killed leaves its list behind; it is in nobody's way."""
    for roster in Roster.objects.silent().filter(organisation=organisation):
        give_up(roster)


def give_up(roster: Roster) -> None:
    """Whoever was at work on the list is not any more. Harmless where it has ended well after all."""
    why = _("It was stopped in the middle, and nothing was brought in. Choose the file again.")
    at_work = Roster.objects.filter(pk=roster.pk, state__in=Roster.AT_WORK)
    if at_work.update(state=State.REFUSED, refusal=why):
        forget(roster)


def _locked(roster: Roster, *states: State) -> Roster:
    current = Roster.objects.select_for_update().get(pk=roster.pk)
    if current.state not in states:
        raise NotNow(current)
    return current


def _move(roster: Roster, state: State) -> Roster:
    roster.state, roster.moved_at, roster.done, roster.of = state, time.now(), 0, 0
    roster.save()
    return roster


def _settle(roster: Roster, columns: Sequence[Column], rows: bytes, *, order: str) -> None:
    """How the whole file writes its dates and names."""
    place = {column.field: column.place for column in columns if column.field}
    starts = _cells(rows, place["started_on"]) if "started_on" in place else iter(())
    found, known = (dates.DAY_FIRST, True) if roster.ours else dates.order_of(starts)
    roster.order = order or found
    roster.order_known = known or bool(order)
    names = _cells(rows, place["name"]) if "name" in place else iter(())
    roster.turn_names = not roster.ours and entries.last_names_first(names)


def _cells(rows: bytes, place: int) -> Iterator[str]:
    return (cells[place] for _line, cells in _unpack(rows) if place < len(cells))


def _pack(rows: Iterator[table.Row], columns: Sequence[Column]) -> tuple[bytes, list[list[str]]]:
    """The rows compressed, the cells of dropped columns empty; and the first cells of each column."""
    dropped = [column.place for column in columns if column.dropped]
    packer, packed = zlib.compressobj(3), []
    samples: list[list[str]] = [[] for _ in columns]
    for line, given in rows:
        cells = _without(given, dropped, len(columns))
        for said, cell in zip(samples, cells, strict=False):
            if cell.strip() and len(said) < SAMPLES:
                said.append(table.shortened(cell.strip(), 40))
        packed.append(packer.compress(json.dumps([line, cells]).encode() + b"\n"))
    packed.append(packer.flush())
    return b"".join(packed), samples


def _without(cells: list[str], dropped: Sequence[int], width: int) -> list[str]:
    """The cells that may be kept; none of a row wider than the headings: who knows what is where."""
    if dropped and any(cell.strip() for cell in cells[width:]):
        return [""] * width + ["…"]
    for place in dropped:
        if place < len(cells):
            cells[place] = ""
    return cells


def _unpack(rows: bytes) -> Iterator[Any]:
    unpacker, rest = zlib.decompressobj(), b""
    for start in range(0, len(rows), 65_536):
        *whole, rest = (rest + unpacker.decompress(rows[start : start + 65_536])).split(b"\n")
        for each in whole:
            yield json.loads(each)
