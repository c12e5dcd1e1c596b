from importlib import import_module

from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    name = "bothways.connections"
    label = "connections"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("bothways.connections.subscribers")
        import_module("bothways.connections.tasks")
        import_module("bothways.connections.parts.introductions")
        import_module("bothways.connections.parts.meetings")
