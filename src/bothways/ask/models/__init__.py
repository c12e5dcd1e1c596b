from bothways.ask.models.ask import Ask

__all__ = ["Ask"]
