from importlib import import_module

from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    name = "bothways.programs"
    label = "programs"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        import_module("bothways.programs.slots")
        import_module("bothways.programs.tasks")
