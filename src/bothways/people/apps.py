from importlib import import_module

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "bothways.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("bothways.people.slots")
        import_module("bothways.people.subscribers")
        import_module("bothways.people.tasks")
