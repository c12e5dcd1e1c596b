"""What is to happen when: a line of intentions, worked off in order under the driven clock."""

import heapq
from collections.abc import Callable
from contextlib import nullcontext
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time
from functools import partial

from bothways.core import events, keys, time, worker
from bothways.inbox.models import Mail

Intention = Callable[[], None]
LATELY = timedelta(days=21)
FIVE = clock_time(5)
NEWS = timedelta(days=75)  # what is older has left every inbox


class Plot:
    """Intentions by their time. The worker has its turn at night, and at the end.

    Mail of the past is taken as sent, and old news never came to an inbox: nobody is there to read it, and
    it takes most of the time.
    """

    def __init__(self, clock: time.Clock, until: datetime, tell: Callable[[str], None], seed: str) -> None:
        self.clock, self.until, self.tell, self.seed = clock, until, tell, seed
        self._line: list[tuple[datetime, int, Intention]] = []
        self._count = self._done = self.month = 0

    def at(self, moment: datetime, intention: Intention) -> None:
        """What lies beyond the end of the plot never happens."""
        if moment < self.until:
            self._count += 1
            heapq.heappush(self._line, (max(moment, self.clock.at), self._count, intention))

    def after(self, wait: timedelta, intention: Intention) -> None:
        self.at(self.clock.at + wait, intention)

    def run(self) -> None:
        day = self.clock.at.date()
        while self._line:
            moment, _, intention = heapq.heappop(self._line)
            while day < moment.date():
                day += timedelta(days=1)
                self._night(day)
            self.clock.move_to(max(moment, self.clock.at))
            self._do(intention)
        while day < self.until.date():
            day += timedelta(days=1)
            self._night(day)
        self.clock.move_to(self.until)
        self._do(partial(worker.drain, always=False))
        Mail.objects.filter(outcome="").update(settled_at=self.until, outcome=Mail.Outcome.SENT)

    def _do(self, intention: Intention) -> None:
        """With keys that follow from the plot alone, and never twice the same."""
        self._done += 1
        with keys.derived(self.seed, str(self._done)):
            intention()

    def _night(self, day: date) -> None:
        """Five in the morning: whatever fell due is worked off; long ago only every fourth night."""
        if day.toordinal() % 4 and day < (self.until - LATELY).date():
            return
        five = datetime.combine(day, FIVE, UTC)
        if five > self.until:
            return  # begun in the small hours, it ends before the last night's work
        self.clock.move_to(max(self.clock.at, five))
        with nullcontext() if day > (self.until - NEWS).date() else events.passing_over("inbox"):
            self._do(partial(worker.drain, always=False))
        if day.month != self.month:
            self.month = day.month
            self.tell(f"{day:%B %Y}")
