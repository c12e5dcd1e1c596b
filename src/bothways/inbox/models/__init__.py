from bothways.inbox.models.mail import Mail
from bothways.inbox.models.message import Message

__all__ = ["Mail", "Message"]
