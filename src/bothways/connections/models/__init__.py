from bothways.connections.models.agreement import Agreement
from bothways.connections.models.concern import Concern
from bothways.connections.models.connection import Connection, ConnectionMessage, Due
from bothways.connections.models.introduction import Introduction
from bothways.connections.models.meeting import Meeting, Reflection
from bothways.connections.models.passing import MoreAsked, PassedOn
from bothways.connections.models.queue import Queue, QueueEntry

__all__ = [
    "Agreement",
    "Concern",
    "Connection",
    "ConnectionMessage",
    "Due",
    "Introduction",
    "Meeting",
    "MoreAsked",
    "PassedOn",
    "Queue",
    "QueueEntry",
    "Reflection",
]
