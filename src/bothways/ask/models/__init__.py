from bothways.ask.models.ask import Ask
from bothways.ask.models.quiet_offer import QuietOffer
from bothways.ask.models.showing import Showing
from bothways.ask.models.steward_ask import StewardAsk

__all__ = ["Ask", "QuietOffer", "Showing", "StewardAsk"]
