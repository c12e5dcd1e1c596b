from bothways.connections.models.agreement import Agreement
from bothways.connections.models.connection import Connection, ConnectionMessage
from bothways.connections.models.introduction import Introduction
from bothways.connections.models.meeting import Meeting, Reflection
from bothways.connections.models.passing import MoreAsked, PassedOn
from bothways.connections.models.queue import Queue, QueueEntry

__all__ = [
    "Agreement",
    "Connection",
    "ConnectionMessage",
    "Introduction",
    "Meeting",
    "MoreAsked",
    "PassedOn",
    "Queue",
    "QueueEntry",
    "Reflection",
]
