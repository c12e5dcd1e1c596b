from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UiConfig(AppConfig):
    name = "bothways.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """What forms say where nothing more particular is known, in our voice."""
        from django.forms import ChoiceField, Field

        Field.default_error_messages["required"] = _("This is still empty.")
        ChoiceField.default_error_messages["required"] = _("Choose one of these.")
