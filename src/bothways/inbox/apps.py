from importlib import import_module

from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "bothways.inbox"
    label = "inbox"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        for module in ("slots", "subscribers", "tasks"):
            import_module(f"bothways.inbox.{module}")
