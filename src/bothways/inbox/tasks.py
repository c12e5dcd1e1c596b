"""Periodic work of the inbox: sending, the morning's digests, the nightly forgetting."""

from datetime import timedelta

from bothways.core import ticks
from bothways.inbox.actions import mails, messages, sending


@ticks.always
def send() -> int:
    return sending.send_due()


@ticks.every(timedelta(minutes=5))
def write_digests() -> bool:
    return mails.write_digests()


@ticks.every(timedelta(days=1), at=timedelta(hours=3))
def forget() -> None:
    mails.forget()
    messages.tidy()
