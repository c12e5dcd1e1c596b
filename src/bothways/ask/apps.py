from importlib import import_module

from django.apps import AppConfig


class AskConfig(AppConfig):
    name = "bothways.ask"
    label = "ask"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for name in ("parts", "subscribers", "tasks"):
            import_module(f"bothways.ask.{name}")
        people = import_module("bothways.ask.matchmaking.people").People()
        import_module("bothways.ask.sources").register(people)
