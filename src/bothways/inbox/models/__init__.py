from bothways.inbox.models.feed import Feed
from bothways.inbox.models.mail import Mail
from bothways.inbox.models.message import Message
from bothways.inbox.models.preference import TurnedOff

__all__ = ["Feed", "Mail", "Message", "TurnedOff"]
