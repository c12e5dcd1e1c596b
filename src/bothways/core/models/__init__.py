from bothways.core.models.organisation import Organisation
from bothways.core.models.outbox import Delivery, RecordedEvent
from bothways.core.models.worker import Heartbeat, Tick

__all__ = ["Delivery", "Heartbeat", "Organisation", "RecordedEvent", "Tick"]
